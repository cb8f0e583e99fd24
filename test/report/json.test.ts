/** JSON in pieces is the JSON of the whole. */
import { expect, test } from 'vitest';
import { jsonChunks } from '../../src/report/json.ts';
import { aRace, aReport } from './builders.ts';

const whole = (value: object): string => [...jsonChunks(value)].join('');

test.each([
  ['a report', aReport({ races: [aRace(), aRace({ id: 2 })] })],
  ['an empty array', []],
  ['an array', [{ a: 1 }, { b: [1, { c: 2 }] }]],
  ['an empty object', {}],
  ['an object with a missing member', { a: undefined, b: [undefined, 1] }],
  ['elements with long lists', { a: [{ b: Array.from({ length: 1000 }, (_, c) => ({ c, d: [c] })), e: undefined, f: { g: '\n' } }, 1] }],
])('%s', (_what, value) => {
  expect(whole(value)).toBe(JSON.stringify(value, null, 2));
});

test('an element is a chunk of its own, so that no piece holds a whole report', () => {
  const chunks = [...jsonChunks(aReport({ races: Array.from({ length: 50 }, (_, id) => aRace({ id })) }))];
  expect(chunks.length).toBeGreaterThan(50);
});

test('an element with a long list is written in pieces too', () => {
  const chunks = [...jsonChunks([{ attempts: Array.from({ length: 1000 }, (_, id) => ({ id })) }])];
  expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(100);
});
