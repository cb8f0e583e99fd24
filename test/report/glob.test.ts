/** Globs over host and event names. */
import { expect, test } from 'vitest';
import { anyGlob, globMatcher } from '../../src/report/glob.ts';

test.each([
  ['a.test', 'a.test', true],
  ['a.test', 'A.TEST', true],
  ['a.test', 'aa.test', false],
  ['*.test', 'a.b.test', true],
  ['*.test', 'test', false],
  ['a*', 'abc', true],
  ['*b*', 'abc', true],
  ['a*b*c', 'a--b--c', true],
  ['a*b*c', 'a--c--b', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['ab*ba', 'aba', false],
  ['*', '', true],
  ['DNS_TRANSACTION*', 'DNS_TRANSACTION_QUERY', true],
  ['a.test', 'axtest', false],
])('%s over %s: %s', (glob, text, matches) => {
  expect(globMatcher(glob)(text)).toBe(matches);
});

test('of several globs one must match, of none any does', () => {
  expect(anyGlob(['a', 'b'])('b')).toBe(true);
  expect(anyGlob(['a', 'b'])('c')).toBe(false);
  expect(anyGlob([])('c')).toBe(true);
});

test('a glob full of stars does not take long on a long text', () => {
  const started = performance.now();
  expect(globMatcher(`${'*a'.repeat(50)}*b`)('a'.repeat(20_000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(1000);
});
