/**
 * A saved baseline: what a comparison needs of runs that are gone, in some 2 kB a run. Numbers and versions only; no host,
 * no URL, no file name.
 */
import { z } from 'zod';
import { summarySchema } from '../metrics/metric.ts';
import { runFactsSchema, runMetricSchema, type Run, type RunMetric } from './run.ts';

const SUMMARY_KEYS = summarySchema.keyof().options;

const metricTraitsSchema = runMetricSchema.pick({ id: true, title: true, unit: true, better: true, kind: true });

/** What many runs have in common is written once. */
const environmentSchema = runFactsSchema.omit({ engines: true, complete: true, durationMs: true });

export const baselineSchema = z
  .object({
    schemaVersion: z.literal(1),
    kind: z.literal('baseline'),
    tool: z.object({ name: z.literal('netlog-analyze'), version: z.string() }),
    environments: z.array(environmentSchema),
    metrics: z.array(metricTraitsSchema),
    runs: z.array(
      runFactsSchema.pick({ engines: true, complete: true, durationMs: true }).extend({
        environment: z.number().int().describe('Index in environments'),
        values: z
          .record(z.string(), z.array(z.number()))
          .describe(`By metric: n, count, value, and where it has a sample of measurements ${SUMMARY_KEYS.join(', ')}`),
      }),
    ),
  })
  .describe('Runs as compare keeps them');
type Baseline = z.infer<typeof baselineSchema>;

export function baselineOf(runs: readonly Run[], tool: Baseline['tool']): Baseline {
  const environments = runs.map(environmentOf);
  const texts = environments.map((environment) => JSON.stringify(environment));
  const distinct = [...new Set(texts)];
  const metrics = new Map(runs.flatMap((run) => run.metrics).map((metric) => [metric.id, metric]));
  return {
    schemaVersion: 1,
    kind: 'baseline',
    tool,
    environments: distinct.map((text) => environments[texts.indexOf(text)] ?? {}),
    metrics: Array.from(metrics.values(), ({ id, title, unit, better, kind }) => ({ id, title, unit, better, kind })),
    runs: runs.map((run, i) => ({
      environment: distinct.indexOf(texts[i] ?? ''),
      engines: run.facts.engines,
      complete: run.facts.complete,
      durationMs: run.facts.durationMs,
      values: Object.fromEntries(run.metrics.map((metric) => [metric.id, numbersOf(metric)])),
    })),
  };
}

function environmentOf({ facts }: Run): z.infer<typeof environmentSchema> {
  const { engines: _engines, complete: _complete, durationMs: _durationMs, ...environment } = facts;
  return environment;
}

/** The quantiles of a rate's ones and zeros say nothing. */
function numbersOf({ kind, n, count, value, summary }: RunMetric): number[] {
  return [n, count, value, ...(kind === 'median' && summary !== undefined ? SUMMARY_KEYS.map((key) => summary[key]) : [])];
}

/** @param name of the file; the runs are told apart by their number */
export function runsOfBaseline({ environments, metrics, runs }: Baseline, name: string): Run[] {
  return runs.map((run, i) => ({
    name: `${name}#${i + 1}`,
    facts: { ...environments[run.environment], engines: run.engines, complete: run.complete, durationMs: run.durationMs },
    metrics: metrics.flatMap((traits) => {
      const [n, count, value, ...quantiles] = run.values[traits.id] ?? [];
      if (n === undefined || count === undefined || value === undefined) return [];
      const summary = summarySchema.safeParse(Object.fromEntries(SUMMARY_KEYS.map((key, at) => [key, quantiles[at]])));
      return [{ ...traits, n, count, value, ...(summary.success ? { summary: summary.data } : {}) }];
    }),
    hosts: undefined,
  }));
}
