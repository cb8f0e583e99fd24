/** The quantile that every summary uses. */
import { quantile as linearlyInterpolated } from 'simple-statistics';
import type { Sample } from './sample.ts';

/**
 * The quantile at `p`, from 0 to 1, of a sample in any order: type 7 of Hyndman and Fan (1996), the default of R and
 * NumPy. It interpolates linearly between the order statistics around position `(n - 1) * p`, counted from 0, which is
 * the definition that simple-statistics 7 computes.
 */
export function quantile(sample: Sample, p: number): number {
  return linearlyInterpolated(sample, p);
}
