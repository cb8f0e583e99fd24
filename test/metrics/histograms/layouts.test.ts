/** Bounds as Chromium's own counters have them (buckets of Net.* histograms of Chromium 156). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CODES,
  COUNTS_TO_100,
  LONG_TIMES,
  MEDIUM_TIMES,
  MEDIUM_TIMES_FROM_10,
  MINUTE_TIMES,
  SAMPLE_END,
  SHORT_TIMES,
  TEN_MINUTE_TIMES,
  bucketOf,
} from '../../../src/metrics/histograms/layouts.ts';

describe('exponential bounds', () => {
  test.each([
    { name: '10 s', layout: SHORT_TIMES, begin: [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 24, 29, 34, 40, 48, 57, 68, 81, 96, 114], end: [8416, 10_000], count: 50 },
    { name: '3 min from 1 ms', layout: MEDIUM_TIMES, begin: [0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 41, 52, 66, 84, 107, 136, 173, 220, 280, 356], end: [141_664, 180_000], count: 50 },
    { name: '3 min from 10 ms', layout: MEDIUM_TIMES_FROM_10, begin: [0, 10, 12, 15, 18, 22, 27, 33, 41, 50, 61, 75, 92, 113, 139, 171, 210, 258, 317, 389], end: [146_689, 180_000], count: 50 },
    { name: '1 h', layout: LONG_TIMES, begin: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 21, 24, 28, 32, 37, 43, 50, 58, 67], end: [3_118_920, 3_600_000], count: 100 },
    { name: '1 min', layout: MINUTE_TIMES, begin: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 19, 21, 23, 25, 28, 31, 34], end: [54_381, 60_000], count: 100 },
    { name: '10 min', layout: TEN_MINUTE_TIMES, begin: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 20, 23, 26, 29, 33, 37, 42, 48], end: [529_921, 600_000], count: 100 },
    { name: '100', layout: COUNTS_TO_100, begin: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], end: [100], count: 50 },
  ])('of $name', ({ layout: { bounds = [] }, begin, end, count }) => {
    expect(bounds.slice(0, begin.length)).toEqual(begin);
    expect(bounds.slice(-end.length)).toEqual(end);
    expect(bounds).toHaveLength(count);
  });
});

describe('the bucket of a sample', () => {
  test('begins at its lower end and stops short of its upper end', () => {
    expect(bucketOf(SHORT_TIMES, 7)).toEqual({ low: 7, high: 8 });
    expect(bucketOf(SHORT_TIMES, 8)).toEqual({ low: 8, high: 10 });
    expect(bucketOf(SHORT_TIMES, 9)).toEqual({ low: 8, high: 10 });
  });

  test('is the first below the least time, and the last from the greatest on', () => {
    expect(bucketOf(MEDIUM_TIMES_FROM_10, 0)).toEqual({ low: 0, high: 10 });
    expect(bucketOf(SHORT_TIMES, 10_000)).toEqual({ low: 10_000, high: SAMPLE_END });
  });

  test('of a code is the code', () => {
    expect(bucketOf(CODES, 105)).toEqual({ low: 105, high: 106 });
  });

  test('holds the sample, whatever the layout', () => {
    const layouts = [SHORT_TIMES, MEDIUM_TIMES, MEDIUM_TIMES_FROM_10, LONG_TIMES, MINUTE_TIMES, TEN_MINUTE_TIMES, COUNTS_TO_100, CODES];
    fc.assert(
      fc.property(fc.constantFrom(...layouts), fc.nat({ max: SAMPLE_END - 2 }), (layout, value) => {
        const { low, high } = bucketOf(layout, value);
        expect(low <= value && value < high).toBe(true);
      }),
    );
  });
});
