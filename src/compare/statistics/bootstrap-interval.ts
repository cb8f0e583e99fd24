/** How sure a median is: the percentile bootstrap (Efron and Tibshirani 1993, §13.3). */
import { sampleWithReplacement } from 'simple-statistics';
import { quantile } from '../../metrics/statistics/quantile.ts';
import { isSample, type Sample } from '../../metrics/statistics/sample.ts';
import type { Interval } from './interval.ts';

export interface BootstrapOptions {
  /** Of confidence, such as 0.95. */
  readonly level: number;
  /** How many samples are drawn. */
  readonly rounds: number;
  /** The next random number, at least 0 and below 1; the same numbers give the same interval. */
  readonly random: () => number;
}

/** The middle `level` of the medians of samples drawn from the sample, with replacement and of its size. */
export function bootstrapInterval(sample: Sample, { level, rounds, random }: BootstrapOptions): Interval {
  const values = [...sample];
  const medians = Array.from({ length: rounds }, () => {
    const drawn = sampleWithReplacement(values, values.length, random);
    return isSample(drawn) ? quantile(drawn, 0.5) : 0;
  });
  const [low, high] = [(1 - level) / 2, (1 + level) / 2].map((p) => (isSample(medians) ? quantile(medians, p) : 0));
  return { low: low ?? 0, high: high ?? 0 };
}
