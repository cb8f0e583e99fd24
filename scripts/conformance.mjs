/**
 * Prints how the engine stands to the HEv3 draft, to RFC 9460 and to the vectors of other implementations, from
 * `test/engine/conformance`, where a test holds the table against the tree: `npm run conformance`.
 */
import { readFileSync } from 'node:fs';

const read = (name) => JSON.parse(readFileSync(new URL(`../test/engine/conformance/${name}.json`, import.meta.url), 'utf8'));
const rules = read('rules');
const vectors = read('vectors');

/** Columns as wide as their widest cell, but for the last. */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i]))).join('  ').trimEnd()).join('\n');
}

const short = (file) => file.replace(/^(src|test)\/engine\//, '');
const count = (rows, matches) => rows.filter(matches).length;

const ruleRows = rules.map(({ id, level, rule, state, where, title, test, remark }) => [
  id,
  level,
  state,
  rule,
  [where && short(where), test && `${title} in ${short(test)}`, remark].filter(Boolean).join('; '),
]);
const vectorRows = vectors.map(({ id, vector, test, remark, reason }) => [
  id,
  test ? 'tested' : 'no test',
  vector,
  [test && short(test), remark, reason].filter(Boolean).join('; '),
]);

const ruleTotals = ['implemented', 'caller', 'not-implemented'].map((state) => `${count(rules, (row) => row.state === state)} ${state}`);
const groups = [...new Set(vectors.map(({ id }) => id.split('-')[0]))];
const vectorTotals = groups.map((group) => {
  const ofGroup = vectors.filter(({ id }) => id.startsWith(`${group}-`));
  return `${group} ${count(ofGroup, ({ test }) => test)} of ${ofGroup.length}`;
});

process.stdout.write(
  [
    'Rules: HE of draft-ietf-happy-happyeyeballs-v3, SB of RFC 9460',
    table([['id', 'level', 'state', 'rule', 'where; shown by; remark'], ...ruleRows]),
    '',
    'Vectors: C of another implementation, D of the draft, K R M of Chromium’s tests, L of recordings, P and O of other clients',
    table([['id', 'state', 'vector', 'test; remark, or reason'], ...vectorRows]),
    '',
    `${rules.length} rules: ${ruleTotals.join(', ')}`,
    `${vectors.length} vectors, ${count(vectors, ({ test }) => test)} tested: ${vectorTotals.join(', ')}`,
    '',
  ].join('\n'),
);
