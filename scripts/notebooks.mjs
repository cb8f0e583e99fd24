/**
 * Executes the notebooks from scratch and writes their outputs back: `npm run notebooks`, or `npm run notebooks -- fleet` for
 * some. With `--check` nothing is written: what comes out must be what is committed, text for text and number for number.
 *
 * Pictures are not compared byte for byte: the data of a chart stands beside its picture and is.
 *
 * Needs nbclient of Jupyter (`pip install nbclient`, or `apt install python3-nbclient`); Deno, whose kernel runs the cells,
 * comes with `npm run notebooks`. Exit code 1 if a cell fails or something has changed, 2 for a wrong call.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { differences } from './notebooks/differences.mjs';
import { tidied } from './notebooks/tidied.mjs';

const FOLDER = fileURLToPath(new URL('../notebooks', import.meta.url));
const EXECUTE = fileURLToPath(new URL('notebooks/execute.py', import.meta.url));
/** What a distribution installs goes to its own Python, which need not be the first. */
const PYTHON = ['python3', '/usr/bin/python3'].find((python) => works(python, '-c', 'import nbclient'));

const args = process.argv.slice(2);
const isCheck = args.includes('--check');
const wanted = args.filter((arg) => arg !== '--check');
const all = readdirSync(FOLDER).filter((name) => name.endsWith('.ipynb'));
const chosen = all.filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)));
if (chosen.length === 0) quit(2, `no notebook ${wanted.join(', ')}; there are ${all.join(', ')}`);
if (PYTHON === undefined) quit(2, 'executing notebooks needs nbclient of Jupyter for Python, which is not there; notebooks/README.md tells how to get it');
if (!works('deno', '--version')) quit(2, 'executing notebooks needs Deno, which is not there; npm run notebooks brings it');

const temporary = mkdtempSync(join(tmpdir(), 'notebooks-'));
try {
  const env = { ...process.env, JUPYTER_DATA_DIR: kernelIn(temporary), NO_COLOR: '1' };
  for (const file of chosen) run(file, env);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

/** A folder for Jupyter in which `deno` is a kernel, whatever else is installed. */
function kernelIn(folder) {
  const kernel = join(folder, 'jupyter/kernels/deno');
  mkdirSync(kernel, { recursive: true });
  writeFileSync(join(kernel, 'kernel.json'), JSON.stringify({ argv: ['deno', 'jupyter', '--kernel', '--conn', '{connection_file}'], display_name: 'Deno', language: 'typescript' }));
  return join(folder, 'jupyter');
}

function works(program, ...call) {
  return spawnSync(program, call).status === 0;
}

function run(file, env) {
  const path = join(FOLDER, file);
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(PYTHON, [EXECUTE, path, join(temporary, file)], { cwd: FOLDER, env, encoding: 'utf8' });
  if (status !== 0) return failed(`${file}: a cell failed\n${stderr}`);
  const executed = tidied(JSON.parse(readFileSync(join(temporary, file), 'utf8')));
  const changes = differences(JSON.parse(readFileSync(path, 'utf8')), executed);
  process.stderr.write(`${file}: executed in ${((performance.now() - startedAt) / 1000).toFixed(1)} s${changes.length === 0 ? '' : `, ${changes.length} outputs ${isCheck ? 'differ from those committed' : 'changed'}`}\n`);
  if (isCheck && changes.length > 0) return failed(changes.join('\n'));
  if (!isCheck) writeFileSync(path, `${JSON.stringify(executed, null, 1)}\n`);
}

function failed(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

function quit(code, message) {
  process.stderr.write(`notebooks: ${message}\n`);
  process.exit(code);
}
