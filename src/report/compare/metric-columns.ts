/** The columns of a compared metric: both sides, how far they lie apart, and how sure that is. */
import type { MetricComparison, SideValues } from '../../compare/compare-metrics.ts';
import type { Verdict } from '../../compare/verdict.ts';
import type { Column } from '../column.ts';
import { formatMetricValue } from '../format.ts';
import type { Tone } from '../view.ts';
import { formatDifference, formatDifferences, formatPValue, formatRelative } from './difference-text.ts';

const TONES: Readonly<Record<Verdict, Tone | undefined>> = {
  regressed: 'bad',
  improved: 'good',
  changed: 'accent',
  unchanged: 'dim',
  inconclusive: 'warning',
  new: 'accent',
  gone: 'accent',
  'not comparable': 'warning',
};

/** What deserves a look first comes first; ties keep the order of the metrics. */
const ORDER: readonly Verdict[] = ['regressed', 'not comparable', 'inconclusive', 'changed', 'gone', 'new', 'improved', 'unchanged'];

export function worstVerdictFirst(metrics: readonly MetricComparison[]): MetricComparison[] {
  return metrics.toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
}

/** The best estimate: the shift over the runs, or with too few of them the difference of the medians. */
function estimate({ difference, delta }: MetricComparison): number | undefined {
  return difference?.shift ?? delta;
}

function medianText(side: SideValues | undefined, unit: MetricComparison['unit']): string {
  return formatMetricValue(side?.median, unit);
}

export const metricComparisonColumns: readonly Column<MetricComparison>[] = [
  { id: 'verdict', title: 'Verdict', rank: 0, value: ({ verdict }) => (verdict === 'unchanged' ? '~ unchanged' : verdict), tone: ({ verdict }) => TONES[verdict] },
  { id: 'metric', title: 'Metric', rank: 0, shrinkTo: 28, value: ({ id }) => id },
  { id: 'base', title: 'Base', align: 'right', rank: 1, value: ({ base }) => base?.median, text: (row) => medianText(row.base, row.unit) },
  { id: 'new', title: 'New', align: 'right', rank: 1, value: (row) => row.new?.median, text: (row) => medianText(row.new, row.unit) },
  { id: 'difference', title: 'Difference', align: 'right', rank: 0, value: estimate, text: (row) => formatDifference(estimate(row), row.unit) },
  {
    id: 'relative',
    title: 'of base',
    align: 'right',
    rank: 4,
    // A share of a share would be taken for percentage points.
    value: (row) => (row.unit === 'ratio' || row.base?.median === 0 ? undefined : estimate(row)),
    text: (row) => formatRelative(estimate(row), row.base?.median),
  },
  {
    id: 'interval',
    title: 'Interval',
    align: 'right',
    rank: 2,
    value: ({ difference }) => difference?.interval.low,
    text: ({ difference, unit }) => (difference === undefined ? '' : formatDifferences(difference.interval, unit)),
  },
  { id: 'cliffsDelta', title: 'Cliff’s δ', align: 'right', rank: 3, value: ({ difference }) => difference?.cliffsDelta, text: ({ difference }) => difference?.cliffsDelta.toFixed(2) ?? '' },
  {
    id: 'pValue',
    title: 'p',
    align: 'right',
    rank: 3,
    value: ({ difference, adjustedPValue }) => adjustedPValue ?? difference?.pValue,
    text: ({ difference, adjustedPValue }) => formatPValue(adjustedPValue ?? difference?.pValue),
  },
];
