import { expect, test } from 'vitest';
import { createCounters } from '../../../src/metrics/histograms/counters.ts';
import { histogramSchema } from '../../../src/metrics/histograms/histogram.ts';
import { CODES, SHORT_TIMES } from '../../../src/metrics/histograms/layouts.ts';

test('a histogram has the count and the sum of its samples, and its buckets in order', () => {
  const { count, histograms } = createCounters();
  for (const value of [9, 3, 8]) count('Net.Time', SHORT_TIMES, value);
  expect(histograms()).toEqual([
    { name: 'Net.Time', unit: 'ms', count: 3, sum: 20, buckets: [{ low: 3, high: 4, count: 1 }, { low: 8, high: 10, count: 2 }] },
  ]);
});

test('times are cut to whole milliseconds, and a clock that ran backwards gives 0', () => {
  const { count, histograms } = createCounters();
  count('Net.Time', SHORT_TIMES, 2.9);
  count('Net.Time', SHORT_TIMES, -4);
  expect(histograms()[0]).toMatchObject({ count: 2, sum: 2 });
});

test('histograms come by name, and as the report wants them', () => {
  const { count, histograms } = createCounters();
  count('Net.B', CODES, 1);
  count('Net.A', CODES, 1);
  expect(histograms().map(({ name }) => name)).toEqual(['Net.A', 'Net.B']);
  for (const histogram of histograms()) expect(histogramSchema.parse(histogram)).toEqual(histogram);
});
