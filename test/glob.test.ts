/** Globs over host and event names. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyGlob, globMatcher } from '../src/glob.ts';

test.each([
  ['a.test', 'a.test', true],
  ['a.test', 'A.TEST', true],
  ['A.Test', 'a.test', true],
  ['a.test', 'aa.test', false],
  ['a.test', 'axtest', false],
  ['dual.lab.test', 'a.dual.lab.test', false],
  ['*', '', true],
  ['*', 'https://a.test/b', true],
  ['*.test', 'a.b.test', true],
  ['*.test', 'test', false],
  ['*.lab*.test', 'cname3.lab2.test', true],
  ['a*', 'abc', true],
  ['*b*', 'abc', true],
  ['a*b*c', 'a--b--c', true],
  ['a*b*c', 'a--c--b', false],
  ['a*a', 'a', false],
  ['ab*ba', 'aba', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['DNS_TRANSACTION*', 'DNS_TRANSACTION_QUERY', true],
  ['{a,b}[c]', 'a', false],
])('%s over %s: %s', (glob, text, matches) => {
  expect(globMatcher(glob)(text)).toBe(matches);
});

test('a glob agrees with the regular expression of the same meaning', () => {
  const glob = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 6 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 6 });
  fc.assert(
    fc.property(glob, text, (pattern, subject) => {
      const expression = pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
      expect(globMatcher(pattern)(subject)).toBe(new RegExp(`^${expression}$`).test(subject));
    }),
  );
});

test('a glob matches what is made from it by filling its stars in', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.') });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), text, (parts, filling) => {
      expect(globMatcher(parts.join('*'))(parts.join(filling))).toBe(true);
    }),
  );
});

test('a glob full of stars comes to an end on a long text that almost matches', () => {
  expect(globMatcher(`${'*a'.repeat(50)}*b`)('a'.repeat(20_000))).toBe(false);
});

test('of several globs one must match, of none any does', () => {
  expect(anyGlob(['a', 'b'])('b')).toBe(true);
  expect(anyGlob(['a', 'b'])('c')).toBe(false);
  expect(anyGlob([])('c')).toBe(true);
});
