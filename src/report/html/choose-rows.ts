/** Which rows of a report matter most, so that the page of a log with 20,000 races stays usable. */
import { groupBy } from '../charts/counts.ts';
import type { Excerpt } from './page-data.ts';

/**
 * At most `most` rows, the most important first. `rank` gives numbers that are compared one after the
 * other, the lower first; rows of the same rank keep the log's order. The first number is a kind of
 * row: when there is no room for all, each kind gets an equal share, and what a kind does not need goes
 * to the others in their order. So thousands of failures to one dead host do not hide everything else.
 */
export function chooseRows<Row>(rows: readonly Row[], most: number, rank: (row: Row) => readonly [kind: number, ...order: number[]]): Excerpt<Row> {
  const ranked = rows.map((row) => ({ row, rank: rank(row) })).toSorted((a, b) => compareRanks(a.rank, b.rank));
  const kinds = [...groupBy(ranked, ({ rank: [kind] }) => kind).values()];
  const share = Math.floor(most / kinds.length);
  let spare = most - kinds.reduce((taken, { length }) => taken + Math.min(length, share), 0);
  const chosen = kinds.flatMap((kind) => {
    const extra = Math.min(spare, Math.max(0, kind.length - share));
    spare -= extra;
    return kind.slice(0, share + extra);
  });
  return { rows: chosen.map(({ row }) => row), total: rows.length };
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) {
    const difference = value - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
