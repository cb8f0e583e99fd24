/** The columns of a metric over all runs of a data set together. */
import type { PooledMetric } from '../../dataset/pool/pooled-metric.ts';
import type { Column } from '../column.ts';
import { formatCount, formatMetricRange, formatMetricValue } from '../format.ts';

const quantile = (id: 'p95' | 'p99' | 'max', rank: number): Column<PooledMetric> => ({
  id,
  title: id,
  align: 'right',
  rank,
  value: ({ quantiles }) => quantiles?.[id],
  text: ({ quantiles, unit }) => formatMetricValue(shown(quantiles?.[id], unit), unit),
});

export const pooledMetricColumns: readonly Column<PooledMetric>[] = [
  { id: 'title', title: 'Metric', rank: 0, value: ({ title }) => title },
  { id: 'runs', title: 'Runs', align: 'right', rank: 0, value: ({ runs }) => runs, text: ({ runs }) => formatCount(runs) },
  { id: 'n', title: 'n', align: 'right', rank: 0, value: ({ n }) => n, text: ({ n }) => formatCount(n) },
  { id: 'value', title: 'Value', align: 'right', rank: 0, value: ({ value }) => value, text: ({ value, unit }) => formatMetricValue(shown(value, unit), unit) },
  {
    id: 'spread',
    title: 'p25 – p75',
    align: 'right',
    rank: 1,
    value: ({ n, quantiles }) => (n < 2 ? undefined : quantiles?.p25),
    text: ({ quantiles, unit }) => formatMetricRange(shown(quantiles?.p25, unit), shown(quantiles?.p75, unit), unit),
  },
  quantile('p95', 2),
  quantile('p99', 4),
  quantile('max', 3),
];

/** No more digits than a value within 1 % has: whole numbers from 10 on, tenths below. */
function shown(value: number | undefined, unit: PooledMetric['unit']): number | undefined {
  if (value === undefined || unit === 'ratio') return value;
  return value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
}
