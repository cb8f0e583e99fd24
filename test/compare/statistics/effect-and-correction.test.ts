/** The small statistics: Cliff's delta, Holm, the bootstrap interval, midranks, the normal tail. */
import fc from 'fast-check';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { describe, expect, it } from 'vitest';
import { bootstrapInterval } from '../../../src/compare/statistics/bootstrap-interval.ts';
import { cliffsDelta } from '../../../src/compare/statistics/cliffs-delta.ts';
import { holm } from '../../../src/compare/statistics/holm.ts';
import { mannWhitney } from '../../../src/compare/statistics/mann-whitney.ts';
import { midranks } from '../../../src/compare/statistics/midranks.ts';
import { upperQuantile, upperTail } from '../../../src/compare/statistics/normal-distribution.ts';
import { sampleOf } from '../../metrics/statistics/samples.ts';
import { smallSamples } from './brute-force.ts';

describe("Cliff's delta", () => {
  it('is 1 where every value of the second lies above the first, -1 where it lies below, 0 where all are equal', () => {
    expect(cliffsDelta([1, 2], [3, 4])).toBe(1);
    expect(cliffsDelta([3, 4], [1, 2])).toBe(-1);
    expect(cliffsDelta([5, 5], [5])).toBe(0);
  });

  it('counts pairs: of 6, one smaller, one equal, four greater give 3/6', () => {
    expect(cliffsDelta([1, 3], [2, 3, 4])).toBe(0.5);
  });

  it('is 2 U / (n m) - 1', () => {
    fc.assert(
      fc.property(smallSamples, smallSamples, (first, second) => {
        expect(cliffsDelta(first, second)).toBeCloseTo((2 * mannWhitney(first, second).u) / (first.length * second.length) - 1, 12);
      }),
    );
  });
});

describe('Holm', () => {
  it('equals the example of the method: 0.01, 0.04, 0.03, 0.005', () => {
    // By hand: 0.005*4, 0.01*3, 0.03*2, and 0.04*1 raised to the one before it; R p.adjust(..., "holm") prints 0.03 0.06 0.06 0.02.
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
  });

  it('leaves a single test alone, stops at 1, and takes none', () => {
    expect(holm([0.02])).toEqual([0.02]);
    expect(holm([0.6, 0.7])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });

  it('never makes a p-value smaller, and keeps the order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (pValues) => {
        const adjusted = holm(pValues);
        pValues.forEach((p, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          pValues.forEach((q, j) => {
            if (p < q) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? 0);
          });
        });
      }),
    );
  });
});

describe('the bootstrap interval of the median', () => {
  const random = (seed: number) => {
    const generator = xoroshiro128plus(seed);
    return () => uniformFloat64(generator);
  };

  it('is the same for the same random numbers', () => {
    const options = (seed: number) => ({ level: 0.95, rounds: 500, random: random(seed) });
    const sample = [3, 1, 4, 1, 5, 9, 2, 6] as const;
    expect(bootstrapInterval(sample, options(1))).toEqual(bootstrapInterval(sample, options(1)));
  });

  it('of two values has the ends by hand: a quarter of all samples is 0 twice, a quarter 10 twice', () => {
    expect(bootstrapInterval([0, 10], { level: 0.95, rounds: 2000, random: random(1) })).toEqual({ low: 0, high: 10 });
    // Half of the samples have the median 5, so the middle 40 % are all 5.
    expect(bootstrapInterval([0, 10], { level: 0.4, rounds: 2000, random: random(1) })).toEqual({ low: 5, high: 5 });
  });

  it('of 1 to 99 lies near the order statistics 40 and 60, those of the binomial interval', () => {
    const sample = sampleOf(Array.from({ length: 99 }, (_, i) => i + 1));
    const { low, high } = bootstrapInterval(sample, { level: 0.95, rounds: 4000, random: random(2) });
    expect(Math.abs(low - 40)).toBeLessThanOrEqual(2);
    expect(Math.abs(high - 60)).toBeLessThanOrEqual(2);
  });
});

it('midranks share the mean of their ranks', () => {
  // 10 is first, the three 20 share ranks 2 to 4, 30 is the fifth.
  expect(midranks([20, 10, 20, 30, 20])).toEqual({ doubled: [6, 2, 6, 10, 6], tieSizes: [1, 3, 1] });
});

it('the normal tail has the values of the tables', () => {
  expect(upperTail(0)).toBeCloseTo(0.5, 6);
  expect(upperTail(1.959963985)).toBeCloseTo(0.025, 7);
  expect(upperTail(3.090232306)).toBeCloseTo(0.001, 8);
  expect(upperQuantile(0.025)).toBeCloseTo(1.959963985, 4);
});
