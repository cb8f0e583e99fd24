/**
 * Which part of `src` may import which: imports go one way only.
 *
 * There are two arms, analysis (`model` to `report`) and generation (`engine`, `simulator`). They share
 * the log format and the leaf files and never import each other, which makes the simulator a witness
 * for the analyser; `whatif`, `cli` and the tests are where they meet.
 */

/** A folder of `src`, or a file in its root. */
export type Part = string;

/** The files of the root, which are vocabularies or entry points. */
export const ROOT_FILES: readonly Part[] = ['index.ts', 'analyze.ts', 'units.ts', 'address.ts'];

/** Vocabularies that everything may import. */
const LEAVES: readonly Part[] = ['units.ts', 'address.ts'];

const ANALYSIS: readonly Part[] = ['model', 'metrics', 'findings', 'compare', 'report'];

/** What each part may import besides its own files. */
export const MAY_IMPORT: Readonly<Record<Part, readonly Part[]>> = {
  'units.ts': [],
  'address.ts': [],
  netlog: LEAVES,
  input: ['netlog', ...LEAVES],
  model: ['netlog', ...LEAVES],
  metrics: ['model', ...LEAVES],
  findings: ['metrics', 'model', ...LEAVES],
  compare: ['findings', 'metrics', ...LEAVES],
  report: ['compare', 'findings', 'metrics', 'model', ...LEAVES],
  engine: LEAVES,
  simulator: ['engine', 'netlog', ...LEAVES],
  dataset: ['metrics', 'model', 'compare', ...LEAVES],
  whatif: ['model', 'metrics', 'engine', 'simulator', 'netlog', ...LEAVES],
  live: ['engine', 'netlog', ...LEAVES],
  // The second entry point: the whole walk from bytes to a report, which commands and library share.
  'analyze.ts': ['input', 'netlog', ...ANALYSIS, 'engine', 'simulator', 'dataset', 'whatif', 'live', ...LEAVES],
  'index.ts': ['analyze.ts', 'input', 'netlog', ...ANALYSIS, 'engine', 'simulator', 'dataset', 'whatif', 'live', 'cli', ...LEAVES],
  cli: ['index.ts', 'analyze.ts', 'input', 'netlog', ...ANALYSIS, 'engine', 'simulator', 'dataset', 'whatif', 'live', ...LEAVES],
};

/**
 * What a part may import of another one as types only: nothing that runs. `report` shows what others
 * computed and does no arithmetic on the model.
 */
export const TYPES_ONLY: Readonly<Record<Part, readonly Part[]>> = { report: ['model'] };

/**
 * Values that may be imported all the same: the zod schemas of the nouns, from which the types are
 * made. They are the single source of the report's schema, so `report` puts them together.
 */
export const SCHEMA_NAME = /Schema$/;

/** Parts that only compute: time and randomness come in as arguments, messages go out as values. */
export const PURE: readonly Part[] = ['model', 'metrics', 'findings', 'compare', 'engine', 'simulator'];

/** Parts that know Node; all others also run in a browser. */
export const MAY_KNOW_NODE: readonly Part[] = ['input', 'cli', 'dataset', 'live'];

/** What pure parts must not mention: clocks, randomness, the process and its streams. */
export const IMPURE: Readonly<Record<string, RegExp>> = {
  process: /\bprocess\s*[.[]/,
  'Date.now': /\bDate\s*\.\s*now\b|\bnew\s+Date\s*\(\s*\)/,
  'performance.now': /\bperformance\s*\.\s*now\b/,
  setTimeout: /\b(?:setTimeout|setInterval|setImmediate|queueMicrotask)\b/,
  'Math.random': /\bMath\s*\.\s*random\b/,
  console: /\bconsole\s*[.[]/,
};
