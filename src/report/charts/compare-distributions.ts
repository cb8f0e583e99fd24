/**
 * The two sides of a comparison, metric by metric: a dot per run, the median and its interval. Each metric has an axis of
 * its own, since units and sizes differ.
 */
import type { MetricComparison, SideValues } from '../../compare/compare-metrics.ts';
import type { Comparison } from '../../compare/comparison.ts';
import { formatDifference, formatPValue } from '../compare/difference-text.ts';
import { worstVerdictFirst } from '../compare/metric-columns.ts';
import { formatPlural } from '../format.ts';
import { emptyChart, framed, PLOT_WIDTH, tooltip, type ChartSpecification } from './chart-specification.ts';
import { chartText } from './chart-text.ts';
import type { Theme } from './palette.ts';

/** Above this a side is drawn by evenly spaced order statistics: the shape stays, the size of the chart is bounded. */
const MOST_DOTS = 200;

const SIDES = ['base', 'new'] as const;

export function compareDistributions({ base, new: next, metrics }: Comparison, theme: Theme): ChartSpecification {
  const title = 'Runs compared, metric by metric';
  const drawn = worstVerdictFirst(metrics).filter(hasSpread);
  if (drawn.length === 0) return emptyChart(theme, title, 'No metric has values on both sides that differ between runs.');
  const rows = drawn.flatMap((metric) => [...sideRows(metric, metric.base, 'base'), ...sideRows(metric, metric.new, 'new')]);
  const labels = drawn.map(labelOf);
  const most = Math.max(...drawn.flatMap((metric) => [metric.base?.values.length ?? 0, metric.new?.values.length ?? 0]));
  const y = { field: 'side', type: 'nominal', sort: [...SIDES], axis: { title: null, ticks: false, domain: false } } as const;
  const x = { type: 'quantitative', scale: { zero: false }, axis: { title: null, tickCount: 6 } } as const;
  const colour = { field: 'side', type: 'nominal', scale: { domain: [...SIDES], range: theme.series.slice(0, SIDES.length) }, legend: null } as const;
  const size = { field: 'runs', type: 'quantitative', scale: { domain: [1, Math.max(2, most)], range: [36, 400] }, legend: null } as const;
  return framed(
    theme,
    {
      title,
      subtitle: [
        `base: ${chartText(base.label)}, n = ${formatPlural(base.runs.length, 'run')}; new: ${chartText(next.label)}, n = ${formatPlural(next.runs.length, 'run')}`,
        ...(drawn.length === metrics.length ? [] : [`${formatPlural(metrics.length - drawn.length, 'metric')} without two sides of differing values left out.`]),
        'A dot is a run, a larger one several with the same value; the bar is the median, the line its interval (bootstrap). Times in ms, shares from 0 to 1.',
        ...(most > MOST_DOTS ? [`Of more than ${MOST_DOTS} runs a side, ${MOST_DOTS} evenly spaced order statistics are drawn.`] : []),
      ],
    },
    {
      data: { values: rows },
      facet: { field: 'metric', type: 'nominal', sort: labels, header: { title: null, labelOrient: 'top', labelAnchor: 'start', labelFontSize: 12 } },
      columns: 1,
      spacing: 22,
      spec: {
        width: PLOT_WIDTH,
        height: { step: 26 },
        layer: [
          { transform: [{ filter: "datum.kind === 'run'" }], mark: { type: 'point', filled: true, opacity: 0.45 }, encoding: { y, x: { ...x, field: 'value' }, size, color: colour, tooltip: tooltip('side', 'value', 'runs') } },
          { transform: [{ filter: "datum.kind === 'median' && isValid(datum.low)" }], mark: { type: 'rule', strokeWidth: 3, opacity: 0.8 }, encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' }, color: colour } },
          { transform: [{ filter: "datum.kind === 'median'" }], mark: { type: 'tick', thickness: 3, size: 20 }, encoding: { y, x: { ...x, field: 'value' }, color: colour, tooltip: tooltip('side', 'value', 'low', 'high') } },
        ],
      },
      resolve: { scale: { x: 'independent' }, axis: { x: 'independent' } },
    },
  );
}

/** Of a single value on both sides there is no distribution to see. */
function hasSpread({ base, new: next }: MetricComparison): boolean {
  return base !== undefined && next !== undefined && new Set([...base.values, ...next.values]).size > 1;
}

function labelOf({ id, unit, verdict, difference, delta, adjustedPValue }: MetricComparison): string {
  const p = difference === undefined ? '' : `, p ${formatPValue(adjustedPValue ?? difference.pValue)}`;
  return chartText(`${id} (${unit}): ${verdict}, ${formatDifference(difference?.shift ?? delta, unit)}${p}`, 110);
}

function sideRows(metric: MetricComparison, side: SideValues | undefined, name: (typeof SIDES)[number]): object[] {
  if (side === undefined) return [];
  const shared = { metric: labelOf(metric), side: name };
  return [
    ...dots(side.values).map(([value, runs]) => ({ ...shared, kind: 'run', value, runs })),
    { ...shared, kind: 'median', value: side.median, ...(side.interval === undefined ? {} : { low: side.interval.low, high: side.interval.high }) },
  ];
}

/** The distinct values, and how many runs have each. */
function dots(values: readonly number[]): [value: number, runs: number][] {
  const runs = new Map<number, number>();
  for (const value of thinned(values)) runs.set(value, (runs.get(value) ?? 0) + 1);
  return [...runs];
}

function thinned(values: readonly number[]): readonly number[] {
  if (values.length <= MOST_DOTS) return values;
  const sorted = values.toSorted((a, b) => a - b);
  return Array.from({ length: MOST_DOTS }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (MOST_DOTS - 1))] ?? 0);
}
