/**
 * Writes the partition of one run, whole or not at all: beside its place, then renamed. An interrupted run leaves at
 * most a hidden folder (`.run=….tmp`), which no engine and no command of ours reads.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnalyzedRun } from './analyzed-run.ts';
import { readMaker } from './parquet/read-table.ts';
import { writeTable, type Tool } from './parquet/write-table.ts';
import { partitionOf, tableFile, type Partition } from './partitions.ts';
import { createdBy, DATASET_SCHEMA_VERSION } from './schema-version.ts';
import { ALL_TABLES } from './tables/all-tables.ts';
import { runsTable } from './tables/runs.ts';

/** Whether a partition is there and was written by this very version, so that writing it again would change nothing. */
export async function isWritten(partition: Partition, tool: Tool): Promise<boolean> {
  const maker = await readMaker(tableFile(partition, runsTable.name));
  return maker !== undefined && maker.createdBy === createdBy(tool) && maker.schemaVersion === String(DATASET_SCHEMA_VERSION);
}

/** Replaces what has the same id. Several processes may write the same data set at the same time, even the same run. */
export async function writePartition(dataset: string, id: string, run: AnalyzedRun, tool: Tool): Promise<void> {
  await mkdir(dataset, { recursive: true });
  const beside: Partition = { id, folder: join(dataset, `.run=${id}.${randomUUID()}.tmp`) };
  await mkdir(beside.folder);
  try {
    for (const table of ALL_TABLES) {
      const path = tableFile(beside, table.name);
      await writeTable(table, run, tool, path);
      await flushToDisk(path);
    }
    await putInPlace(beside.folder, partitionOf(dataset, id).folder);
  } finally {
    await rm(beside.folder, { recursive: true, force: true });
  }
}

/** Otherwise a power cut could leave a partition of empty files under its final name. */
async function flushToDisk(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** How often another writer of the same run may come in between. */
const MOST_TRIES = 10;

/** A folder cannot be renamed onto one that holds files: the old one goes aside first, and another writer's may come meanwhile. */
async function putInPlace(folder: string, target: string): Promise<void> {
  const aside = `${folder}.old`;
  for (let tries = 1; ; tries++) {
    try {
      await rename(folder, target);
      return;
    } catch (error) {
      if (tries === MOST_TRIES || !isTaken(error)) throw error;
    }
    await rename(target, aside).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rm(aside, { recursive: true, force: true });
  }
}

/** POSIX lets systems choose between the first two; Windows has the third. */
function isTaken(error: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
}
