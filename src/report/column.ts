/** A column of a table: one definition serves the terminal, Markdown, CSV and sorting. */
import { MISSING } from './format.ts';
import type { Tone } from './view.ts';

export type CellValue = string | number | boolean | undefined;

export interface Column<Row> {
  /** Name in CSV headers and in `--sort`. */
  readonly id: string;
  readonly title: string;
  /** Numbers and durations align right. */
  readonly align?: 'right';
  /** When the width does not suffice, columns of higher rank go first; rank 0 stays always. */
  readonly rank: number;
  /** The column may be cut in the middle down to this width. */
  readonly shrinkTo?: number;
  /** Where the column shows: one that joins several values is for people, the values apart are for CSV. Absent: everywhere. */
  readonly only?: 'people' | 'csv';
  /** Comes from the log verbatim: a code span in Markdown. */
  readonly verbatim?: boolean;
  /** The bare value, as CSV has it and sorting compares it; `undefined` if the log has none. */
  readonly value: (row: Row) => CellValue;
  /** The value in words, plain text; without it the value itself. */
  readonly text?: (row: Row) => string;
  readonly tone?: (row: Row) => Tone | undefined;
}

/** The columns of a terminal or Markdown table: those for people that have something to show. */
export function columnsToShow<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Column<Row>[] {
  return columns.filter((column) => column.only !== 'csv' && (column.rank === 0 || rows.some((row) => hasValue(column, row))));
}

/** People see a mark only where something holds, not where it does not. */
export function hasValue<Row>(column: Column<Row>, row: Row): boolean {
  const value = column.value(row);
  return value !== undefined && value !== '' && value !== false;
}

/** What a reader sees, before it is made safe for where it goes. */
export function cellText<Row>(column: Column<Row>, row: Row): string {
  if (!hasValue(column, row)) return MISSING;
  return column.text === undefined ? String(column.value(row)) : column.text(row);
}

/** A column of durations or offsets in milliseconds. */
export function millisColumn<Row>(
  id: string,
  title: string,
  rank: number,
  value: (row: Row) => number | undefined,
  format: (ms: number | undefined) => string,
): Column<Row> {
  return { id, title, align: 'right', rank, value, text: (row) => format(value(row)) };
}
