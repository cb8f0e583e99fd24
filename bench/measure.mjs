/** Runs Node once, start and end of the process included. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const USAGE = fileURLToPath(new URL('usage.cjs', import.meta.url));

/**
 * `cpuMs` is that of all its threads, user and system; `peakMb` its largest resident set, in 10^6 bytes.
 * @typedef {{ readonly wallMs: number, readonly cpuMs: number, readonly peakMb: number }} Usage
 */

/** A process did not end well. */
export class Failed extends Error {}

/**
 * What the process prints goes to the null device. Throws `Failed`.
 * @param {readonly string[]} args
 * @param {AbortSignal} signal ends the process
 * @returns {Promise<Usage>}
 */
export async function measure(args, signal) {
  const start = performance.now();
  const child = spawn(process.execPath, ['--require', USAGE, ...args], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], signal });
  const [, , stderr, usage] = /** @type {import('node:stream').Readable[]} */ (child.stdio);
  if (stderr === undefined || usage === undefined) throw new Error('A process was started without its pipes');
  const [errors, used, [code]] = await Promise.all([text(stderr), text(usage), once(child, 'close')]);
  const wallMs = performance.now() - start;
  if (code !== 0) throw new Failed(`node ${args.join(' ')} ended with ${code ?? 'a signal'}: ${errors.trim().split('\n').at(0) ?? ''}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(used);
  return { wallMs, cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: (maxRSS * 1024) / 1e6 };
}
