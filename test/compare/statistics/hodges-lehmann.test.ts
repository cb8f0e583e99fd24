import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hodgesLehmann } from '../../../src/compare/statistics/hodges-lehmann.ts';
import { mannWhitney } from '../../../src/compare/statistics/mann-whitney.ts';
import { sampleOf } from '../../metrics/statistics/samples.ts';
import { smallSamples } from './brute-force.ts';

describe('the Hodges–Lehmann shift', () => {
  it('equals R: wilcox.test(x, y, conf.int = TRUE) of Hollander and Wolfe (1973), p. 69', () => {
    // Estimate 0.305, 95 percent confidence interval -0.15 to 0.76.
    const { estimate, interval } = hodgesLehmann([1.15, 0.88, 0.9, 0.74, 1.21], [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46], 0.95);
    expect(estimate).toBeCloseTo(0.305, 12);
    expect(interval.low).toBeCloseTo(-0.15, 12);
    expect(interval.high).toBeCloseTo(0.76, 12);
  });

  it('is the median of all differences', () => {
    // 10-1, 10-2, 10-6, 20-1, 20-2, 20-6 are 4, 8, 9, 14, 18, 19.
    expect(hodgesLehmann([1, 2, 6], [10, 20], 0.95).estimate).toBe(11.5);
  });

  it('takes the whole range of differences where so few values leave no choice', () => {
    expect(hodgesLehmann([1, 2], [10, 20], 0.95).interval).toEqual({ low: 8, high: 19 });
    // 4 against 4: only the extreme arrangement lies in 2.5 %, so the least and the greatest difference bound it.
    expect(hodgesLehmann([1, 2, 3, 4], [11, 12, 13, 14], 0.95).interval).toEqual({ low: 7, high: 13 });
  });

  it('moves with the second sample and turns round when the sides are exchanged', () => {
    fc.assert(
      fc.property(smallSamples, smallSamples, (first, second) => {
        const { estimate, interval } = hodgesLehmann(first, second, 0.95);
        const moved = hodgesLehmann(first, sampleOf(second.map((value) => value + 100)), 0.95);
        expect(moved.estimate).toBeCloseTo(estimate + 100, 9);
        const turned = hodgesLehmann(second, first, 0.95);
        expect(turned.estimate).toBeCloseTo(-estimate, 9);
        expect(turned.interval.low).toBeCloseTo(-interval.high, 9);
        expect(interval.low).toBeLessThanOrEqual(estimate);
        expect(interval.high).toBeGreaterThanOrEqual(estimate);
      }),
    );
  });

  it('has in its interval exactly the shifts that the test does not reject', () => {
    const distinct = fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(distinct, (values) => {
        const [first, second] = [sampleOf(values.slice(0, 6)), sampleOf(values.slice(6))];
        const { low, high } = hodgesLehmann(first, second, 0.95).interval;
        const pAt = (shift: number): number => mannWhitney(first, sampleOf(second.map((value) => value - shift))).pValue;
        expect(pAt(low + 0.5)).toBeGreaterThanOrEqual(0.05);
        expect(pAt(high - 0.5)).toBeGreaterThanOrEqual(0.05);
        expect(pAt(low - 0.5)).toBeLessThan(0.05);
        expect(pAt(high + 0.5)).toBeLessThan(0.05);
      }),
    );
  });

  it('has nearly the same interval by the normal approximation, above 50 values', () => {
    const values = (n: number, from: number) => sampleOf(Array.from({ length: n }, (_, i) => from + ((i * 37) % 101)));
    const exact = hodgesLehmann(values(25, 0), values(25, 30), 0.95).interval;
    const normal = hodgesLehmann(values(26, 0), values(26, 30), 0.95).interval;
    expect(Math.abs(exact.low - normal.low)).toBeLessThan(6);
    expect(Math.abs(exact.high - normal.high)).toBeLessThan(6);
  });
});
