/** What a metric is: an id, a unit, a direction, and a sample of values rather than a bare mean. */
import { z } from 'zod';
import type { Trace } from '../model/trace.ts';

export const summarySchema = z
  .object({
    min: z.number(),
    p25: z.number(),
    p50: z.number(),
    p75: z.number(),
    p90: z.number(),
    p95: z.number(),
    p99: z.number(),
    max: z.number(),
    mad: z.number().describe('Median absolute deviation'),
  })
  .describe('Quantiles of type 7 (linear interpolation of order statistics)');
export type Summary = z.infer<typeof summarySchema>;

export const metricSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    unit: z.enum(['ms', 'count', 'ratio', 'bytes']),
    better: z.enum(['lower', 'higher', 'neutral']),
    n: z.number().int().describe('How many things were counted; 0: the log has none'),
    value: z.number().optional().describe('A rate, or the median of the values; absent when n is 0'),
    summary: summarySchema.optional(),
    values: z.array(z.number()).optional().describe('The sample, in log order; rates have 0 and 1'),
  })
  .describe('A number computed from the whole trace');
export type Metric = z.infer<typeof metricSchema>;

/** One metric: a pure function of a trace. `n` is 0, and `value` absent, if the trace has nothing to count. */
export interface MetricDefinition {
  readonly id: string;
  readonly title: string;
  readonly unit: Metric['unit'];
  readonly better: Metric['better'];
  /** How the sample becomes one value: `rate` is the mean of its ones and zeros, `median` the middle of its measurements. */
  readonly statistic: 'rate' | 'median';
  /** The sample in log order: measurements, or 1 and 0 for a rate. */
  values(trace: Trace): number[];
}
