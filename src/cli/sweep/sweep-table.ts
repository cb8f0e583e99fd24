/** The results of a sweep as tables: a row for each cell and a column for each profile for people, a row for each run for programs. */
import type { Family } from '../../address.ts';
import type { Column } from '../../report/column.ts';
import { formatFamily, MISSING } from '../../report/format.ts';
import { millisText } from '../simulate/millis-text.ts';
import type { CellResult } from './simulate-cell.ts';
import type { Varied } from './varied.ts';

export interface SweepCell {
  readonly values: readonly number[];
  /** For each profile, in their order. */
  readonly results: readonly CellResult[];
}

export interface SweepRun {
  /** By path. */
  readonly values: Readonly<Record<string, number>>;
  readonly profile: string;
  readonly result?: number;
  readonly family?: Family;
}

export function runsOf(varied: readonly Varied[], cells: readonly SweepCell[]): readonly SweepRun[] {
  return cells.flatMap(({ values, results }) => results.map((result) => ({ values: Object.fromEntries(varied.map(({ path }, i) => [path, values[i] ?? 0])), ...result })));
}

export function cellColumns(varied: readonly Varied[], profiles: readonly string[]): readonly Column<SweepCell>[] {
  return [
    ...varied.map(({ path, title }, i): Column<SweepCell> => ({ id: path, title, align: 'right', rank: 0, value: ({ values }) => values[i] })),
    ...profiles.map((profile, i): Column<SweepCell> => ({ id: profile, title: profile, align: 'right', rank: i, value: ({ results }) => results[i]?.result, text: ({ results }) => resultText(results[i]) })),
  ];
}

export function runColumns(varied: readonly Varied[], metric: string): readonly Column<SweepRun>[] {
  return [
    ...varied.map(({ path }): Column<SweepRun> => ({ id: path, title: path, rank: 0, value: ({ values }) => values[path] })),
    { id: 'profile', title: 'Profile', rank: 0, value: ({ profile }) => profile },
    { id: metric, title: metric, align: 'right', rank: 0, value: ({ result }) => result },
    { id: 'family', title: 'Family', rank: 0, value: ({ family }) => family },
  ];
}

function resultText(cell: CellResult | undefined): string {
  if (cell?.result === undefined) return MISSING;
  return cell.family === undefined ? millisText(cell.result) : `${millisText(cell.result)} ${formatFamily(cell.family)}`;
}
