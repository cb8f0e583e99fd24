/** The spread that goes with a median. */
import { medianAbsoluteDeviation as unscaled } from 'simple-statistics';
import type { Sample } from './sample.ts';

/**
 * The median distance from the median, in the unit of the sample; 0 for a single value. Not scaled by 1.4826, so it
 * is no estimate of a standard deviation.
 */
export function medianAbsoluteDeviation(sample: Sample): number {
  return unscaled(sample);
}
