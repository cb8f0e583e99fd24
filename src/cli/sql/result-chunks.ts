/** The result of a query as a table, JSON, CSV or Markdown. CSV and JSON are written as rows come. */
import type { QueryColumn, QueryResult, SqlValue } from '../../dataset/sql/run-query.ts';
import type { CellValue, Column } from '../../report/column.ts';
import { csvChunks } from '../../report/csv.ts';
import { markdownTable } from '../../report/markdown/table.ts';
import { csvField, plainJson } from '../../report/plain-text.ts';
import { tableLines } from '../../report/terminal/table.ts';
import type { View } from '../../report/view.ts';

export type ResultFormat = 'table' | 'json' | 'csv' | 'markdown';

type Row = readonly SqlValue[];

export async function* resultChunks({ columns, rows }: QueryResult, format: ResultFormat, view: View): AsyncGenerator<string> {
  switch (format) {
    case 'table': {
      const lines = tableLines(tableColumns(columns), await collect(rows), view, { mentionHidden: true });
      yield lines.length === 0 ? 'No rows.\n' : `${lines.join('\n')}\n`;
      break;
    }
    case 'markdown':
      yield markdownTable(tableColumns(columns), await collect(rows));
      break;
    case 'csv':
      yield* csvChunks(tableColumns(columns), []);
      for await (const row of rows) yield `${row.map((value) => csvField(cellValue(value))).join(',')}\r\n`;
      break;
    case 'json':
      yield* jsonRows(columns, rows);
      break;
  }
}

async function* jsonRows(columns: readonly QueryColumn[], rows: AsyncIterable<Row>): AsyncGenerator<string> {
  let separator = '[';
  for await (const row of rows) {
    const record = Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null]));
    yield `${separator}\n  ${plainJson(JSON.stringify(record))}`;
    separator = ',';
  }
  yield separator === '[' ? '[]\n' : '\n]\n';
}

async function collect(rows: AsyncIterable<Row>): Promise<Row[]> {
  const collected: Row[] = [];
  for await (const row of rows) collected.push(row);
  return collected;
}

/** From left to right in the order in which they were asked for; the last are the first to find no room. */
function tableColumns(columns: readonly QueryColumn[]): Column<Row>[] {
  return columns.map(({ name, isNumber }, i): Column<Row> => ({
    id: name,
    title: name,
    rank: i,
    ...(isNumber ? { align: 'right' } : { shrinkTo: 12 }),
    value: (row) => cellValue(row[i] ?? null),
    text: (row) => cellText(row[i] ?? null),
  }));
}

/** NULL is missing; `true` and `false` are both told, since somebody asked. */
function cellValue(value: SqlValue): CellValue {
  if (value === null) return undefined;
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

/** Enough digits to compare by: csv and json have them all. */
function cellText(value: SqlValue): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  return String(cellValue(value) ?? '');
}
