/** Tables in four formats: fitting, leaving out, sorting, and log text that wants to break out. */
import { describe, expect, test } from 'vitest';
import type { Column } from '../../src/report/column.ts';
import { csvChunks } from '../../src/report/csv.ts';
import { markdownTable } from '../../src/report/markdown/table.ts';
import { sortByColumn, worstFirst } from '../../src/report/order.ts';
import { tableLines } from '../../src/report/terminal/table.ts';
import { plainStyle } from '../../src/report/view.ts';
import { tagStyle } from './builders.ts';

interface Row {
  readonly id: number;
  readonly host?: string;
  readonly tookMs?: number;
  readonly note?: string;
}

const columns: readonly Column<Row>[] = [
  { id: 'id', title: 'Id', align: 'right', rank: 0, value: (row) => row.id },
  { id: 'host', title: 'Host', rank: 0, shrinkTo: 8, verbatim: true, value: (row) => row.host },
  {
    id: 'tookMs',
    title: 'Took',
    align: 'right',
    rank: 0,
    value: (row) => row.tookMs,
    text: (row) => `${row.tookMs} ms`,
    tone: () => 'good',
  },
  { id: 'note', title: 'Note', rank: 1, value: (row) => row.note },
];

const rows: readonly Row[] = [
  { id: 7, host: 'static.example.test', tookMs: 325, note: 'fell back' },
  { id: 112, host: 'a.test' },
];

const text = (width: number, of: readonly Row[] = rows): string =>
  tableLines(columns, of, { width, style: plainStyle }, { mentionHidden: true }).join('\n');

describe('in a terminal', () => {
  test('columns align, and what is missing is a dash', () => {
    expect(text(80)).toMatchInlineSnapshot(`
      " Id  Host                   Took  Note
        7  static.example.test  325 ms  fell back
      112  a.test                    –  –"
    `);
  });

  test('a long text is cut in the middle before a column goes', () => {
    expect(text(34)).toMatchInlineSnapshot(`
      " Id  Host          Took  Note
        7  stati…test  325 ms  fell back
      112  a.test           –  –"
    `);
  });

  test('a column that finds no room is named below', () => {
    expect(text(30)).toMatchInlineSnapshot(`
      " Id  Host                 Took
        7  static.e…ple.test  325 ms
      112  a.test                  –

      No room for: Note; see --width
      and --format csv."
    `);
  });

  test('a column without any value is left out', () => {
    expect(text(80, [{ id: 1, host: 'a.test', tookMs: 2 }])).not.toContain('Note');
  });

  test('colour does not move columns', () => {
    const lines = tableLines(columns, rows, { width: 80, style: tagStyle });
    expect(lines.map((line) => line.replaceAll(/<\/?\w*>/g, ''))).toEqual(text(80).split('\n'));
    expect(lines[1]).toContain('<good>325 ms</>');
  });

  test('wide characters count double', () => {
    expect(
      text(80, [
        { id: 1, host: '例え.test', tookMs: 2 },
        { id: 2, host: 'abcdefgh', tookMs: 3 },
      ]),
    ).toMatchInlineSnapshot(`
      "Id  Host       Took
       1  例え.test  2 ms
       2  abcdefgh   3 ms"
    `);
  });

  test('no rows give no lines', () => {
    expect(tableLines(columns, [], { width: 80, style: plainStyle })).toEqual([]);
  });

  test('a host cannot forge a row', () => {
    expect(text(80, [{ id: 1, host: 'a\n 2  b.test\u001b[2K', tookMs: 1 }]).split('\n')).toHaveLength(2);
  });
});

test('in Markdown nothing is cut, and log text stands in code spans', () => {
  expect(markdownTable(columns, [...rows, { id: 3, host: 'x|`y', tookMs: 1 }])).toMatchInlineSnapshot(`
    "| Id | Host | Took | Note |
    | ---: | --- | ---: | --- |
    | 7 | \`static.example.test\` | 325 ms | fell back |
    | 112 | \`a.test\` | – | – |
    | 3 | \`\`x\\|\`y\`\` | 1 ms | – |
    "
  `);
});

test('CSV has every column, bare values and no formulas', () => {
  expect([...csvChunks(columns, [...rows, { id: 3, host: '=cmd' }])].join('')).toBe(
    'id,host,tookMs,note\r\n7,static.example.test,325,fell back\r\n112,a.test,,\r\n3,"\'=cmd",,\r\n',
  );
});

describe('order', () => {
  const ids = (of: readonly Row[]): number[] => of.map(({ id }) => id);
  const [id, host, took] = columns as [Column<Row>, Column<Row>, Column<Row>, Column<Row>];
  const three: readonly Row[] = [{ id: 1, host: 'b', tookMs: 5 }, { id: 2 }, { id: 3, host: 'a', tookMs: 9 }];

  test('numbers go from the greatest down, text from A on, and what is missing last either way', () => {
    expect(ids(sortByColumn(three, took))).toEqual([3, 1, 2]);
    expect(ids(sortByColumn(three, took, true))).toEqual([1, 3, 2]);
    expect(ids(sortByColumn(three, host))).toEqual([3, 1, 2]);
    expect(ids(sortByColumn(three, id))).toEqual([3, 2, 1]);
  });

  test('the failed come first, then the slowest; ties keep their order', () => {
    const ranked = worstFirst(
      [{ n: 1 }, { n: 2, ms: 9 }, { n: 3, ms: 1, failed: true }, { n: 4 }, { n: 5, ms: 20 }] as {
        n: number;
        ms?: number;
        failed?: boolean;
      }[],
      ({ ms, failed = false }) => ({ failed, durationMs: ms }),
    );
    expect(ranked.map(({ n }) => n)).toEqual([3, 5, 2, 1, 4]);
  });
});
