/** A metric over all runs of a data set together: as if their samples were one. */
import { z } from 'zod';
import { summarySchema } from '../../metrics/metric.ts';
import { runMetricSchema } from '../../compare/run.ts';

export const pooledMetricSchema = runMetricSchema.omit({ value: true, summary: true }).extend({
  runs: z.number().int().describe('How many runs have something to count'),
  value: z.number().describe('The median of all measurements, the share of all things that are so, or their total'),
  quantiles: summarySchema.omit({ mad: true }).optional().describe('Of measurements: min and max exact, the others within the relative error'),
});
export type PooledMetric = Readonly<z.infer<typeof pooledMetricSchema>>;

const countedSchema = z.object({ value: z.string(), runs: z.number().int() });

export const datasetSummarySchema = z
  .object({
    schemaVersion: z.literal(1),
    kind: z.literal('dataset-summary'),
    dataset: z.string(),
    runs: z.number().int(),
    incomplete: z.number().int().describe('Runs whose log was cut off, ring-buffered or damaged'),
    firstUnixMs: z.number().optional().describe('Wall clock at which the first run began'),
    lastUnixMs: z.number().optional(),
    browsers: z.array(countedSchema),
    engines: z.array(countedSchema).describe('A run with two engines counts for both'),
    networks: z.array(countedSchema).describe('As --network said; runs of which nothing was said are left out'),
    relativeError: z.number().describe('Of quantiles'),
    metrics: z.array(pooledMetricSchema),
  })
  .describe('All runs of a data set together');
export type DatasetSummary = Readonly<z.infer<typeof datasetSummarySchema>>;
