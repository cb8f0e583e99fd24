/** Writes one table of a partition as a Parquet file. */
import { fileWriter, parquetWriteRows } from 'hyparquet-writer';
import type { AnalyzedRun } from '../analyzed-run.ts';
import { createdBy, DATASET_SCHEMA_VERSION, SCHEMA_VERSION_KEY, TABLE_KEY } from '../schema-version.ts';
import type { Table } from '../tables/table.ts';
import { parquetSchema } from './parquet-schema.ts';

/** Rows that are in memory at once. */
const ROW_GROUP = 20_000;

export interface Tool {
  readonly name: string;
  readonly version: string;
}

/** The same rows always give the same bytes. A table without rows is a file too, so that a glob over all runs finds one. */
export async function writeTable(table: Table, run: AnalyzedRun, tool: Tool, path: string): Promise<void> {
  await parquetWriteRows({
    writer: fileWriter(path),
    schema: parquetSchema(table),
    columns: table.columns.map(({ name }) => ({ name })),
    rows: table.records(run),
    rowGroupSize: ROW_GROUP,
    createdBy: createdBy(tool),
    kvMetadata: [
      { key: SCHEMA_VERSION_KEY, value: String(DATASET_SCHEMA_VERSION) },
      { key: TABLE_KEY, value: table.name },
    ],
  });
}
