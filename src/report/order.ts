/** The order in which things are listed. Ties keep the log's order, so the same report gives the same text. */
import type { Column } from './column.ts';

/** What the two orders below need to know of a thing. */
export interface Ranked {
  readonly failed: boolean;
  readonly durationMs: number | undefined;
}

/** The failed first, then the slowest; what never ended has no duration and comes last. */
export function worstFirst<Row>(rows: readonly Row[], rank: (row: Row) => Ranked): Row[] {
  return rows
    .map((row) => ({ row, ...rank(row) }))
    .toSorted((a, b) => Number(b.failed) - Number(a.failed) || (b.durationMs ?? -1) - (a.durationMs ?? -1))
    .map(({ row }) => row);
}

/** Sorts by a column: numbers from the greatest down, text from A on; what has no value goes last. */
export function sortByColumn<Row>(rows: readonly Row[], column: Column<Row>, reverse = false): Row[] {
  const direction = reverse ? -1 : 1;
  return rows.toSorted((a, b) => {
    const left = column.value(a);
    const right = column.value(b);
    if (left === undefined || left === '') return right === undefined || right === '' ? 0 : 1;
    if (right === undefined || right === '') return -1;
    if (typeof left === 'string' || typeof right === 'string') return direction * compareText(String(left), String(right));
    return direction * (Number(right) - Number(left));
  });
}

/** By code unit: the same order on every machine, whatever its locale. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
