/**
 * The Mann–Whitney U test (Wilcoxon rank sum test) of two independent samples, two-sided.
 *
 * Exact up to `MOST_VALUES_EXACT` values in all, ties included: over all ways to deal these very values out to the two
 * samples, twice the share of the smaller tail, as R's `wilcox.test(exact = TRUE)` has it without ties. Above that the
 * normal approximation with the variance corrected for ties and a continuity correction of ½ (Hollander and Wolfe 1999,
 * §4.1), as R's `wilcox.test(exact = FALSE)` and SciPy's `mannwhitneyu(method="asymptotic")` have it.
 */
import type { Sample } from '../../metrics/statistics/sample.ts';
import { midranks, type Midranks } from './midranks.ts';
import { upperTail } from './normal-distribution.ts';
import { MOST_VALUES_EXACT, rankSumCounts } from './rank-sum-distribution.ts';

export interface MannWhitney {
  /** Of all pairs, in how many the value of the second sample is the greater; equal ones count half. */
  readonly u: number;
  /** Above 0, at most 1. */
  readonly pValue: number;
  /** The least p-value that these values could give, however they were dealt out: 1 if all are equal. */
  readonly leastPValue: number;
  readonly method: 'exact' | 'normal';
}

export function mannWhitney(first: Sample, second: Sample): MannWhitney {
  const ranks = midranks([...first, ...second]);
  const doubledSum = ranks.doubled.slice(first.length).reduce((sum, rank) => sum + rank, 0);
  const u = doubledSum / 2 - (second.length * (second.length + 1)) / 2;
  const total = first.length + second.length;
  return total <= MOST_VALUES_EXACT
    ? { u, ...exact(ranks, second.length, doubledSum), method: 'exact' }
    : { u, ...normal(ranks, first.length, second.length, u), method: 'normal' };
}

function exact({ doubled }: Midranks, size: number, doubledSum: number): Pick<MannWhitney, 'pValue' | 'leastPValue'> {
  const counts = rankSumCounts(doubled, size);
  const ways = counts.reduce((sum, count) => sum + count, 0);
  const least = counts.findIndex((count) => count > 0);
  const most = counts.findLastIndex((count) => count > 0);
  const twoSided = (below: number, above: number): number => Math.min(1, (2 * Math.min(below, above)) / ways);
  const upTo = counts.slice(0, doubledSum + 1).reduce((sum, count) => sum + count, 0);
  const from = ways - upTo + (counts[doubledSum] ?? 0);
  return { pValue: twoSided(upTo, from), leastPValue: least === most ? 1 : twoSided(counts[least] ?? 0, counts[most] ?? 0) };
}

function normal({ tieSizes }: Midranks, n: number, m: number, u: number): Pick<MannWhitney, 'pValue' | 'leastPValue'> {
  const total = n + m;
  const ties = tieSizes.reduce((sum, size) => sum + (size ** 3 - size), 0);
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)));
  if (variance <= 0) return { pValue: 1, leastPValue: 1 };
  const pOf = (distance: number): number => Math.min(1, 2 * upperTail(Math.max(0, distance - 0.5) / Math.sqrt(variance)));
  return { pValue: pOf(Math.abs(u - (n * m) / 2)), leastPValue: pOf((n * m) / 2) };
}
