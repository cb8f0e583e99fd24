import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ecdf, MOST_POINTS, THINNED_ERROR } from '../../../src/report/charts/ecdf.ts';

describe('the empirical distribution function', () => {
  test('has a point for each different value, with the share of values up to it', () => {
    expect(ecdf([5, 1, 5, 20])).toEqual([
      { value: 1, share: 0.25 },
      { value: 5, share: 0.75 },
      { value: 20, share: 1 },
    ]);
  });

  test('is empty without values', () => {
    expect(ecdf([])).toEqual([]);
  });

  const samples = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 2000 });
  const shareOf = (values: readonly number[], limit: number): number => values.filter((value) => value <= limit).length / values.length;

  test('has points that are exact, rise, and end at 1', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const points = ecdf(values);
        for (const { value, share } of points) expect(share).toBeCloseTo(shareOf(values, value), 12);
        expect(points.map(({ value }) => value)).toEqual([...new Set(points.map(({ value }) => value))].toSorted((a, b) => a - b));
        expect(points.at(-1)?.share).toBe(1);
      }),
    );
  });

  test('stays within its stated error and number of points however many values there are', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 0, max: 3000 }), (values, at) => {
        const points = ecdf(values);
        const drawn = points.findLast(({ value }) => value <= at)?.share ?? 0;
        expect(Math.abs(drawn - shareOf(values, at))).toBeLessThan(THINNED_ERROR);
        // The least and the greatest are kept too.
        expect(points.length).toBeLessThanOrEqual(MOST_POINTS + 2);
      }),
    );
  });
});
