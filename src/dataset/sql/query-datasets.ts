/** One query over data sets, and its rows as records: for programs; `netlog-analyze sql` streams instead. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from './open-database.ts';
import { runQuery, type SqlValue } from './run-query.ts';

/**
 * Runs one SELECT over the tables and ready views of data sets and returns all its rows, by name of column. What the query
 * may read and do is as bounded as on the command line; DuckDB, an optional dependency, must be installed.
 *
 * @param datasets folders with at least one partition each, none of them twice
 * @throws QueryError for a query that cannot be run, UnusablePartition, MissingDuckDb
 */
export async function queryDatasets(query: string, datasets: readonly string[]): Promise<Readonly<Record<string, SqlValue>>[]> {
  const temporary = await mkdtemp(join(tmpdir(), 'netlog-analyze-'));
  try {
    const database = await openDatabase(datasets, { temporaryFolder: join(temporary, 'spilled') });
    try {
      const { columns, rows } = await runQuery(database.connection, query);
      const records: Record<string, SqlValue>[] = [];
      for await (const row of rows) records.push(Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null])));
      return records;
    } finally {
      database.close();
    }
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
