/**
 * CSV (RFC 4180) with a header line of column ids. Every field is there, whatever the rows hold, so
 * that the shape does not depend on the data; a missing value is an empty field, times are plain
 * numbers of milliseconds.
 */
import type { Column } from './column.ts';
import { csvField } from './plain-text.ts';

export function* csvChunks<Row>(columns: readonly Column<Row>[], rows: Iterable<Row>): Generator<string> {
  const fields = columns.filter(({ only }) => only !== 'people');
  yield `${fields.map((column) => csvField(column.id)).join(',')}\r\n`;
  for (const row of rows) {
    yield `${fields.map((column) => csvField(column.value(row))).join(',')}\r\n`;
  }
}
