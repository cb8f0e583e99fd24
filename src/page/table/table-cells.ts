/** The parts of a table that plain and interactive ones share: a cell, a row. */
import { cellText, hasValue, type Column } from '../../report/column.ts';
import { element, type Child } from '../dom.ts';
import type { Meaning } from '../../report/charts/palette.ts';

export interface CellOptions<Row> {
  /** Where a cell leads, as a fragment; `undefined`: nowhere. */
  readonly linkOf?: (columnId: string, row: Row) => string | undefined;
  /** What a cell means, where that has a colour. */
  readonly meaningOf?: (columnId: string, row: Row) => Meaning | undefined;
}

export function tableRow<Row>(columns: readonly Column<Row>[], row: Row, options: CellOptions<Row> = {}): HTMLTableRowElement {
  return element('tr', {}, ...columns.map((column, i) => tableCell(column, row, i === 0, options)));
}

function tableCell<Row>(column: Column<Row>, row: Row, isHead: boolean, { linkOf, meaningOf }: CellOptions<Row>): HTMLElement {
  const text = cellText(column, row);
  const link = hasValue(column, row) ? linkOf?.(column.id, row) : undefined;
  const content: Child = link === undefined ? text : element('a', { href: link }, text);
  const meaning = meaningOf?.(column.id, row);
  const swatch = meaning === undefined ? undefined : element('span', { class: `swatch ${meaning}`, 'aria-hidden': 'true' });
  return element(isHead ? 'th' : 'td', { class: classesOf(column), ...(isHead ? { scope: 'row' } : {}) }, swatch, content);
}

/** Columns from this rank on stay off paper, which does not scroll. */
const LEAST_MINOR_RANK = 6;

function classesOf<Row>({ align, verbatim, shrinkTo, rank }: Column<Row>): string | undefined {
  const classes = [
    ...(align === 'right' ? ['number'] : []),
    ...(verbatim === true ? ['verbatim'] : []),
    ...(shrinkTo === undefined ? [] : ['long']),
    ...(rank >= LEAST_MINOR_RANK ? ['minor'] : []),
  ];
  return classes.length === 0 ? undefined : classes.join(' ');
}

export function columnHead<Row>(column: Column<Row>, content: Child): HTMLElement {
  return element('th', { scope: 'col', class: classesOf(column) }, content);
}

/** A table without controls. */
export function plainTable<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  options: CellOptions<Row> = {},
): HTMLElement {
  const shown = columns.filter((column) => column.only !== 'csv' && (column.rank === 0 || rows.some((row) => hasValue(column, row))));
  return scrollable(
    caption,
    element(
      'table',
      {},
      element('caption', { class: 'unseen' }, caption),
      element('thead', {}, element('tr', {}, ...shown.map((column) => columnHead(column, column.title)))),
      element('tbody', {}, ...rows.map((row) => tableRow(shown, row, options))),
    ),
  );
}

/** What is wider than the page scrolls on its own, by keyboard too. */
export function scrollable(label: string, content: Element): HTMLElement {
  return element('div', { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': label }, content);
}
