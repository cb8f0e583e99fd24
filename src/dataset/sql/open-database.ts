/**
 * Data sets as a database in memory, closed to everything else. The query is its user's own; what it must not become is
 * a way to other files, to the network or to writing, whatever somebody pasted:
 *
 * - no file is read but those in the folders of the data sets, no extension is loaded, and no setting can be changed;
 * - only one statement runs, and only one that reads: `COPY`, `ATTACH`, `EXPORT` and the like, which could write into those
 *   folders, are refused by their kind (in `run-query.ts`).
 */
import { resolve, sep } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { UnusablePartition } from '../parquet/read-table.ts';
import { partitionsIn, tableFile, type Partition } from '../partitions.ts';
import { DATASET_SCHEMA_VERSION, SCHEMA_VERSION_KEY } from '../schema-version.ts';
import { ALL_TABLES } from '../tables/all-tables.ts';
import { runsTable } from '../tables/runs.ts';
import { loadDuckDb } from './duckdb.ts';
import { READY_VIEWS } from './ready-views.ts';

export interface DatabaseOptions {
  /** For what finds no room in memory; the caller takes it away. */
  readonly temporaryFolder: string;
}

export interface Database {
  readonly connection: DuckDBConnection;
  close(): void;
}

/**
 * @param datasets folders with at least one partition each
 * @throws UnusablePartition, MissingDuckDb
 */
export async function openDatabase(datasets: readonly string[], { temporaryFolder }: DatabaseOptions): Promise<Database> {
  const { DuckDBInstance } = await loadDuckDb();
  const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false', temp_directory: temporaryFolder });
  const connection = await instance.connect();
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    const folders = datasets.map((dataset) => resolve(dataset));
    const partitions = (await Promise.all(folders.map(partitionsIn))).flat();
    await requireVersion(connection, partitions);
    for (const { name } of ALL_TABLES) await connection.run(tableView(name, partitions));
    for (const { name, query } of READY_VIEWS) await connection.run(`CREATE VIEW ${name} AS ${query}`);
    await connection.run(`SET allowed_directories = ${list(folders.flatMap((folder) => [folder + sep, globLiteral(folder) + sep]))}`);
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
  } catch (error) {
    close();
    throw error instanceof UnusablePartition ? error : new UnusablePartition(`${datasets.join(' ')}: not a data set that can be read (${(error as Error).message}); export the traces again`, { cause: error });
  }
  return { connection, close };
}

/** Of all partitions: the engine takes the columns of the first for those of all. */
async function requireVersion(connection: DuckDBConnection, partitions: readonly Partition[]): Promise<void> {
  const files = list(partitions.map((partition) => globLiteral(tableFile(partition, runsTable.name))));
  const others = await connection.runAndReadAll(
    `SELECT file_name || ': schema version ' || decode(value) FROM parquet_kv_metadata(${files}) WHERE decode(key) = '${SCHEMA_VERSION_KEY}' AND decode(value) <> '${DATASET_SCHEMA_VERSION}' LIMIT 1`,
  );
  if (others.currentRowCount > 0) throw new UnusablePartition(`${String(others.value(0, 0))}: expected version ${DATASET_SCHEMA_VERSION} of the tables of a data set; export the trace again with this version`);
}

/** Files by name rather than by a glob: the engine would list every folder for each table. */
function tableView(table: string, partitions: readonly Partition[]): string {
  const files = list(partitions.map((partition) => globLiteral(tableFile(partition, table))));
  return `CREATE VIEW ${table} AS SELECT run, * EXCLUDE (run) FROM read_parquet(${files}, hive_partitioning = true, hive_types = {'run': 'VARCHAR'})`;
}

function list(texts: readonly string[]): string {
  return `[${texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ')}]`;
}

/** A glob that matches this very path. Where files are allowed, the engine compares globs as they are written. */
function globLiteral(path: string): string {
  return path.replace(/[*?[]/g, '[$&]');
}
