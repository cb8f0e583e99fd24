/**
 * The texts beside charts that have a row for each thing: what the row is on the left of the plot, and what came of it
 * on the right. They are marks with data and not labels of an axis, since names from a log may be equal, and belong
 * into no part of a specification but its data.
 */
import { PLOT_WIDTH, type ChartLayer } from './chart-specification.ts';

/** Rows are numbered from 0, from the top down. */
export const ROW = { field: 'row', type: 'ordinal', axis: null } as const;

export interface RowLabel {
  readonly row: number;
  readonly left: string;
  readonly right: string;
}

export function rowLabels(labels: readonly RowLabel[], rightColour: string, fontWeight: 'normal' | 'bold' = 'normal'): ChartLayer {
  const text = { baseline: 'middle', fontWeight } as const;
  return {
    data: { values: [...labels] },
    layer: [
      { mark: { type: 'text', align: 'right', ...text }, encoding: { y: ROW, x: { value: -10 }, text: { field: 'left', type: 'nominal' } } },
      { mark: { type: 'text', align: 'left', color: rightColour, ...text }, encoding: { y: ROW, x: { value: PLOT_WIDTH + 12 }, text: { field: 'right', type: 'nominal' } } },
    ],
  };
}
