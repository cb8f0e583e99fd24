/** The programs that are measured, as arguments of Node. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** @param {string} file */
const program = (file) => fileURLToPath(new URL(`programs/${file}`, import.meta.url));

/** @typedef {import('./inputs.mjs').Input} Input */

/** @param {string} file */
const reading = (file) => (/** @type {Input} */ { path, bytes }) => ({ args: [program(file), path], bytes });

/** `JSON.parse(readFileSync(…))`: the JP of the table. */
export const jsonParse = reading('json-parse.cjs');
export const scanNewlines = reading('scan-newlines.cjs');
export const decodeGzip = reading('decode-gzip.cjs');
export const streamJsonPipeline = reading('stream-json-pipeline.mjs');
/** The whole analysis, as `analyze` below has it, by modules that are not bundled. */
export const fullReport = reading('full-report.mjs');
/** The reader without the analysis. */
export const readOnly = reading('read-only.mjs');

export const nothing = { args: ['-e', '0'] };
export const help = { args: [CLI, '--help'] };

/** Whether the program reads with several threads, and can be told not to. */
export const hasThreads = () => execFileSync(process.execPath, [CLI, '--help'], { encoding: 'utf8' }).includes('--threads');

/**
 * The full default analysis, as a JSON report.
 * @param {Input} input
 * @param {'one thread' | 'automatic threads'} threads
 */
export function analyze({ path, bytes }, threads = 'one thread') {
  const option = threads === 'one thread' && hasThreads() ? ['--threads', '1'] : [];
  return { args: [CLI, path, '--format', 'json', ...option], bytes };
}
