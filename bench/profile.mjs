/**
 * Where the time of a full analysis goes, by a sampling profile of the main thread: `npm run bench:profile -- --megabytes 100`,
 * or `--trace FILE`. Prints the share of each folder of `dist`, and of the functions that take the most. On a busy
 * machine, what waits looks as if it took long.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withInputs } from './inputs.mjs';
import { fullReport } from './programs.mjs';
import { table } from './table.mjs';

const MOST_FUNCTIONS = 15;
const MOST_PARTS = 12;

const { values } = parseArgs({ options: { megabytes: { type: 'string', default: '100' }, trace: { type: 'string' } } });

/**
 * @typedef {{ readonly functionName: string, readonly url: string, readonly lineNumber: number }} Frame
 * @typedef {{ readonly nodes: readonly { readonly id: number, readonly callFrame: Frame }[], readonly samples: readonly number[], readonly timeDeltas: readonly number[] }} Profile
 */

/**
 * @param {string} path
 * @returns {Profile}
 */
function profileOf(path) {
  const folder = mkdtempSync(join(tmpdir(), 'netlog-profile-'));
  try {
    const { args } = fullReport({ path, bytes: 0 });
    execFileSync(process.execPath, ['--cpu-prof', `--cpu-prof-dir=${folder}`, ...args], { stdio: 'ignore' });
    // Of several threads each leaves a profile with its number in the name; the main one is 0.
    const [file] = readdirSync(folder).filter((name) => /\.0\.\d+\.cpuprofile$/.test(name));
    if (file === undefined) throw new Error('Node left no profile');
    return JSON.parse(readFileSync(join(folder, file), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Microseconds by what `nameOf` calls each frame.
 * @param {Profile} profile
 * @param {(frame: Frame) => string} nameOf
 */
function timesBy({ nodes, samples, timeDeltas }, nameOf) {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const [i, id] of samples.entries()) {
    const name = names.get(id) ?? '';
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[i] ?? 0));
  }
  times.delete('(idle)');
  return times;
}

/** @param {Frame} frame */
function partOf({ url, functionName }) {
  if (functionName.startsWith('(')) return functionName;
  return /\/dist\/([^/]+)\//.exec(url)?.[1] ?? /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? (url.includes('/dist/') ? 'dist' : 'Node');
}

/** @param {Frame} frame */
function functionOf({ url, functionName, lineNumber }) {
  const file = url.replace(/^.*\/(?:dist|node_modules)\//, '');
  return file === '' ? functionName : `${functionName || `line ${lineNumber + 1}`} in ${file}`;
}

/**
 * @param {Map<string, number>} times
 * @param {string} head
 * @param {number} most
 */
function shares(times, head, most) {
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  const rows = [...times].toSorted(([, a], [, b]) => b - a).map(([name, time]) => [name, `${((100 * time) / total).toFixed(1)} %`]);
  return table([[head, 'of the time'], ...rows.slice(0, most)]);
}

/** @param {string} path */
function tell(path) {
  const profile = profileOf(path);
  process.stdout.write(`${shares(timesBy(profile, partOf), 'part', MOST_PARTS)}\n${shares(timesBy(profile, functionOf), 'function', MOST_FUNCTIONS)}`);
}

if (values.trace !== undefined) tell(values.trace);
else await withInputs(new AbortController().signal, async (inputs) => tell((await inputs.log(Number(values.megabytes) * 1e6)).path));
