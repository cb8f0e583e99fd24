/** The samples of metrics as sketches, which add up over any number of runs. */
import type { AnalyzedRun } from '../analyzed-run.ts';
import { Sketch, valueOfBin } from '../pool/sketch.ts';
import { defineTable, integer, number, text } from './table.ts';

interface SketchRow {
  readonly id: string;
  readonly bin: number;
  readonly count: number;
}

/** Rates and totals add up from `metrics` alone. */
function* rowsOf({ run, metrics }: AnalyzedRun): Generator<SketchRow> {
  const measured = new Set(run.metrics.flatMap(({ id, kind }) => (kind === 'median' ? id : [])));
  for (const { id, values = [] } of metrics) {
    if (!measured.has(id)) continue;
    for (const [bin, count] of Sketch.of(values).bins()) yield { id, bin, count };
  }
}

export const sketchesTable = defineTable<SketchRow>({
  name: 'sketches',
  meaning: 'a bin of a metric’s sample; the sum of `count` over runs by `id` and `bin` is the sketch of all of them',
  rowsOf,
  columns: [
    text('id', ({ id }) => id, 'of the metric'),
    integer('bin', ({ bin }) => bin, 'values above γ^(bin − 1), up to γ^bin, with γ = 1.01 / 0.99; -1000000: zeros'),
    number('value', ({ bin }) => valueOfBin(bin), 'what stands for the bin: within 1 % of each value in it'),
    integer('count', ({ count }) => count),
  ],
});
