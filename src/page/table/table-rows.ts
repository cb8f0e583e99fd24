/** Which rows a table shows: filtered by text and by facets, sorted, one page of them. */
import { cellText, columnsToShow, type Column } from '../../report/column.ts';
import { sortByColumn } from '../../report/order.ts';

/** A property with few values, to choose rows by. */
export interface Facet<Row> {
  readonly id: string;
  readonly title: string;
  /** The values that a row has; a row without any is never chosen. */
  readonly values: (row: Row) => readonly string[];
}

export interface TableState {
  /** Letter case does not count. */
  readonly text: string;
  /** Facet id to the value chosen; absent: any. */
  readonly chosen: ReadonlyMap<string, string>;
  /** `undefined`: the order of importance, in which the rows come. */
  readonly sort: { readonly columnId: string; readonly reverse: boolean } | undefined;
  /** From 0. */
  readonly page: number;
}

export const EVERYTHING: TableState = { text: '', chosen: new Map(), sort: undefined, page: 0 };

export const ROWS_PER_PAGE = 25;

export interface TableRows<Row> {
  readonly shown: readonly Row[];
  /** Position of the first row shown among those that match, from 0. */
  readonly from: number;
  readonly matching: number;
}

export function tableRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  facets: readonly Facet<Row>[],
  state: TableState,
): TableRows<Row> {
  const wanted = state.text.trim().toLowerCase();
  const shownColumns = columnsToShow(columns, rows);
  const matching = rows.filter(
    (row) =>
      facets.every((facet) => isChosen(facet, row, state.chosen)) &&
      (wanted === '' || shownColumns.some((column) => searchText(column, row).includes(wanted))),
  );
  const column = columns.find(({ id }) => id === state.sort?.columnId);
  const sorted = column === undefined ? matching : sortByColumn(matching, column, state.sort?.reverse);
  const from = Math.min(state.page, Math.max(0, Math.ceil(sorted.length / ROWS_PER_PAGE) - 1)) * ROWS_PER_PAGE;
  return { shown: sorted.slice(from, from + ROWS_PER_PAGE), from, matching: sorted.length };
}

function isChosen<Row>({ id, values }: Facet<Row>, row: Row, chosen: TableState['chosen']): boolean {
  const value = chosen.get(id);
  return value === undefined || values(row).includes(value);
}

/** Found by the bare value too: `https://` where the table leaves it out. */
function searchText<Row>(column: Column<Row>, row: Row): string {
  return `${cellText(column, row)} ${String(column.value(row) ?? '')}`.toLowerCase();
}

/** The values of a facet, the most frequent first, and how many rows have each. */
export function facetValues<Row>({ values }: Facet<Row>, rows: readonly Row[]): { readonly value: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const value of rows.flatMap(values)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Array.from(counts, ([value, count]) => ({ value, count })).toSorted((a, b) => b.count - a.count);
}

/** The order after a press on a column's title: its own, reversed, none. */
export function nextSort(sort: TableState['sort'], columnId: string): TableState['sort'] {
  if (sort?.columnId !== columnId) return { columnId, reverse: false };
  return sort.reverse ? undefined : { columnId, reverse: true };
}

/** The direction for `aria-sort`: numbers go from the greatest down, text from A on, and reversed the other way. */
export function sortDirection<Row>(column: Column<Row>, rows: readonly Row[], reverse: boolean): 'ascending' | 'descending' {
  const isText = rows.some((row) => typeof column.value(row) === 'string');
  return isText === reverse ? 'descending' : 'ascending';
}
