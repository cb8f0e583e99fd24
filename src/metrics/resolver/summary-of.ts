/** A summary of values, of which there may be none. */
import type { Summary } from '../metric.ts';
import { isSample } from '../statistics/sample.ts';
import { summarize } from '../statistics/summarize.ts';

export function summaryOf(values: readonly number[]): Summary | undefined {
  return isSample(values) ? summarize(values) : undefined;
}
