/**
 * The exact distribution of a rank sum, ties or not: of all ways to choose `size` of the pooled ranks, how many give
 * each sum. By the shift algorithm of Streitberg and Röhmel (1986), one rank at a time.
 */

/** Up to so many values together the exact distribution is used: counts are exact in a double, and it takes milliseconds. */
export const MOST_VALUES_EXACT = 50;

/**
 * At index `s` the number of subsets whose doubled ranks sum to `s`; their total is n over `size`.
 *
 * @param doubledRanks at most `MOST_VALUES_EXACT` whole numbers
 */
export function rankSumCounts(doubledRanks: readonly number[], size: number): Float64Array {
  const most = doubledRanks.reduce((sum, rank) => sum + rank, 0);
  const bySize = Array.from({ length: size + 1 }, () => new Float64Array(most + 1));
  const [empty] = bySize;
  if (empty !== undefined) empty[0] = 1;
  for (const rank of doubledRanks) {
    // From the largest size down, so that no rank is chosen twice.
    for (let k = size; k >= 1; k--) {
      const [into, from] = [bySize[k], bySize[k - 1]];
      if (into === undefined || from === undefined) continue;
      for (let sum = rank; sum <= most; sum++) into[sum] = (into[sum] ?? 0) + (from[sum - rank] ?? 0);
    }
  }
  return bySize[size] ?? new Float64Array(1);
}
