/** Where the partitions of a data set lie: `DATASET/run=<id>/<table>.parquet`, as Hive has it. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const PARTITION = /^run=(.+)$/;

export interface Partition {
  readonly id: string;
  readonly folder: string;
}

export function partitionOf(dataset: string, id: string): Partition {
  return { id, folder: join(dataset, `run=${id}`) };
}

export function tableFile({ folder }: Partition, table: string): string {
  return join(folder, `${table}.parquet`);
}

/** The partitions of a folder in order of their ids; none if it is no data set, or does not exist. What is being written is not among them. */
export async function partitionsIn(folder: string): Promise<Partition[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .flatMap((entry) => (entry.isDirectory() ? (PARTITION.exec(entry.name)?.[1] ?? []) : []))
    .toSorted()
    .map((id) => partitionOf(folder, id));
}

/** Whether a path is a folder that holds at least one partition. */
export async function isDataset(path: string): Promise<boolean> {
  return (await partitionsIn(path)).length > 0;
}
