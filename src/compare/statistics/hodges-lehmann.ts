/**
 * How far a second sample lies from a first: the Hodges–Lehmann estimate of the shift, with its confidence interval.
 *
 * The estimate is the median of all differences between a value of the second and one of the first. The interval is
 * Moses': it reaches from the k-th least to the k-th greatest of those differences, k such that the rank test would not
 * reject any shift in it (Hollander and Wolfe 1999, §4.3; R's `wilcox.test(conf.int = TRUE)` without ties). k comes from
 * the exact distribution for as many values as the test is exact, above that from its normal approximation. Ties make
 * the interval a little wider than it need be, never narrower.
 */
import type { Sample } from '../../metrics/statistics/sample.ts';
import type { Interval } from './interval.ts';
import { upperQuantile } from './normal-distribution.ts';
import { pairwiseDifferences } from './pairwise-differences.ts';
import { MOST_VALUES_EXACT, rankSumCounts } from './rank-sum-distribution.ts';

export interface Shift {
  /** In the unit of the samples; above 0: the second lies higher. */
  readonly estimate: number;
  readonly interval: Interval;
}

/** @param level of confidence, such as 0.95; of very small samples even the whole range has less. */
export function hodgesLehmann(first: Sample, second: Sample, level: number): Shift {
  const differences = pairwiseDifferences(first, second);
  const middle = (differences.length + 1) / 2;
  const k = order(first.length, second.length, (1 - level) / 2);
  return {
    estimate: (differences.least(Math.floor(middle)) + differences.least(Math.ceil(middle))) / 2,
    interval: { low: differences.least(k), high: differences.least(differences.length + 1 - k) },
  };
}

/** The k of Moses' interval: R's `qwilcox(tail, n, m)`, at least 1. */
function order(n: number, m: number, tail: number): number {
  if (n + m > MOST_VALUES_EXACT) {
    const deviation = Math.sqrt((n * m * (n + m + 1)) / 12);
    return Math.max(1, Math.floor((n * m) / 2 - upperQuantile(tail) * deviation));
  }
  const doubledRanks = Array.from({ length: n + m }, (_, i) => 2 * (i + 1));
  const counts = rankSumCounts(doubledRanks, m);
  const ways = counts.reduce((sum, count) => sum + count, 0);
  // Doubled rank sums of m untied values start at m (m + 1) and go in steps of 2.
  const start = m * (m + 1);
  let u = 0;
  for (let below = counts[start] ?? 0; below / ways < tail; below += counts[start + 2 * u] ?? 0) u++;
  return Math.max(1, u);
}
