/** Differences, intervals and p-values in words. */
import type { MetricComparison } from '../../compare/compare-metrics.ts';
import { formatMetricValue, MISSING } from '../format.ts';

type Unit = MetricComparison['unit'];

/** `+12 ms`, `-3.4 pp`: always with its sign; shares in percentage points, which no one takes for a percentage of the base. */
export function formatDifference(value: number | undefined, unit: Unit): string {
  if (value === undefined) return MISSING;
  const size = unit === 'ratio' ? `${(Math.abs(value) * 100).toFixed(1)} pp` : formatMetricValue(Math.abs(value), unit);
  return value === 0 ? size : `${value > 0 ? '+' : '-'}${size}`;
}

/** `+8 ms to +15 ms`. */
export function formatDifferences({ low, high }: { readonly low: number; readonly high: number }, unit: Unit): string {
  return `${formatDifference(low, unit)} to ${formatDifference(high, unit)}`;
}

/** The difference as a share of the base, `+4.2 %`; missing where the base is 0. */
export function formatRelative(difference: number | undefined, base: number | undefined): string {
  if (difference === undefined || base === undefined || base === 0) return MISSING;
  const share = (difference / Math.abs(base)) * 100;
  return `${share > 0 ? '+' : ''}${share.toFixed(1)} %`;
}

export function formatPValue(pValue: number | undefined): string {
  if (pValue === undefined) return MISSING;
  return pValue < 0.0001 ? '<0.0001' : pValue.toFixed(4);
}
