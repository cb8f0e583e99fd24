/** Filtering, sorting and paging of a table. */
import { describe, expect, test } from 'vitest';
import { EVERYTHING, facetValues, nextSort, ROWS_PER_PAGE, sortDirection, tableRows, type Facet, type TableState } from '../../src/page/table/table-rows.ts';
import type { Column } from '../../src/report/column.ts';

interface Row {
  readonly host: string;
  readonly ms?: number;
}

const host: Column<Row> = { id: 'host', title: 'Host', rank: 0, value: (row) => row.host, text: (row) => row.host.replace('https://', '') };
const ms: Column<Row> = { id: 'ms', title: 'Took', rank: 0, value: (row) => row.ms };
const columns = [host, ms];
const size: Facet<Row> = { id: 'size', title: 'Size', values: (row) => (row.ms === undefined ? [] : [row.ms > 50 ? 'long' : 'short']) };
const rows: readonly Row[] = [{ host: 'https://b.test', ms: 20 }, { host: 'https://A.test', ms: 300 }, { host: 'https://c.test' }, { host: 'http://__proto__', ms: 7 }];
const shown = (state: Partial<TableState>): string[] => tableRows(rows, columns, [size], { ...EVERYTHING, ...state }).shown.map((row) => row.host.replace(/^\w+:\/\//, ''));

describe('rows', () => {
  test('keep their order until asked', () => {
    expect(shown({})).toEqual(['b.test', 'A.test', 'c.test', '__proto__']);
  });

  test.each([
    ['a.TEST', ['A.test']],
    ['300', ['A.test']],
    [' https:// ', ['b.test', 'A.test', 'c.test']],
    ['nowhere', []],
  ])('that match %j are found, by what is shown or by the bare value', (text, expected) => {
    expect(shown({ text })).toEqual(expected);
  });

  test('go from the greatest number down, and from A on; what has no value goes last either way', () => {
    expect(shown({ sort: { columnId: 'ms', reverse: false } })).toEqual(['A.test', 'b.test', '__proto__', 'c.test']);
    expect(shown({ sort: { columnId: 'ms', reverse: true } })).toEqual(['__proto__', 'b.test', 'A.test', 'c.test']);
    expect(shown({ sort: { columnId: 'host', reverse: false } })).toEqual(['__proto__', 'A.test', 'b.test', 'c.test']);
  });

  test('are chosen by a facet; one without a value never is', () => {
    expect(shown({ chosen: new Map([['size', 'short']]) })).toEqual(['b.test', '__proto__']);
  });
});

describe('pages', () => {
  const many = Array.from({ length: 2 * ROWS_PER_PAGE + 1 }, (_, i): Row => ({ host: `h${i}`, ms: i }));
  const pageOf = (page: number) => tableRows(many, columns, [], { ...EVERYTHING, page });

  test('divide the rows', () => {
    expect(pageOf(1)).toMatchObject({ from: ROWS_PER_PAGE, matching: many.length, shown: many.slice(ROWS_PER_PAGE, 2 * ROWS_PER_PAGE) });
    expect(pageOf(2).shown).toEqual(many.slice(-1));
  });

  test('past the end are the last one', () => {
    expect(pageOf(9)).toEqual(pageOf(2));
    expect(tableRows([], columns, [], { ...EVERYTHING, page: 3 })).toEqual({ shown: [], from: 0, matching: 0 });
  });
});

test('a facet lists its values with their numbers, the most frequent first', () => {
  expect(facetValues(size, rows)).toEqual([
    { value: 'short', count: 2 },
    { value: 'long', count: 1 },
  ]);
});

test('a column’s title sorts, reverses, and leaves off', () => {
  const first = nextSort(undefined, 'ms');
  const second = nextSort(first, 'ms');
  expect([first, second, nextSort(second, 'ms'), nextSort(second, 'host')]).toEqual([
    { columnId: 'ms', reverse: false },
    { columnId: 'ms', reverse: true },
    undefined,
    { columnId: 'host', reverse: false },
  ]);
});

test('a screen reader is told the direction as it is', () => {
  expect([sortDirection(ms, rows, false), sortDirection(ms, rows, true), sortDirection(host, rows, false), sortDirection(host, rows, true)]).toEqual([
    'descending',
    'ascending',
    'ascending',
    'descending',
  ]);
});
