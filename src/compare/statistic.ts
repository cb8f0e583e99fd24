/** The numbers that one run's metric can be asked for, by the names that thresholds use. */
import type { MetricTraits, RunMetric } from './run.ts';

const OF_MEASUREMENTS = ['median', 'min', 'p25', 'p50', 'p75', 'p90', 'p95', 'p99', 'max'] as const;

export type Statistic = (typeof OF_MEASUREMENTS)[number] | 'rate' | 'count' | 'n';

/** The statistics that a metric has, the most telling first. */
export function statisticsOf({ kind }: MetricTraits): readonly Statistic[] {
  switch (kind) {
    case 'median':
      return [...OF_MEASUREMENTS, 'count', 'n'];
    case 'rate':
      return ['rate', 'count', 'n'];
    case 'total':
      return ['count'];
  }
}

/** Whether it is a number of things, which grows with the time recorded, rather than a size in the metric's unit. */
export function isNumberOfThings(statistic: Statistic): statistic is 'count' | 'n' {
  return statistic === 'count' || statistic === 'n';
}

export function statisticOf(metric: RunMetric, statistic: Statistic): number | undefined {
  switch (statistic) {
    case 'median':
      return metric.summary?.p50;
    case 'rate':
      return metric.value;
    case 'count':
      return metric.count;
    case 'n':
      return metric.n;
    case 'min':
    case 'p25':
    case 'p50':
    case 'p75':
    case 'p90':
    case 'p95':
    case 'p99':
    case 'max':
      return metric.summary?.[statistic];
  }
}
