/** The mean. It serves for rates only: of ones and zeros it is the share of ones. */
import { mean as arithmetic } from 'simple-statistics';
import type { Sample } from './sample.ts';

/** The arithmetic mean, summed with compensation for rounding. */
export function mean(sample: Sample): number {
  return arithmetic(sample);
}
