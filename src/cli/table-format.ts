/** The formats in which a table can be had. */
import type { Column } from '../report/column.ts';
import { csvChunks } from '../report/csv.ts';
import { jsonChunks } from '../report/json.ts';
import { markdownTable } from '../report/markdown/table.ts';
import { tableLines } from '../report/terminal/table.ts';
import type { View } from '../report/view.ts';

export const TABLE_FORMATS = ['text', 'json', 'markdown', 'csv'] as const;

export type TableFormat = (typeof TABLE_FORMATS)[number];

export function* tableChunks<Row extends object>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  format: TableFormat,
  view: View,
): Generator<string> {
  switch (format) {
    case 'text': {
      const lines = tableLines(columns, rows, view, { mentionHidden: true });
      if (lines.length > 0) yield `${lines.join('\n')}\n`;
      break;
    }
    case 'markdown':
      yield markdownTable(columns, rows);
      break;
    case 'csv':
      yield* csvChunks(columns, rows);
      break;
    case 'json':
      yield* jsonChunks([...rows]);
      yield '\n';
      break;
  }
}
