/**
 * A run: what is kept of one trace for a comparison. A run is the unit of every test here, because the requests and
 * races within one log share its network and its moment and are not independent of each other.
 *
 * Small on purpose (a few kB), so that any number of traces can be compared: numbers, the facts that decide whether runs
 * may be compared, and host names. No samples, no URLs.
 */
import { z } from 'zod';
import { metricSchema } from '../metrics/metric.ts';

export const runMetricSchema = metricSchema
  .omit({ values: true, n: true })
  .extend({
    kind: z
      .enum(['median', 'rate', 'total'])
      .describe('What the value of a run is: the median of its measurements, the share of those that are so, or a mere number of things'),
    n: z.number().int().describe('How many things were counted in this run; 0 only for a mere number of things'),
    count: z.number().describe('How many were so (rate), the total (unit count), or how many were measured'),
    value: z.number(),
  })
  .describe('A metric of one run, without its sample');
/** Present only if the run has something to count. */
export type RunMetric = Readonly<z.infer<typeof runMetricSchema>>;

/** What a threshold needs to know of a metric before any run is read. */
export type MetricTraits = Pick<RunMetric, 'id' | 'unit' | 'better' | 'kind'>;

export const runFactsSchema = z.object({
  client: z.string().optional().describe('Name and version of the browser'),
  system: z.string().optional(),
  captureMode: z.string().optional(),
  engines: z.array(z.string()).describe('Race engines that ran, that of the most races first'),
  fieldTrials: z.array(z.string()).optional().describe('trial:group; absent where the report does not say'),
  features: z.array(z.string()).optional().describe('Set by the command line: +enabled, -disabled, without parameters'),
  complete: z.boolean(),
  durationMs: z.number(),
});
export type RunFacts = Readonly<z.infer<typeof runFactsSchema>>;

/** A host that was resolved, connected to or sent a request. */
export interface RunHost {
  readonly host: string;
  /** Medians in milliseconds of its own, by id of the metric. */
  readonly medians: Readonly<Record<string, number>>;
}

export interface Run {
  /** What people call it: its file. */
  readonly name: string;
  readonly facts: RunFacts;
  readonly metrics: readonly RunMetric[];
  /** `undefined`: not known, because the run comes from a baseline, which names no hosts. */
  readonly hosts: readonly RunHost[] | undefined;
}

/** One value per run that has the metric, in order of the runs. A number of things that other runs have is 0 where there are none. */
export function valuesOf(runs: readonly Run[], id: string, valueOf: (metric: RunMetric) => number | undefined = ({ value }) => value): number[] {
  const metrics = runs.map((run) => run.metrics.find((metric) => metric.id === id));
  const missing = metrics.some((metric) => metric?.kind === 'total') ? 0 : undefined;
  return metrics.map((metric) => (metric === undefined ? missing : valueOf(metric))).filter((value) => value !== undefined);
}
