import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summarize } from '../../../src/metrics/statistics/summarize.ts';
import { sampleOf, samples } from './samples.ts';

describe('summarize', () => {
  it('reads off the quantiles of 0 to 100 as they are named', () => {
    const hundredDownToZero = Array.from({ length: 101 }, (_, index) => 100 - index);
    expect(summarize(sampleOf(hundredDownToZero))).toEqual({
      min: 0,
      p25: 25,
      p50: 50,
      p75: 75,
      p90: 90,
      p95: 95,
      p99: 99,
      max: 100,
      mad: 25,
    });
  });

  it('puts its quantiles in rising order', () => {
    fc.assert(
      fc.property(samples, (sample) => {
        const { min, p25, p50, p75, p90, p95, p99, max } = summarize(sample);
        const inOrder = [min, p25, p50, p75, p90, p95, p99, max];
        expect(inOrder.toSorted((a, b) => a - b)).toEqual(inOrder);
        expect([min, max]).toEqual([Math.min(...sample), Math.max(...sample)]);
      }),
    );
  });
});
