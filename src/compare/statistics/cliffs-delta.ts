/** How much two samples differ in order, whatever the unit: Cliff's delta (Cliff 1993). */
import type { Sample } from '../../metrics/statistics/sample.ts';

/**
 * Of all pairs, the share in which the second is greater less the share in which it is smaller: from -1 (every value of
 * the second lies below all of the first) over 0 to 1.
 */
export function cliffsDelta(first: Sample, second: Sample): number {
  let balance = 0;
  for (const a of first) for (const b of second) balance += Math.sign(b - a);
  return balance / (first.length * second.length);
}
