/** Reads of a partition what a comparison needs, some kilobytes a run: the same as of the trace itself. */
import { z } from 'zod';
import { runMetricSchema, type Run, type RunHost, type RunMetric } from '../compare/run.ts';
import { summarySchema } from '../metrics/metric.ts';
import { readTable, UnusablePartition } from './parquet/read-table.ts';
import { tableFile, type Partition } from './partitions.ts';

const SUMMARY_KEYS = summarySchema.keyof().options;
const traitsSchema = runMetricSchema.omit({ summary: true });
const metricRowSchema = traitsSchema.extend(summarySchema.partial().shape);

const runRowSchema = z.object({
  file: z.string(),
  browser: z.string().optional(),
  system: z.string().optional(),
  capture_mode: z.string().optional(),
  engines: z.array(z.string()),
  field_trials: z.array(z.string()).optional(),
  features: z.array(z.string()).optional(),
  complete: z.boolean(),
  duration_ms: z.number(),
});

const hostRowSchema = z.object({ host: z.string(), race_duration_ms: z.number().optional(), resolution_duration_ms: z.number().optional() });

export async function readRun(partition: Partition): Promise<Run> {
  const [[row], metrics, hosts] = await Promise.all([readRows(partition, 'runs', runRowSchema), readRunMetrics(partition), readRows(partition, 'hosts', hostRowSchema)]);
  if (row === undefined) throw new UnusablePartition(`${tableFile(partition, 'runs')}: expected one row, found none; export the trace again`);
  const { file, browser, system, capture_mode: captureMode, engines, field_trials: fieldTrials, features, complete, duration_ms: durationMs } = row;
  return {
    name: file,
    facts: {
      ...(browser === undefined ? {} : { client: browser }),
      ...(system === undefined ? {} : { system }),
      ...(captureMode === undefined ? {} : { captureMode }),
      engines,
      ...(fieldTrials === undefined ? {} : { fieldTrials }),
      ...(features === undefined ? {} : { features }),
      complete,
      durationMs,
    },
    metrics,
    hosts: hosts.map(runHost),
  };
}

export async function readRunMetrics(partition: Partition): Promise<RunMetric[]> {
  const rows = await readRows(partition, 'metrics', metricRowSchema);
  return rows.map((row) => {
    const summary = summarySchema.safeParse(Object.fromEntries(SUMMARY_KEYS.map((key) => [key, row[key]])));
    return { ...traitsSchema.parse(row), ...(summary.success ? { summary: summary.data } : {}) };
  });
}

/** The rows of a table, of which the columns in the schema are read. */
export async function readRows<Schema extends z.ZodObject>(partition: Partition, table: string, schema: Schema): Promise<z.infer<Schema>[]> {
  const path = tableFile(partition, table);
  const parsed = z.array(schema).safeParse(await readTable(path, Object.keys(schema.shape)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UnusablePartition(`${path}: expected the table ${table} of a data set, found another shape at ${issue?.path.join('.') ?? 'its top'} (${issue?.message ?? ''}); export the trace again`);
}

function runHost({ host, race_duration_ms: race, resolution_duration_ms: resolution }: z.infer<typeof hostRowSchema>): RunHost {
  return { host, medians: { ...(race === undefined ? {} : { 'race.duration': race }), ...(resolution === undefined ? {} : { 'dns.resolution.duration': resolution }) } };
}
