/** How much two samples differ in order, whatever the unit: Cliff's delta (Cliff 1993). */
import type { Sample } from '../../metrics/statistics/sample.ts';

/**
 * Of all pairs, the share in which the second is greater less the share in which it is smaller: from -1 (every value of
 * the second lies below all of the first) over 0 to 1.
 */
export function cliffsDelta(first: Sample, second: Sample): number {
  const [a, b] = [Float64Array.from(first).sort(), Float64Array.from(second).sort()];
  let balance = 0;
  let [below, upTo] = [0, 0];
  // As the values of the first grow, so do the numbers of those of the second that lie below, and below or level.
  for (const value of a) {
    while (below < b.length && (b[below] ?? 0) < value) below++;
    while (upTo < b.length && (b[upTo] ?? 0) <= value) upTo++;
    balance += b.length - upTo - below;
  }
  return balance / (a.length * b.length);
}
