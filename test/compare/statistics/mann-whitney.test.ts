import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mannWhitney } from '../../../src/compare/statistics/mann-whitney.ts';
import type { Sample } from '../../../src/metrics/statistics/sample.ts';
import { sampleOf } from '../../metrics/statistics/samples.ts';
import { allArrangements, pairsGreater, smallSamples } from './brute-force.ts';

/** Hollander and Wolfe (1973), p. 69: permeability of the human chorioamnion; the example of R's `help(wilcox.test)`. */
const atTerm: Sample = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
const early: Sample = [1.15, 0.88, 0.9, 0.74, 1.21];

/** Ozone in New York in May and in August 1973: R's data set `airquality`, the other example of the same page. */
const may: Sample = [41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37];
const august: Sample = [39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85];

describe('the exact test', () => {
  it('equals R: wilcox.test(x, y, alternative = "g") gives W = 35, p = 0.1272, of which this is the two-sided double', () => {
    const { u, pValue, method } = mannWhitney(early, atTerm);
    expect({ u, method }).toEqual({ u: 35, method: 'exact' });
    expect(pValue).toBeCloseTo(0.2544122544122544, 12);
  });

  it('equals SciPy 1.17 permutation_test over all arrangements of tied values', () => {
    expect(mannWhitney([1, 2, 2, 3], [2, 3, 4, 5, 5]).pValue).toBeCloseTo(0.1111111111111111, 12);
    expect(mannWhitney([23, 24, 24, 25, 23, 26], [24, 25, 27, 26, 26, 28]).pValue).toBeCloseTo(0.06277056277056277, 12);
  });

  it('gives 4 against 4 values, all of one side above the other, 2 of 70 ways: p = 0.0286', () => {
    const { u, pValue, leastPValue } = mannWhitney([1, 2, 3, 4], [5, 6, 7, 8]);
    expect(u).toBe(16);
    expect(pValue).toBeCloseTo(2 / 70, 12);
    expect(leastPValue).toBeCloseTo(2 / 70, 12);
  });

  it('finds nothing in values that are all equal', () => {
    expect(mannWhitney([5, 5, 5, 5], [5, 5, 5, 5])).toEqual({ u: 8, pValue: 1, leastPValue: 1, method: 'exact' });
  });

  it('agrees with counting every arrangement', () => {
    fc.assert(
      fc.property(smallSamples, smallSamples, (first, second) => {
        const observed = pairsGreater(first, second);
        const all = allArrangements(first, second);
        const share = (holds: (u: number) => boolean): number => all.filter(holds).length / all.length;
        const byHand = Math.min(1, 2 * Math.min(share((u) => u <= observed), share((u) => u >= observed)));
        const { u, pValue, leastPValue } = mannWhitney(first, second);
        expect(u).toBe(observed);
        expect(pValue).toBeCloseTo(byHand, 12);
        const [least, most] = [Math.min(...all), Math.max(...all)];
        expect(leastPValue).toBeCloseTo(Math.min(1, 2 * Math.min(share((one) => one === least), share((one) => one === most))), 12);
        expect(leastPValue).toBeLessThanOrEqual(pValue);
      }),
      { numRuns: 300 },
    );
  });

  it('does not care which sample is called the first', () => {
    fc.assert(
      fc.property(smallSamples, smallSamples, (first, second) => {
        expect(mannWhitney(second, first).pValue).toBeCloseTo(mannWhitney(first, second).pValue, 12);
      }),
    );
  });
});

describe('the normal approximation, above 50 values in all', () => {
  it('equals R with ties: wilcox.test(Ozone ~ Month) gives W = 127.5, p = 0.0001208', () => {
    const { u, pValue, method } = mannWhitney(august, may);
    expect({ u, method }).toEqual({ u: 127.5, method: 'normal' });
    expect(pValue).toBeCloseTo(0.00012080783076877434, 9);
  });

  it('finds nothing in values that are all equal', () => {
    const same = sampleOf(Array.from({ length: 30 }, () => 7));
    expect(mannWhitney(same, same)).toMatchObject({ pValue: 1, leastPValue: 1, method: 'normal' });
  });

  it('lies near the exact test where both can be had', () => {
    const [first, second] = [sampleOf(may.slice(0, 25)), sampleOf(august.slice(0, 25))];
    const exact = mannWhitney(first, second);
    const normal = mannWhitney([...first, 20], [...second, 60]);
    expect([exact.method, normal.method]).toEqual(['exact', 'normal']);
    expect(Math.abs(exact.pValue - normal.pValue)).toBeLessThan(0.001);
  });

  it('never tells a p-value of 0', () => {
    const low = sampleOf(Array.from({ length: 200 }, (_, i) => i));
    const high = sampleOf(Array.from({ length: 200 }, (_, i) => 1000 + i));
    expect(mannWhitney(low, high).pValue).toBeGreaterThan(0);
  });
});
