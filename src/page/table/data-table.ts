/** A table to sort, filter and page through, by mouse, keyboard and screen reader. */
import { columnsToShow, type Column } from '../../report/column.ts';
import { formatCount } from '../../report/format.ts';
import { button, choice, element, fill } from '../dom.ts';
import { EVERYTHING, facetValues, nextSort, ROWS_PER_PAGE, sortDirection, tableRows, type Facet, type TableState } from './table-rows.ts';
import { columnHead, scrollable, tableRow, type CellOptions } from './table-cells.ts';

export interface TableContent<Row> extends CellOptions<Row> {
  /** `races`: names the table, and the rows in its sentences. */
  readonly noun: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly facets: readonly Facet<Row>[];
}

export function dataTable<Row>(content: TableContent<Row>): HTMLElement {
  const { noun, rows, facets } = content;
  const columns = columnsToShow(content.columns, rows);
  let state: TableState = EVERYTHING;
  const status = element('p', { class: 'status', role: 'status' });
  const body = element('tbody');
  const heads = columns.map((column) => {
    const press = button(column.title, () => {
      change({ sort: nextSort(state.sort, column.id), page: 0 });
    });
    return { column, head: columnHead(column, press) };
  });
  const earlier = button('Previous', () => {
    change({ page: state.page - 1 });
  });
  const later = button('Next', () => {
    change({ page: state.page + 1 });
  });
  const controls = element('div', { class: 'controls' });
  const table = element(
    'table',
    {},
    element('caption', { class: 'unseen' }, `${noun}; press a column’s title to sort`),
    element('thead', {}, element('tr', {}, ...heads.map(({ head }) => head))),
    body,
  );

  function change(part: Partial<TableState>): void {
    state = { ...state, ...part };
    show();
  }

  function show(): void {
    const { shown, from, matching } = tableRows(rows, columns, facets, state);
    fill(body, shown.map((row) => tableRow(columns, row, content)));
    for (const { column, head } of heads) {
      if (state.sort?.columnId === column.id) head.setAttribute('aria-sort', sortDirection(column, rows, state.sort.reverse));
      else head.removeAttribute('aria-sort');
    }
    const found = matching === rows.length ? `${formatCount(rows.length)} ${noun}` : `${formatCount(matching)} of ${formatCount(rows.length)} ${noun} match`;
    const part = matching > shown.length ? `; showing ${formatCount(from + 1)} to ${formatCount(from + shown.length)}` : '';
    fill(status, [found + part]);
    earlier.disabled = from === 0;
    later.disabled = from + shown.length >= matching;
    earlier.parentElement?.toggleAttribute('hidden', matching <= ROWS_PER_PAGE);
  }

  function showControls(): void {
    const search = element('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', placeholder: 'host, address, error, id …' });
    search.addEventListener('input', () => {
      change({ text: search.value, page: 0 });
    });
    fill(controls, [
      element('label', {}, element('span', {}, 'Filter'), search),
      ...facets.flatMap((facet) => facetChoice(facet)),
      button('Reset', () => {
        showControls();
        change(EVERYTHING);
        controls.querySelector('input')?.focus();
      }),
    ]);
  }

  function facetChoice(facet: Facet<Row>): HTMLElement[] {
    const values = facetValues(facet, rows);
    if (values.length === 0 || (values.length === 1 && values[0]?.count === rows.length)) return [];
    const options = [{ value: '', text: 'all' }, ...values.map(({ value, count }) => ({ value: `=${value}`, text: `${value} (${formatCount(count)})` }))];
    return [
      choice(facet.title, options, '', (value) => {
        const chosen = new Map(state.chosen);
        if (value === '') chosen.delete(facet.id);
        else chosen.set(facet.id, value.slice(1));
        change({ chosen, page: 0 });
      }),
    ];
  }

  showControls();
  const pages = element('div', { class: 'pages', role: 'group', 'aria-label': `Pages of ${noun}` }, earlier, later);
  show();
  return element('div', { class: 'data-table' }, controls, status, scrollable(`Table of ${noun}`, table), pages);
}
