/** Metrics of a run, without their samples. */
import type { RunMetric } from '../../compare/run.ts';
import type { Summary } from '../../metrics/metric.ts';
import { defineTable, integer, number, text, type TableColumn } from './table.ts';

/** Of a rate's ones and zeros the quantiles say nothing. */
const quantile = (name: keyof Summary, meaning = ''): TableColumn<RunMetric> => number(name, ({ kind, summary }) => (kind === 'median' ? summary?.[name] : undefined), meaning);

export const metricsTable = defineTable<RunMetric>({
  name: 'metrics',
  meaning: 'a metric that the run has something to count for, or a number of findings',
  rowsOf: ({ run }) => run.metrics,
  columns: [
    text('id', ({ id }) => id),
    text('title', ({ title }) => title),
    text('unit', ({ unit }) => unit, 'ms, count, ratio, bytes'),
    text('better', ({ better }) => better, 'lower, higher, neutral'),
    text('kind', ({ kind }) => kind, 'what `value` is: the median of measurements, a rate, or the total of things'),
    integer('n', ({ n }) => n, 'how many things were counted'),
    number('count', ({ count }) => count, 'how many were so (rate), the total (unit count), or how many were measured'),
    number('value', ({ value }) => value),
    quantile('min', 'this and the following: of measurements only'),
    quantile('p25'),
    quantile('p50'),
    quantile('p75'),
    quantile('p90'),
    quantile('p95'),
    quantile('p99'),
    quantile('max'),
    quantile('mad', 'median absolute deviation'),
  ],
});
