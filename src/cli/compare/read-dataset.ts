/** The runs of a data set, as a comparison keeps them. */
import type { Run } from '../../compare/run.ts';
import { UnusablePartition } from '../../dataset/parquet/read-table.ts';
import type { Partition } from '../../dataset/partitions.ts';
import { readRun } from '../../dataset/read-run.ts';
import type { Context } from '../command.ts';
import { UnreadableTrace } from '../read-report.ts';

/**
 * In order of their files, as if those themselves had been named.
 *
 * @throws UnreadableTrace for a partition that cannot be used
 */
export async function readDatasetRuns(partitions: readonly Partition[], { io: { signal } }: Context): Promise<Run[]> {
  const runs: Run[] = [];
  for (const partition of partitions) {
    signal?.throwIfAborted();
    runs.push(
      await readRun(partition).catch((error: unknown) => {
        throw error instanceof UnusablePartition ? new UnreadableTrace(error.message, { cause: error }) : error;
      }),
    );
  }
  return runs.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
