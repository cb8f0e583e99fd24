/**
 * Holds the conformance table against the tree: every rule and vector is listed once, files that are named exist, and
 * an id that is claimed as tested stands in a test title of the file named.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { testTitles } from './test-titles.ts';

const text = z.string().min(1);
/** `title` is the id, of the rule or of a vector that shows it, in a test title of `test`. */
const proven = { test: text, title: text };
const rule = { id: text, level: z.enum(['M', 'MN', 'S', 'SN', 'Y', 'R', 'D', 'S/Y', 'S/R', 'SN/S', 'Y/R', 'M/MN', '-']), rule: text };
const rules = z
  .array(
    z.discriminatedUnion('state', [
      z.strictObject({ ...rule, state: z.literal('implemented'), where: text, ...proven, remark: text.optional() }),
      z.strictObject({ ...rule, state: z.literal('caller'), remark: text }),
      z.strictObject({ ...rule, state: z.literal('not-implemented'), where: text.optional(), test: text.optional(), title: text.optional(), remark: text }),
    ]),
  )
  .parse(read('rules'));
/** `remark`: where the test departs from the vector, or covers a part of it. */
const vectors = z.array(z.union([z.strictObject({ id: text, vector: text, test: text, remark: text.optional() }), z.strictObject({ id: text, vector: text, reason: text })])).parse(read('vectors'));

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8'));
}

/** `HE-01` to `HE-88`; vectors of a hundred and more are written without further zeros: `C-01`, `C-122`. */
function ids(prefix: string, first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => `${prefix}-${String(first + i).padStart(2, '0')}`);
}

const titles = new Map<string, ReadonlySet<string>>();

function idsInTitles(file: string): ReadonlySet<string> {
  const known = titles.get(file) ?? new Set(testTitles(file).flatMap((title) => title.match(/\b[A-Z]+-\d+\b/g) ?? []));
  titles.set(file, known);
  return known;
}

describe('the conformance table', () => {
  it('has every rule once, in order', () => {
    expect(rules.map(({ id }) => id)).toEqual([...ids('HE', 1, 88), ...ids('SB', 1, 30)]);
  });

  it('has every vector once, in order', () => {
    const expected = [
      ...ids('C', 1, 122), ...ids('D', 1, 48), ...ids('K', 1, 28), ...ids('P', 1, 9), ...ids('O', 1, 8),
      ...ids('R', 1, 28), ...ids('M', 1, 17), ...ids('M', 20, 79), ...ids('L', 1, 19), ...ids('L', 30, 39),
    ];
    expect(vectors.map(({ id }) => id)).toEqual(expected);
  });

  it('names files that exist', () => {
    const files = new Set([...rules, ...vectors].flatMap((row) => [...('where' in row ? [row.where] : []), ...('test' in row ? [row.test] : [])]));
    expect([...files].filter((file) => file !== undefined && !existsSync(file))).toEqual([]);
  });

  it('claims no rule as tested whose id, or a vector of it, stands in no test title', () => {
    const claims = rules.flatMap((row) => (row.state !== 'caller' && row.test !== undefined ? [{ id: row.id, test: row.test, title: row.title ?? row.id }] : []));
    expect(claims.filter(({ test, title }) => !idsInTitles(test).has(title))).toEqual([]);
  });

  it('claims no vector as tested whose id stands in no test title', () => {
    expect(vectors.filter((row) => 'test' in row && !idsInTitles(row.test).has(row.id))).toEqual([]);
  });

  it('gives no reason for a vector that a test has after all', () => {
    const tested = new Set(vectors.flatMap((row) => ('test' in row ? [...idsInTitles(row.test)] : [])));
    expect(vectors.filter((row) => 'reason' in row && tested.has(row.id))).toEqual([]);
  });
});
