/**
 * Measures how fast logs are read, and how much memory that takes, against the goals in `experiments.mjs`:
 * `npm run bench -- --rows default,start --rounds 3`. What is measured is `dist`.
 *
 * All rows, with the inputs and rounds that the goals are set for, go to `bench/results.md` as well. Exit code 1 if a goal is missed.
 * `--quick` takes small inputs and fails only on what is far off, after a second try: fit for a busy machine.
 */
import { statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { EXPERIMENTS, FULL, QUICK } from './experiments.mjs';
import { NoRoom, withInputs } from './inputs.mjs';
import { load, machineFacts } from './machine.mjs';
import { Failed } from './measure.mjs';
import { isReached, runRounds } from './rounds.mjs';
import { resultTable, runTable } from './table.mjs';

const RESULTS = new URL('results.md', import.meta.url);

/** How many times worse than its goal a figure may be in the quick form, and how often it is measured before it counts as that. */
const QUICK_SLACK = 3;
const QUICK_TRIES = 3;

const USAGE = `npm run bench -- [--quick] [--rows ${Object.keys(EXPERIMENTS).join(',')}] [--rounds 5] [--trace FILE]

--trace FILE   a log of your own, not compressed, for the row "busy"
`;

const options = /** @type {const} */ ({ quick: { type: 'boolean', default: false }, rows: { type: 'string' }, rounds: { type: 'string' }, trace: { type: 'string' }, help: { type: 'boolean', default: false } });

/** @typedef {import('./table.mjs').Outcome} Outcome */

/**
 * @param {string} id
 * @param {{ readonly quick: boolean, readonly rounds: number, readonly trace: string | undefined, readonly signal: AbortSignal }} settings
 * @returns {Promise<Outcome>}
 */
async function outcomeOf(id, { quick, rounds, trace, signal }) {
  return withInputs(signal, async (inputs) => {
    const comparison = await EXPERIMENTS[id]?.({
      inputs,
      sizes: quick ? QUICK : FULL,
      trace: trace === undefined ? undefined : { path: trace, bytes: statSync(trace).size },
    });
    if (comparison === undefined) throw new Error(`There is no row ${id}`);
    if ('skipped' in comparison) return { id, ...comparison };
    for (let tries = 1; ; tries++) {
      const measured = await runRounds(comparison, rounds, signal, () => process.stderr.write('.'));
      if (!quick || tries === QUICK_TRIES || measured.results.every((result) => isReached(result, QUICK_SLACK))) return { id, ...measured };
    }
  }).catch((error) => {
    if (error instanceof NoRoom) return { id, skipped: error.message };
    if (error instanceof Failed) return { id, failed: error.message };
    throw error;
  });
}

/** @returns {Promise<number>} the exit code */
async function main() {
  const { values } = parseArgs({ options });
  const { quick, trace } = values;
  const ids = values.rows?.split(',') ?? Object.keys(EXPERIMENTS);
  const rounds = Number(values.rounds ?? (quick ? 3 : 5));
  if (values.help || !(rounds >= 1) || ids.some((id) => !(id in EXPERIMENTS))) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => interrupted.abort());

  const loadBefore = load();
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const id of ids) {
    process.stderr.write(`${id} `);
    outcomes.push(await outcomeOf(id, { quick, rounds, trace, signal: interrupted.signal }));
    process.stderr.write('\n');
  }
  const slack = quick ? QUICK_SLACK : 1;
  const text = [
    `# Speed and memory of reading\n`,
    `${machineFacts(loadBefore).map((fact) => `- ${fact}\n`).join('')}- ${quick ? 'small inputs, ' : ''}median of ${rounds} round${rounds === 1 ? '' : 's'}, lowest and highest in parentheses\n`,
    resultTable(outcomes, slack),
    runTable(outcomes),
    `Made by \`npm run bench\`; docs/performance.md says how to read it.\n`,
  ].join('\n');
  process.stdout.write(text);
  if (!quick && values.rows === undefined && trace === undefined) writeFileSync(RESULTS, text);
  return outcomes.every((outcome) => 'skipped' in outcome || ('results' in outcome && outcome.results.every((result) => isReached(result, slack)))) ? 0 : 1;
}

process.exitCode = await main().catch((error) => {
  if (error instanceof Error && error.name === 'AbortError') return 130;
  throw error;
});
