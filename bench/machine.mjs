/** On what it was measured. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** One fact a line. `loadBefore`: that of `load` when the measuring began. */
export function machineFacts(/** @type {string} */ loadBefore) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return [
    `netlog-analyze ${version}${commit()}`,
    `Node ${process.versions.node}, V8 ${process.versions.v8}`,
    `${availableParallelism()} processors (${cpus()[0]?.model.trim() ?? 'of unknown kind'}), ${Math.round(totalmem() / 1e9)} GB of memory, ${type()} ${release()}`,
    `load over the last minute: ${loadBefore} before, ${load()} after`,
  ];
}

/** Processes that ran or waited, on average over the last minute. */
export function load() {
  return (loadavg()[0] ?? NaN).toFixed(1);
}

/** Empty where there is no repository. */
function commit() {
  try {
    const git = (/** @type {string[]} */ ...args) => execFileSync('git', args, { encoding: 'utf8', cwd: new URL('..', import.meta.url), stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return `, commit ${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', 'src') === '' ? '' : ' with changes'}`;
  } catch {
    return '';
  }
}
