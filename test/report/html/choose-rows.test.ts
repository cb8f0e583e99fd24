/** Which rows of a long list the page shows. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseRows } from '../../../src/report/html/choose-rows.ts';

describe('chooseRows', () => {
  test('takes the lowest ranks first, compared number by number', () => {
    const rows = ['0 9 5', '0 3 7', '0 9 2', '0 3 1'];
    const { rows: chosen, total } = chooseRows(rows, 3, (row) => [0, ...row.split(' ').map(Number)]);
    expect({ chosen, total }).toEqual({ chosen: ['0 3 1', '0 3 7', '0 9 2'], total: 4 });
  });

  test('keeps the log’s order among equals', () => {
    expect(chooseRows(['b', 'a', 'c'], 2, () => [0]).rows).toEqual(['b', 'a']);
  });

  test('gives each kind its share, and what one does not need to the others in their order', () => {
    const rows = ['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'b3', 'c1'];
    const chosen = (most: number): string => chooseRows(rows, most, (row) => ['abc'.indexOf(row.charAt(0)), 0]).rows.join(' ');
    expect([chosen(9), chosen(7), chosen(6), chosen(3), chosen(1)]).toEqual(['a1 a2 a3 a4 a5 b1 b2 b3 c1', 'a1 a2 a3 a4 b1 b2 c1', 'a1 a2 a3 b1 b2 c1', 'a1 b1 c1', 'a1']);
  });

  test('of no rows chooses none', () => {
    expect(chooseRows([], 5, () => [0])).toEqual({ rows: [], total: 0 });
    expect(chooseRows([], Infinity, () => [0])).toEqual({ rows: [], total: 0 });
  });

  test('never leaves out a row for one of its kind that matters less', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.nat(20), (rows, most) => {
        const { rows: chosen, total } = chooseRows(rows, most, (row) => [0, row]);
        const rest = rows.toSorted((a, b) => a - b).slice(most);
        expect({ shown: chosen.length, total }).toEqual({ shown: Math.min(most, rows.length), total: rows.length });
        expect(Math.max(...chosen)).toBeLessThanOrEqual(Math.min(...rest));
      }),
    );
  });
});
