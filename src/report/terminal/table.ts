/**
 * A table for terminals: no frame, columns fitted to the width. Columns without any value are left
 * out; if it is still too wide, long texts are cut in the middle, and then columns go by rank.
 */
import { cellText, columnsToShow, hasValue, type Column } from '../column.ts';
import { plainText } from '../plain-text.ts';
import { toned, type View } from '../view.ts';
import { cutMiddle, padEnd, padStart, textWidth, wrapText } from './text-width.ts';

const GAP = 2;

/** Where nothing else is left to give, texts are cut down to this. */
const NARROWEST = 8;

interface Fitted<Row> {
  readonly column: Column<Row>;
  readonly cells: readonly string[];
  readonly natural: number;
  width: number;
}

export interface TableOptions {
  /** Spaces before every line. */
  readonly indent?: number;
  /** Say below the table which columns found no room. */
  readonly mentionHidden?: boolean;
}

/** The lines of a table; none for no rows. */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  view: View,
  { indent = 0, mentionHidden = false }: TableOptions = {},
): string[] {
  if (rows.length === 0) return [];
  const { fitted, hidden } = fit(
    columnsToShow(columns, rows).map((column) => measure(column, rows)),
    view.width - indent,
  );
  const margin = ' '.repeat(indent);
  const header = fitted.map((column) => padCell(column, cutMiddle(column.column.title, column.width)));
  const lines = [margin + view.style('heading', header.join(' '.repeat(GAP)).trimEnd())];
  rows.forEach((row, i) => {
    const cells = fitted.map((column, position) => {
      const text = cutMiddle(column.cells[i] ?? '', column.width);
      const isLast = position === fitted.length - 1 && column.column.align !== 'right';
      const tone = hasValue(column.column, row) ? column.column.tone?.(row) : 'dim';
      return padStyled(column, text, toned(view.style, tone, text), isLast);
    });
    lines.push(margin + cells.join(' '.repeat(GAP)));
  });
  if (mentionHidden && hidden.length > 0) {
    const titles = hidden.map((column) => column.title).join(', ');
    const note = `No room for: ${titles}; see --width and --format csv.`;
    lines.push('', ...wrapText(note, view.width, margin).map((line) => view.style('dim', line)));
  }
  return lines;
}

function measure<Row>(column: Column<Row>, rows: readonly Row[]): Fitted<Row> {
  const cells = rows.map((row) => plainText(cellText(column, row)));
  const natural = cells.reduce((widest, cell) => Math.max(widest, textWidth(cell)), column.title.length);
  return { column, cells, natural, width: natural };
}

function fit<Row>(columns: readonly Fitted<Row>[], width: number): { fitted: readonly Fitted<Row>[]; hidden: readonly Column<Row>[] } {
  let kept = [...columns];
  const hidden: Column<Row>[] = [];
  for (;;) {
    if (shrink(kept, width, leastWidth)) break;
    const droppable = kept.filter(({ column }) => column.rank > 0);
    if (droppable.length === 0) {
      shrink(kept, width, ({ column, natural }) => (column.align === 'right' ? natural : Math.min(natural, NARROWEST)));
      break;
    }
    const out = droppable.reduce((worst, next) => (next.column.rank >= worst.column.rank ? next : worst));
    hidden.unshift(out.column);
    kept = kept.filter((column) => column !== out);
  }
  return { fitted: kept, hidden };
}

/** Narrows the widest shrinkable columns until all fit; `false` if they cannot. */
function shrink<Row>(columns: readonly Fitted<Row>[], width: number, least: (column: Fitted<Row>) => number): boolean {
  for (const column of columns) column.width = column.natural;
  let excess = columns.reduce((sum, column) => sum + column.width, GAP * (columns.length - 1)) - width;
  while (excess > 0) {
    const candidates = columns.filter((column) => column.width > least(column));
    if (candidates.length === 0) return false;
    const widest = candidates.reduce((a, b) => (b.width > a.width ? b : a));
    const next = Math.max(0, ...candidates.filter((c) => c.width < widest.width).map((c) => c.width));
    const step = Math.min(excess, Math.max(1, widest.width - Math.max(next, least(widest))));
    widest.width -= step;
    excess -= step;
  }
  return true;
}

function leastWidth<Row>({ column, natural }: Fitted<Row>): number {
  return column.shrinkTo === undefined ? natural : Math.min(natural, Math.max(column.shrinkTo, column.title.length));
}

function padCell<Row>({ column, width }: Fitted<Row>, text: string): string {
  return column.align === 'right' ? padStart(text, width) : padEnd(text, width);
}

/** Pads by the plain text's width, since colour codes have none. */
function padStyled<Row>({ column, width }: Fitted<Row>, text: string, styled: string, isLast: boolean): string {
  const padding = ' '.repeat(Math.max(0, width - textWidth(text)));
  if (column.align === 'right') return padding + styled;
  return isLast ? styled : styled + padding;
}
