/**
 * Reads mutated logs until one does harm: `npm run fuzz -- --inputs 1000000 --seed 1 --from 0 --keep FOLDER`.
 *
 * The same seed and number always give the same input (`test/fuzz`). They are read in a process of their own with
 * little memory; when it dies or hangs, the input in hand is a find, and the next process goes on after it. Exit code 1
 * if there are finds; they lie in the folder, to be cut down and kept in `test/fuzz/finds`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** In here, so that packages are found. */
const BUNDLE = join(ROOT, 'node_modules/.cache/fuzz');
/** Megabytes of JavaScript objects; more is a find. */
const HEAP = 192;
/** Milliseconds without another input done. */
const HANGS = 300_000;
const MOST_FINDS = 100;

const { values } = parseArgs({
  options: { inputs: { type: 'string', default: '100000' }, seed: { type: 'string', default: '8305' }, from: { type: 'string', default: '0' }, keep: { type: 'string', default: join(BUNDLE, 'finds') } },
});
const [inputs, seed, first] = [values.inputs, values.seed, values.from].map(Number);
const folder = resolve(values.keep);

async function bundle() {
  await build({
    configFile: false,
    envDir: false,
    logLevel: 'warn',
    root: ROOT,
    build: { ssr: 'test/fuzz/fuzz-range.ts', outDir: BUNDLE, emptyOutDir: false, target: 'node20', rollupOptions: { output: { entryFileNames: 'fuzz-range.mjs' } } },
  });
}

/** Runs inputs from `from` on; tells where to go on, after the last one or after one that killed the process. */
function runFrom(from, to, state) {
  return new Promise((done) => {
    const child = spawn(
      process.execPath,
      [`--max-old-space-size=${HEAP}`, join(BUNDLE, 'fuzz-range.mjs'), seed, from, to, join(ROOT, 'samples'), folder].map(String),
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let watch;
    const alive = () => {
      clearTimeout(watch);
      watch = setTimeout(() => child.kill('SIGKILL'), HANGS);
    };
    alive();
    let errors = '';
    let before = { bytes: 0 };
    child.stderr.on('data', (data) => (errors = (errors + data).slice(-2000)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      alive();
      const message = JSON.parse(line);
      if (message.find !== undefined) noteFind(state, message.find);
      else {
        state.bytes += message.bytes - before.bytes;
        state.slowest = Math.max(state.slowest, message.slowest);
        state.maxRssKb = Math.max(state.maxRssKb, message.maxRssKb);
        before = message;
        if (message.done % 20_000 === 0) process.stderr.write(`${message.done - first} inputs, ${state.finds.length} finds\n`);
      }
    });
    child.on('close', (code) => {
      clearTimeout(watch);
      if (code === 0) return done(to);
      // It may have died before its first input.
      const number = Math.max(from, Number(readFileSync(join(folder, 'current'), 'utf8')));
      noteFind(state, { number, reason: `the process died or hung: ${errors.trim().split('\n').slice(-3).join(' / ')}` });
      return done(number + 1);
    });
  });
}

function noteFind(state, find) {
  state.finds.push(find);
  process.stdout.write(`${JSON.stringify(find)}\n`);
}

mkdirSync(BUNDLE, { recursive: true });
mkdirSync(folder, { recursive: true });
await bundle();
const state = { finds: [], bytes: 0, slowest: 0, maxRssKb: 0 };
const started = Date.now();
const last = first + inputs;
let next = first;
while (next < last && state.finds.length < MOST_FINDS) next = await runFrom(next, last, state);
const seconds = Math.round((Date.now() - started) / 1000);
process.stdout.write(
  `${next - first} inputs of seed ${seed} from ${first} on, ${Math.round(state.bytes / 1e6)} MB, ${seconds} s; ${state.finds.length} finds; ` +
    `slowest ${state.slowest.toFixed(3)} s, at most ${Math.round(state.maxRssKb / 1024)} MB of memory\n`,
);
process.exitCode = state.finds.length > 0 ? 1 : 0;
