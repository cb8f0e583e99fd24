/**
 * Compares processes by ratios, not by times: those of one round run one right after the other, so that what else the
 * machine does falls on all of them, and each ratio is taken within its round.
 */
import { max, median, min } from 'simple-statistics';
import { measure } from './measure.mjs';

/**
 * One process: the arguments of Node, and the size of the log that it reads, if any.
 * @typedef {{ readonly args: readonly string[], readonly bytes?: number }} Run
 *
 * What a row sees of a run: `ms` on the clock or of the processor, by turns; `mb` of peak memory; the run's `bytes`, or NaN.
 * @typedef {{ readonly ms: number, readonly mb: number, readonly bytes: number }} Seen
 *
 * A figure made of the runs of one round. `clock`: whether processor time says anything of it; `limit`: its goal, if it has one.
 * @typedef {{
 *   readonly title: string,
 *   readonly unit: '×' | 'MB',
 *   readonly clock: 'wall' | 'wall and CPU',
 *   readonly goal: { readonly is: 'at least' | 'at most', readonly limit: number } | undefined,
 *   readonly value: (of: (run: string) => Seen) => number,
 * }} Row
 *
 * @typedef {{ readonly runs: Readonly<Record<string, Run>>, readonly rows: readonly Row[] }} Comparison
 * @typedef {{ readonly median: number, readonly low: number, readonly high: number }} Spread
 * @typedef {{ readonly row: Row, readonly wall: Spread, readonly cpu: Spread | undefined }} Result
 * @typedef {Run & { readonly name: string, readonly wallMs: Spread, readonly cpuMs: Spread, readonly peakMb: Spread }} RunResult
 * @typedef {Readonly<Record<string, import('./measure.mjs').Usage>>} Round
 */

/**
 * @param {Comparison} comparison
 * @param {number} count at least 1
 * @param {AbortSignal} signal
 * @param {() => void} onRun called after each process
 * @returns {Promise<{ readonly results: readonly Result[], readonly runs: readonly RunResult[] }>}
 */
export async function runRounds({ runs, rows }, count, signal, onRun) {
  /** @type {Round[]} */
  const rounds = [];
  for (let i = 0; i < count; i++) rounds.push(await runRound(runs, i, signal, onRun));
  const spread = (/** @type {(round: Round) => number} */ value) => spreadOf(rounds.map(value));
  return {
    results: rows.map((row) => ({
      row,
      wall: spread((round) => row.value(seen(runs, round, 'wallMs'))),
      cpu: row.clock === 'wall' ? undefined : spread((round) => row.value(seen(runs, round, 'cpuMs'))),
    })),
    runs: Object.entries(runs).map(([name, run]) => {
      const of = (/** @type {keyof import('./measure.mjs').Usage} */ key) => spread((round) => round[name]?.[key] ?? NaN);
      return { ...run, name, wallMs: of('wallMs'), cpuMs: of('cpuMs'), peakMb: of('peakMb') };
    }),
  };
}

/**
 * @param {Comparison['runs']} runs
 * @param {number} number
 * @param {AbortSignal} signal
 * @param {() => void} onRun
 * @returns {Promise<Round>}
 */
async function runRound(runs, number, signal, onRun) {
  /** @type {Record<string, import('./measure.mjs').Usage>} */
  const round = {};
  // Every other round turned around: none profits from always being the first or the last.
  const entries = number % 2 === 0 ? Object.entries(runs) : Object.entries(runs).toReversed();
  for (const [name, { args }] of entries) {
    round[name] = await measure(args, signal);
    onRun();
  }
  return round;
}

/**
 * @param {Comparison['runs']} runs
 * @param {Round} round
 * @param {'wallMs' | 'cpuMs'} clock
 * @returns {(name: string) => Seen}
 */
function seen(runs, round, clock) {
  return (name) => {
    const usage = round[name];
    if (usage === undefined) throw new Error(`A row asks for ${name}, which was not run`);
    return { ms: usage[clock], mb: usage.peakMb, bytes: runs[name]?.bytes ?? NaN };
  };
}

/**
 * @param {number[]} values
 * @returns {Spread}
 */
function spreadOf(values) {
  return { median: median(values), low: min(values), high: max(values) };
}

/**
 * Whether a figure keeps to its goal, or misses it by no more than `slack` times. Short of a limit of the machine both
 * clocks tell the same; what is late by the clock alone has been kept waiting.
 * @param {Result} result
 * @param {number} slack 1 or more
 */
export function isReached({ row, wall, cpu }, slack) {
  const { goal } = row;
  if (goal === undefined) return true;
  const reaches = (/** @type {Spread} */ { median: value }) => (goal.is === 'at least' ? value * slack >= goal.limit : value <= goal.limit * slack);
  return reaches(wall) || (slack > 1 && cpu !== undefined && reaches(cpu));
}
