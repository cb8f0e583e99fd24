import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantile } from '../../../src/metrics/statistics/quantile.ts';
import type { Sample } from '../../../src/metrics/statistics/sample.ts';
import { samples, shuffledPairs } from './samples.ts';

const probability = fc.double({ min: 0, max: 1, noNaN: true });

describe('quantile', () => {
  it('equals R quantile(x, type = 7) on the sample of the Wikipedia article', () => {
    const sample: Sample = [3, 6, 7, 8, 8, 9, 10, 13, 15, 16, 20];
    expect([0, 0.25, 0.5, 0.75, 1].map((p) => quantile(sample, p))).toEqual([3, 7.5, 9, 14, 20]);
  });

  it('tells type 7 from its neighbours on 1 to 10', () => {
    // The first quartile is 3.25 by type 7; types 4 to 6 and 8 give 2.5, 3, 2.75 and 2.9166…
    const sample: Sample = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(quantile(sample, 0.25)).toBe(3.25);
    expect(quantile(sample, 0.9)).toBeCloseTo(9.1, 12);
    expect(quantile(sample, 0.99)).toBeCloseTo(9.91, 12);
  });

  it('is the single value of a sample of one', () => {
    expect([0, 0.5, 0.99, 1].map((p) => quantile([42], p))).toEqual([42, 42, 42, 42]);
  });

  it('leaves its sample as it was', () => {
    const sample: Sample = [3, 1, 2];
    quantile(sample, 0.5);
    expect(sample).toEqual([3, 1, 2]);
  });

  it('agrees with interpolating between the sorted values by hand', () => {
    fc.assert(
      fc.property(samples, probability, (sample, p) => {
        const sorted = [...sample].sort((a, b) => a - b);
        const position = (sorted.length - 1) * p;
        const below = sorted[Math.floor(position)] ?? NaN;
        const above = sorted[Math.ceil(position)] ?? NaN;
        const weight = position - Math.floor(position);
        expect(quantile(sample, p)).toBeCloseTo(below * (1 - weight) + above * weight, 6);
      }),
    );
  });

  it('grows with p and stays between the least and the greatest value', () => {
    fc.assert(
      fc.property(samples, probability, probability, (sample, p, q) => {
        const low = quantile(sample, Math.min(p, q));
        const high = quantile(sample, Math.max(p, q));
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(Math.min(...sample));
        expect(high).toBeLessThanOrEqual(Math.max(...sample));
      }),
    );
  });

  it('does not depend on the order of the sample', () => {
    fc.assert(
      fc.property(shuffledPairs, probability, ([sample, shuffled], p) => {
        expect(quantile(shuffled, p)).toBe(quantile(sample, p));
      }),
    );
  });
});
