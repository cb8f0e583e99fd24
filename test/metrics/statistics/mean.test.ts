import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean } from '../../../src/metrics/statistics/mean.ts';
import { sampleOf } from './samples.ts';

describe('mean', () => {
  it('is the share of ones among ones and zeros', () => {
    expect(mean([1, 0, 0, 1])).toBe(0.5);
    expect(mean([0, 0, 1])).toBeCloseTo(1 / 3, 15);
    expect(mean([1])).toBe(1);
  });

  it('does not lose small values to rounding', () => {
    // Added one after the other, ten tenths give 0.9999999999999999.
    expect(mean([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])).toBe(0.1);
  });

  it('of ones and zeros is exactly hits by count', () => {
    fc.assert(
      fc.property(fc.nat({ max: 500 }), fc.nat({ max: 500 }), (hits, misses) => {
        fc.pre(hits + misses > 0);
        const outcomes = [...Array<number>(hits).fill(1), ...Array<number>(misses).fill(0)];
        expect(mean(sampleOf(outcomes))).toBe(hits / (hits + misses));
      }),
    );
  });
});
