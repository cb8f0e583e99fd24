import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianAbsoluteDeviation } from '../../../src/metrics/statistics/median-absolute-deviation.ts';
import { sampleOf, samples, shuffledPairs } from './samples.ts';

describe('medianAbsoluteDeviation', () => {
  it('equals R mad(x, constant = 1) on the sample of the Wikipedia article', () => {
    expect(medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9])).toBe(1);
  });

  it('takes the middle of two medians where the count is even', () => {
    // Median 5; distances 4, 2, 2, 5, in order 2, 2, 4, 5.
    expect(medianAbsoluteDeviation([1, 3, 7, 10])).toBe(3);
  });

  it('is 0 for one value and where more than half of the values are equal', () => {
    expect(medianAbsoluteDeviation([7])).toBe(0);
    expect(medianAbsoluteDeviation([5, 5, 5, 900])).toBe(0);
  });

  it('does not depend on the order of the sample', () => {
    fc.assert(
      fc.property(shuffledPairs, ([sample, shuffled]) => {
        expect(medianAbsoluteDeviation(shuffled)).toBe(medianAbsoluteDeviation(sample));
      }),
    );
  });

  it('stays the same when all values shift, and scales with them', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: -1000, max: 1000 }), (sample, by) => {
        const mad = medianAbsoluteDeviation(sample);
        expect(medianAbsoluteDeviation(sampleOf(sample.map((value) => value + by)))).toBe(mad);
        expect(medianAbsoluteDeviation(sampleOf(sample.map((value) => value * 3)))).toBe(mad * 3);
      }),
    );
  });

  it('never exceeds half the range', () => {
    fc.assert(
      fc.property(samples, (sample) => {
        const range = Math.max(...sample) - Math.min(...sample);
        expect(medianAbsoluteDeviation(sample)).toBeLessThanOrEqual(range / 2);
      }),
    );
  });
});
