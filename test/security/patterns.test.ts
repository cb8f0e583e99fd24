/** No pattern from outside is run as a regular expression: globs are matched by hand, in time that the two lengths bound. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { globMatcher } from '../../src/glob.ts';

const SOURCES = join(import.meta.dirname, '../../src');

it('no regular expression is made of text at run time', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const offenders = files.filter((name) => /\bRegExp\s*\(/.test(readFileSync(join(SOURCES, name), 'utf8')));
  expect(files.length).toBeGreaterThan(100);
  expect(offenders).toEqual([]);
});

it('a glob that would keep a backtracking matcher busy for ever is matched at once', () => {
  const text = 'a'.repeat(20_000);
  expect(globMatcher(`${'*a'.repeat(500)}*b`)(text)).toBe(false);
  expect(globMatcher(`${'a*'.repeat(500)}`)(text)).toBe(true);
  expect(globMatcher(`${'?*'.repeat(500)}b`)(text)).toBe(false);
});
