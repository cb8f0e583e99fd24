/** The rank test by its definition: every way to deal the values out, counted one by one. Small samples only. */
import fc from 'fast-check';
import { sampleOf } from '../../metrics/statistics/samples.ts';

/** Few distinct values, so that ties are the rule, as in logs whose clock ticks in milliseconds. */
const value = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.double({ min: -50, max: 50, noNaN: true }));

export const smallSamples = fc.array(value, { minLength: 1, maxLength: 6 }).map(sampleOf);

/** Pairs in which the second is greater; equal ones count half. */
export function pairsGreater(first: readonly number[], second: readonly number[]): number {
  let pairs = 0;
  for (const a of first) for (const b of second) pairs += b > a ? 1 : b === a ? 0.5 : 0;
  return pairs;
}

/** U of every way to choose the second sample from all values. */
export function allArrangements(first: readonly number[], second: readonly number[]): number[] {
  const all = [...first, ...second];
  const results: number[] = [];
  for (let mask = 0; mask < 2 ** all.length; mask++) {
    const chosen = all.filter((_, i) => (mask >> i) % 2 === 1);
    if (chosen.length === second.length) results.push(pairsGreater(all.filter((_, i) => (mask >> i) % 2 === 0), chosen));
  }
  return results;
}
