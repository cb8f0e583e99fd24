/**
 * Which part of `src` may import which: imports go one way only.
 *
 * There are two arms, analysis (`model` to `report`) and generation (`engine`, `simulator`). They share
 * the log format and the leaf files and never import each other, which makes the simulator a witness
 * for the analyser; `whatif`, the entry points and the tests are where they meet.
 */

/** A folder of `src`, or a file in its root. */
export type Part = string;

/** Vocabularies that everything may import. */
const LEAVES: readonly Part[] = ['units.ts', 'address.ts', 'glob.ts'];

/** All but the entry points and the command line. */
const EVERYTHING: readonly Part[] = [
  'input',
  'netlog',
  'model',
  'metrics',
  'findings',
  'compare',
  'report',
  'redact',
  'slice',
  'render',
  'engine',
  'simulator',
  'dataset',
  'whatif',
  'live',
  ...LEAVES,
];

/** What each part may import besides its own files; a part that is not listed may not exist. */
export const MAY_IMPORT: Readonly<Record<Part, readonly Part[]>> = {
  'units.ts': [],
  'address.ts': [],
  'glob.ts': [],
  netlog: LEAVES,
  input: ['netlog', ...LEAVES],
  redact: ['netlog', 'model', ...LEAVES],
  slice: ['netlog', 'model', ...LEAVES],
  model: ['netlog', ...LEAVES],
  metrics: ['model', ...LEAVES],
  findings: ['metrics', 'model', ...LEAVES],
  compare: ['findings', 'metrics', ...LEAVES],
  report: ['compare', 'dataset', 'findings', 'metrics', 'model', 'netlog', 'redact', ...LEAVES],
  // The page of `view` reads logs itself, in a worker.
  page: ['report', 'model', 'browser.ts', ...LEAVES],
  render: ['report', ...LEAVES],
  engine: LEAVES,
  simulator: ['engine', 'netlog', ...LEAVES],
  dataset: ['metrics', 'model', 'compare', ...LEAVES],
  whatif: ['model', 'metrics', 'engine', 'simulator', 'netlog', ...LEAVES],
  live: ['engine', 'simulator', 'netlog', ...LEAVES],
  // The walk from bytes to a report, which the library and every command share.
  'log-analysis.ts': EVERYTHING,
  'analyze.ts': ['log-analysis.ts', ...EVERYTHING],
  // From bytes to a partition of a data set, for the same two.
  'export-trace.ts': ['analyze.ts', 'log-analysis.ts', ...EVERYTHING],
  cli: ['index.ts', 'analyze.ts', 'log-analysis.ts', 'export-trace.ts', ...EVERYTHING],
  // The entry point for browsers; of the one for Node it has the types.
  'browser.ts': ['index.ts', 'log-analysis.ts', ...EVERYTHING],
  // Not `cli`, which is built into a bundle of its own.
  'index.ts': ['analyze.ts', 'log-analysis.ts', 'export-trace.ts', ...EVERYTHING],
};

/** Parts of which another one may import types, but nothing that runs: a report shows, and does no arithmetic on the model, nor reads logs or data sets. */
export const TYPES_ONLY: Readonly<Record<Part, readonly Part[]>> = { report: ['model', 'netlog', 'dataset'], page: ['model'], 'browser.ts': ['index.ts'] };

/**
 * Values that are as good as types: the zod schemas of the nouns are the single source of their types,
 * and `report` and `findings` put those of `model` and `metrics` together.
 */
export const AS_GOOD_AS_A_TYPE = /Schema$/;

/** Parts that know Node; all others also run in a browser. */
export const MAY_KNOW_NODE: readonly Part[] = ['input', 'cli', 'dataset', 'live', 'render'];

/** Parts that only compute: time and randomness come in as arguments, messages go out as values. */
export const PURE: readonly Part[] = ['model', 'metrics', 'findings', 'compare', 'redact', 'slice', 'engine', 'simulator', 'whatif'];

/** What a pure part must not use. */
export const IMPURE_GLOBALS: ReadonlySet<string> = new Set(['process', 'console', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'performance', 'crypto', 'fetch']);
export const IMPURE_MEMBERS: ReadonlySet<string> = new Set(['Date.now', 'Math.random']);
