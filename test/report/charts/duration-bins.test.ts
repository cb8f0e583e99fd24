import { expect, test } from 'vitest';
import { binnedDurations, binText } from '../../../src/report/charts/duration-bins.ts';

const counts = (values: readonly number[]): string[] => binnedDurations(values).map(({ bin, count }) => `${binText(bin)}: ${count}`);

test('a bin holds its lower edge and not its upper one', () => {
  expect(counts([0, 0.5, 1, 2, 4.9])).toEqual(['0–1 ms: 2', '1–2 ms: 1', '2–5 ms: 2']);
});

test('empty bins between full ones are kept, those outside are not', () => {
  expect(counts([25, 150])).toEqual(['20–50 ms: 1', '50–100 ms: 0', '100–200 ms: 1']);
});

test('from a second on bins are named in seconds, and the last has no end', () => {
  expect(counts([1000, 2_000_000]).at(0)).toBe('1–2 s: 1');
  expect(counts([1000, 2_000_000]).at(-1)).toBe('≥ 500 s: 1');
});

test('no values have no bins', () => {
  expect(binnedDurations([])).toEqual([]);
});
