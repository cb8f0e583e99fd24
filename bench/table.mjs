/** What was measured, as Markdown that is also read in a terminal. */
import { isReached } from './rounds.mjs';

/**
 * @typedef {import('./rounds.mjs').Result} Result
 * @typedef {import('./rounds.mjs').RunResult} RunResult
 * @typedef {import('./rounds.mjs').Spread} Spread
 *
 * What came of one experiment.
 * @typedef {{ readonly id: string } & (
 *   | { readonly results: readonly Result[], readonly runs: readonly RunResult[] }
 *   | { readonly skipped: string }
 *   | { readonly failed: string }
 * )} Outcome
 */

/**
 * The figures that have goals, and those that have none.
 * @param {readonly Outcome[]} outcomes
 * @param {number} slack see `isReached`
 */
export function resultTable(outcomes, slack) {
  const rows = outcomes.flatMap((outcome) => {
    if ('skipped' in outcome) return [[outcome.id, outcome.skipped, '', '', '', 'skipped']];
    if ('failed' in outcome) return [[outcome.id, outcome.failed, '', '', '', 'failed']];
    return outcome.results.map((result) => [outcome.id, ...resultCells(result, slack)]);
  });
  return table([['', 'figure', 'goal', 'median (range)', 'of CPU time', 'verdict'], ...rows]);
}

/**
 * @param {Result} result
 * @param {number} slack
 */
function resultCells(result, slack) {
  const { title, goal, unit } = result.row;
  const met = isReached(result, slack) ? 'met' : 'missed';
  return [
    title,
    goal === undefined ? '' : `${goal.is === 'at least' ? '≥' : '≤'} ${goal.limit} ${unit}`,
    spreadText(result.wall, unit),
    result.cpu === undefined ? '' : spreadText(result.cpu, unit),
    goal === undefined ? '' : slack === 1 ? met : `${met}, within ${slack} ×`,
  ];
}

/**
 * The processes behind them.
 * @param {readonly Outcome[]} outcomes
 */
export function runTable(outcomes) {
  const rows = outcomes.flatMap((outcome) =>
    'runs' in outcome
      ? outcome.runs.map(({ name, bytes, wallMs, cpuMs, peakMb }) => [
          `${outcome.id}: ${name}`,
          bytes === undefined ? '' : number(bytes / 1e6),
          spreadText(scaled(wallMs), 's'),
          spreadText(scaled(cpuMs), 's'),
          bytes === undefined ? '' : number(bytes / 1e3 / wallMs.median),
          number(peakMb.median),
        ])
      : [],
  );
  return table([['process', 'MB', 'time', 'CPU time', 'MB/s', 'peak MB'], ...rows]);
}

/**
 * @param {Spread} spread
 * @param {string} unit
 */
function spreadText({ median, low, high }, unit) {
  return `${number(median)} ${unit} (${number(low)}–${number(high)})`;
}

/** @param {Spread} milliseconds */
function scaled({ median, low, high }) {
  return { median: median / 1000, low: low / 1000, high: high / 1000 };
}

/**
 * Three digits, no more than there are of whole ones.
 * @param {number} value
 */
function number(value) {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

/** @param {readonly (readonly string[])[]} rows the first is the head */
export function table([head = [], ...rows]) {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |\n`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('');
}
