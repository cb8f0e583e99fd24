/** Long texts and lists in the rows of a page. */
import { expect, test } from 'vitest';
import { boundedRows, LONGEST_LIST, LONGEST_TEXT } from '../../../src/report/html/bounded-rows.ts';

test('what fits stays as it is', () => {
  const rows = [{ url: 'https://a.test/', ids: [1, 2], deep: { missing: undefined, yes: true } }];
  expect(boundedRows(rows)).toEqual({ rows, cuts: 0 });
});

test('a long text ends with how long it was, however deep it lies', () => {
  const { rows, cuts } = boundedRows([{ deep: [{ url: 'x'.repeat(5000) }] }]);
  expect({ rows, cuts }).toEqual({ rows: [{ deep: [{ url: `${'x'.repeat(LONGEST_TEXT)}… (5000 characters)` }] }], cuts: 1 });
});

test('a long list within a row is cut and counted, the list of rows is not', () => {
  const { rows, cuts } = boundedRows(Array.from({ length: LONGEST_LIST + 1 }, () => ({ ids: Array.from({ length: LONGEST_LIST + 2 }, (_, i) => i) })));
  expect({ rows: rows.length, ids: rows[0]?.ids.length, cuts }).toEqual({ rows: LONGEST_LIST + 1, ids: LONGEST_LIST, cuts: LONGEST_LIST + 1 });
});
