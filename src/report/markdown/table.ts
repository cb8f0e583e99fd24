/** A GitHub-flavoured Markdown table. Columns without any value are left out; nothing is cut. */
import { cellText, columnsToShow, hasValue, type Column } from '../column.ts';
import { markdownCode, markdownText } from '../plain-text.ts';

export function markdownTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const shown = columnsToShow(columns, rows);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const cell = (column: Column<Row>, row: Row): string => {
    const text = cellText(column, row);
    return column.verbatim === true && hasValue(column, row) ? markdownCode(text) : markdownText(text);
  };
  return (
    line(shown.map((column) => column.title)) +
    line(shown.map((column) => (column.align === 'right' ? '---:' : '---'))) +
    rows.map((row) => line(shown.map((column) => cell(column, row)))).join('')
  );
}
