/**
 * Holds predictions against recordings: `npm run validate -- [FOLDER] [-o FILE]`.
 *
 * In the folder (default: samples) the same network is recorded under several policies, in folders named
 * `NETWORK-hev3`, `NETWORK-hev2`, `NETWORK-legacy` with a `netlog.json.gz` each. What is inferred from one recording must
 * predict the others, in both directions: outcome, winner, and connect time to 20 ms or 10 %. Prints the table and
 * writes it (default: docs/validation.md for the samples, nothing for others). Exit code 1 if a row is missed.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { reconstruct } from '../dist/analyze.js';
import { inferRaces } from '../dist/whatif/infer-races.js';
import { validateArms } from '../dist/whatif/validate-arms.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SAMPLES = join(ROOT, 'samples');
const ARM = /^(.+)-(hev3|hev2|legacy)$/;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { output: { type: 'string', short: 'o' } } });
const folder = resolve(positionals[0] ?? SAMPLES);
const file = values.output ?? (folder === SAMPLES ? join(ROOT, 'docs/validation.md') : undefined);

async function readArms() {
  const names = readdirSync(folder).filter((name) => ARM.test(name) && existsSync(join(folder, name, 'netlog.json.gz')));
  const arms = [];
  for (const directory of names.toSorted()) {
    const [, network, name] = ARM.exec(directory);
    arms.push({ network, name, inference: inferRaces(await reconstruct(join(folder, directory, 'netlog.json.gz'))) });
  }
  return arms;
}

const time = (ms) => (ms === undefined ? '' : ` ${Math.round(ms)} ms`);
const result = (race) => {
  if (race === undefined) return '';
  if (race.winner === undefined) return race.outcome;
  return `${race.winner.transport === 'quic' ? 'QUIC' : 'TCP'} ${race.winner.ipEndpoint}${time(race.afterMs)}`;
};
const verdict = (given) => {
  if (given.kind === 'explained') return `explained: ${given.because.join('; ')}`;
  if (given.kind === 'not-comparable') return `not comparable: ${given.because}`;
  return given.kind === 'missed' ? `**missed: ${given.agreement}**` : 'met';
};
const cell = (text) => text.replaceAll('|', '\\|');

function markdown(rows) {
  const count = (kind, among = rows) => among.filter((row) => row.verdict.kind === kind).length;
  // A race that failed has neither a winner nor a connect time: those that were predicted to fail are only counted.
  const failed = rows.filter((row) => row.recorded?.outcome === 'failed' && row.verdict.kind === 'met');
  const shown = rows.filter((row) => !failed.includes(row));
  const lines = shown.map((row) =>
    [row.network, `${row.from} → ${row.to}`, `${row.origin.replace(/^https:\/\/(.*):443$/, '$1')}${row.nth > 1 ? ` (${row.nth})` : ''}`, result(row.recorded), result(row.predicted), verdict(row.verdict)].map(cell).join(' | '),
  );
  return `# Predictions held against recordings

Written by \`npm run validate\`; do not edit. The same network was recorded under several policies. The network that is
inferred from one recording is run under the policy of another one, and the prediction held against what that one
recorded: outcome, winning endpoint and transport, and connect time (from the beginning of the race to the first usable
connection) within 20 ms or 10 %, whichever is more. Every race that a request waited for counts, in both directions.

A prediction that is off is explained if it becomes right once the network has what the other recording shows and this
one does not, or shows otherwise; the remark names the least that does. What no such change mends is missed.

${count('met', shown)} predictions of connections are met, ${count('explained')} explained, ${count('missed')} missed, ${count('not-comparable')} not comparable. Beside these, ${failed.length} races
failed as predicted, mostly of names that the network does not have.

| network | from → to | host | recorded | predicted | verdict |
| --- | --- | --- | --- | --- | --- |
${lines.map((line) => `| ${line} |`).join('\n')}
`;
}

const rows = validateArms(await readArms());
const text = markdown(rows);
process.stdout.write(text);
if (file !== undefined) {
  writeFileSync(file, text);
  process.stderr.write(`written to ${relative(process.cwd(), file)}\n`);
}
process.exitCode = rows.some((row) => row.verdict.kind === 'missed') ? 1 : 0;
