/** The columns of a metric: never a bare middle, always with its spread and the size of its sample. */
import type { Metric } from '../../metrics/metric.ts';
import type { Column } from '../column.ts';
import { formatCount, formatMetricRange, formatMetricValue } from '../format.ts';

/** Of a rate the sample is all 0 and 1, and its quantiles tell nothing. */
function isRate({ unit, values = [] }: Metric): boolean {
  return unit === 'ratio' && values.every((value) => value === 0 || value === 1);
}

const quantile = (id: 'p95' | 'max', rank: number): Column<Metric> => ({
  id,
  title: id,
  align: 'right',
  rank,
  value: (metric) => (isRate(metric) ? undefined : metric.summary?.[id]),
  text: (metric) => formatMetricValue(metric.summary?.[id], metric.unit),
});

export const metricColumns: readonly Column<Metric>[] = [
  { id: 'title', title: 'Metric', rank: 0, value: (metric) => metric.title },
  { id: 'n', title: 'n', align: 'right', rank: 0, value: (metric) => metric.n, text: (metric) => formatCount(metric.n) },
  {
    id: 'value',
    title: 'Value',
    align: 'right',
    rank: 0,
    value: (metric) => metric.value,
    text: (metric) => formatMetricValue(metric.value, metric.unit),
  },
  {
    id: 'spread',
    title: 'p25 – p75',
    align: 'right',
    rank: 1,
    // Of one value there is no spread.
    value: (metric) => (isRate(metric) || metric.n < 2 ? undefined : metric.summary?.p25),
    text: ({ summary, unit }) => formatMetricRange(summary?.p25, summary?.p75, unit),
  },
  quantile('p95', 2),
  quantile('max', 3),
];
