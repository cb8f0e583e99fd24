import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cliffsDelta } from '../../../src/compare/statistics/cliffs-delta.ts';
import { hodgesLehmann } from '../../../src/compare/statistics/hodges-lehmann.ts';
import { pairwiseDifferences } from '../../../src/compare/statistics/pairwise-differences.ts';
import { sampleOf } from '../../metrics/statistics/samples.ts';
import { pairsGreater, smallSamples } from './brute-force.ts';

describe('the differences of all pairs', () => {
  it('have the order statistics of a list of them', () => {
    fc.assert(
      fc.property(smallSamples, smallSamples, (first, second) => {
        const all = first.flatMap((a) => second.map((b) => b - a)).toSorted((a, b) => a - b);
        const { length, least } = pairwiseDifferences(first, second);
        expect(length).toBe(all.length);
        expect(all.map((_, i) => least(i + 1) + 0)).toEqual(all.map((difference) => difference + 0));
      }),
    );
  });

  it('are balanced as Cliff’s delta says', () => {
    fc.assert(
      fc.property(smallSamples, smallSamples, (first, second) => {
        const pairs = first.length * second.length;
        expect(cliffsDelta(first, second)).toBeCloseTo((2 * pairsGreater(first, second)) / pairs - 1, 12);
      }),
    );
  });

  it('are never listed: 5,000 values against 5,000 take no 25 million', () => {
    const side = (shift: number) => sampleOf(Array.from({ length: 5000 }, (_, i) => shift + ((i * 7919) % 5000) / 10));
    // Every difference less the shift is as often above 0 as below.
    expect(hodgesLehmann(side(0), side(12.5), 0.95).estimate).toBeCloseTo(12.5, 9);
    expect(cliffsDelta(side(0), side(0))).toBe(0);
  });
});
