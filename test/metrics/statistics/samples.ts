/** Samples for tests of statistics. */
import fc from 'fast-check';
import { isSample, type Sample } from '../../../src/metrics/statistics/sample.ts';

export function sampleOf(values: readonly number[]): Sample {
  if (!isSample(values)) throw new Error('expected a test to bring at least one value');
  return values;
}

/** Whole numbers, as ticks are: sums and interpolation of these are exact enough to compare without a tolerance. */
export const samples = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1 }).map(sampleOf);

/** A sample and the same values in another order. */
export const shuffledPairs = samples.chain((sample) =>
  fc
    .shuffledSubarray([...sample], { minLength: sample.length })
    .map((shuffled): readonly [Sample, Sample] => [sample, sampleOf(shuffled)]),
);
