/** How two samples of values, one value per run, differ: in the metric's unit, in order, and beyond chance or not. */
import { z } from 'zod';
import type { Sample } from '../metrics/statistics/sample.ts';
import type { Settings } from './settings.ts';
import { cliffsDelta } from './statistics/cliffs-delta.ts';
import { hodgesLehmann } from './statistics/hodges-lehmann.ts';
import { intervalSchema } from './statistics/interval.ts';
import { mannWhitney } from './statistics/mann-whitney.ts';

export const differenceSchema = z.object({
  shift: z.number().describe('Hodges–Lehmann estimate of new less base, in the unit of the metric'),
  interval: intervalSchema.describe('Confidence interval of the shift, at 1 - alpha'),
  cliffsDelta: z.number().describe('Share of pairs of runs in which new is greater, less the share in which it is smaller'),
  pValue: z.number().describe('Mann–Whitney, two-sided, corrected for ties'),
  leastPValue: z.number().describe('The least that these values could give'),
  method: z.enum(['exact', 'normal']),
});
export type Difference = Readonly<z.infer<typeof differenceSchema>>;

export function differenceOf(base: Sample, next: Sample, { alpha }: Settings): Difference {
  const { estimate, interval } = hodgesLehmann(base, next, 1 - alpha);
  const { pValue, leastPValue, method } = mannWhitney(base, next);
  return { shift: estimate, interval, cliffsDelta: cliffsDelta(base, next), pValue, leastPValue, method };
}
