/** A data set in one value, read partition by partition in memory that does not grow with their number. */
import { z } from 'zod';
import { partitionsIn } from '../partitions.ts';
import { readRows, readRunMetrics } from '../read-run.ts';
import { MetricPool } from './metric-pool.ts';
import type { DatasetSummary } from './pooled-metric.ts';
import { RELATIVE_ERROR } from './sketch.ts';

const runRowSchema = z.object({ browser: z.string().optional(), network: z.string().optional(), engines: z.array(z.string()), complete: z.boolean(), origin_unix_ms: z.number() });
const sketchRowSchema = z.object({ id: z.string(), bin: z.number().int(), count: z.number().int().positive() });

export interface SummarizeOptions {
  readonly onProgress?: (progress: { readonly runsRead: number; readonly runs: number }) => void;
  readonly signal?: AbortSignal | undefined;
}

export async function summarizeDataset(dataset: string, { onProgress, signal }: SummarizeOptions = {}): Promise<DatasetSummary> {
  const pool = new MetricPool();
  const [browsers, engines, networks] = [new Tally(), new Tally(), new Tally()];
  const partitions = await partitionsIn(dataset);
  let incomplete = 0;
  let [firstUnixMs, lastUnixMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [i, partition] of partitions.entries()) {
    signal?.throwIfAborted();
    const [rows, metrics, sketches] = await Promise.all([readRows(partition, 'runs', runRowSchema), readRunMetrics(partition), readRows(partition, 'sketches', sketchRowSchema)]);
    pool.add(metrics, sketches);
    for (const { browser = 'unknown', network, engines: ran, complete, origin_unix_ms: origin } of rows) {
      browsers.add([browser]);
      engines.add(ran);
      networks.add(network === undefined ? [] : [network]);
      incomplete += complete ? 0 : 1;
      [firstUnixMs, lastUnixMs] = [Math.min(firstUnixMs, origin), Math.max(lastUnixMs, origin)];
    }
    onProgress?.({ runsRead: i + 1, runs: partitions.length });
  }
  return {
    schemaVersion: 1,
    kind: 'dataset-summary',
    dataset,
    runs: partitions.length,
    incomplete,
    ...(partitions.length === 0 ? {} : { firstUnixMs, lastUnixMs }),
    browsers: browsers.counted(),
    engines: engines.counted(),
    networks: networks.counted(),
    relativeError: RELATIVE_ERROR,
    metrics: pool.metrics(),
  };
}

/** How many runs have each value, the most frequent first. */
class Tally {
  readonly #runs = new Map<string, number>();

  add(values: readonly string[]): void {
    for (const value of new Set(values)) this.#runs.set(value, (this.#runs.get(value) ?? 0) + 1);
  }

  counted(): { value: string; runs: number }[] {
    return Array.from(this.#runs, ([value, runs]) => ({ value, runs })).toSorted((a, b) => b.runs - a.runs || (a.value < b.value ? -1 : 1));
  }
}
