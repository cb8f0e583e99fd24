/** Counterfactuals: for each policy how much sooner or later each race would have connected, with the median and its interval. */
import { formatPlural } from '../format.ts';
import { emptyChart, framed, PLOT_WIDTH, tooltip, type ChartSpecification } from './chart-specification.ts';
import { chartText } from './chart-text.ts';
import type { Theme } from './palette.ts';

/** One policy, and every race that connects under it as it did under its own. */
export interface WhatIfRow {
  readonly policy: string;
  /** Milliseconds, negative where it is sooner. */
  readonly differences: readonly number[];
  /** Absent: no race. */
  readonly medianMs?: number | undefined;
  readonly interval?: { readonly low: number; readonly high: number } | undefined;
}

/** Above this a policy is drawn by evenly spaced order statistics: the shape stays, the size of the chart is bounded. */
const MOST_DOTS = 500;

/** The axis is linear up to about this. */
const LINEAR_MS = 10;

/** `notUsed`: races whose replay did not give what was recorded. */
export function whatIfChart(rows: readonly WhatIfRow[], notUsed: number, theme: Theme): ChartSpecification {
  const title = 'Connect time under other policies, in the network of the trace';
  const races = Math.max(0, ...rows.map(({ differences }) => differences.length));
  if (races === 0) return emptyChart(theme, title, 'No race could be replayed.');
  const values = rows.flatMap(({ policy, differences, medianMs, interval }) => {
    const shared = { policy: chartText(policy, 40) };
    return [
      ...evenly(differences).map((difference) => ({ ...shared, kind: 'race', difference })),
      ...(medianMs === undefined ? [] : [{ ...shared, kind: 'median', difference: medianMs, ...(interval !== undefined && { low: interval.low, high: interval.high }) }]),
    ];
  });
  const y = { field: 'policy', type: 'nominal', sort: null, axis: { title: null, ticks: false, domain: false } } as const;
  // A client that waits a system's two minutes must not hide what the others do in a few milliseconds.
  const [sooner, later] = extentOf(rows.flatMap(({ differences }) => differences));
  const scale = { type: 'symlog', constant: LINEAR_MS, domainMin: sooner, domainMax: later } as const;
  const x = { type: 'quantitative', scale, axis: { title: 'ms later than now; sooner to the left', values: ticksBetween(sooner, later), format: ',d' } } as const;
  return framed(
    theme,
    {
      title,
      subtitle: [
        `n = ${formatPlural(races, 'race')}; ${formatPlural(notUsed, 'race')} not used, as the replay did not give what was recorded`,
        'A dot is a race; the bar is the median, the line its 95 % interval (order statistics).',
        ...(races > MOST_DOTS ? [`Of more than ${MOST_DOTS} races, ${MOST_DOTS} evenly spaced order statistics are drawn.`] : []),
      ],
    },
    {
      width: PLOT_WIDTH,
      height: { step: 36 },
      data: { values },
      layer: [
        { transform: [{ filter: "datum.kind === 'race'" }], mark: { type: 'point', filled: true, opacity: 0.35, size: 50, color: theme.series[0] ?? theme.quietText }, encoding: { y, x: { ...x, field: 'difference' }, tooltip: tooltip('policy', 'difference') } },
        { transform: [{ filter: "datum.kind === 'median' && isValid(datum.low)" }], mark: { type: 'rule', strokeWidth: 3, color: theme.series[1] ?? theme.quietText }, encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' } } },
        { transform: [{ filter: "datum.kind === 'median'" }], mark: { type: 'tick', thickness: 3, size: 24, color: theme.series[1] ?? theme.quietText }, encoding: { y, x: { ...x, field: 'difference' }, tooltip: tooltip('policy', 'difference', 'low', 'high') } },
      ],
    },
  );
}

/** Powers of ten on both sides, as far as there are races. */
function ticksBetween(sooner: number, later: number): number[] {
  const powers = [10, 100, 1000, 10_000, 100_000];
  return [...powers.map((ms) => -ms).toReversed(), 0, ...powers].filter((ms) => ms >= sooner && ms <= later);
}

function extentOf(differences: readonly number[]): readonly [sooner: number, later: number] {
  return differences.reduce<readonly [number, number]>(([low, high], ms) => [Math.min(low, ms), Math.max(high, ms)], [-LINEAR_MS, LINEAR_MS]);
}

function evenly(values: readonly number[]): readonly number[] {
  if (values.length <= MOST_DOTS) return values;
  const sorted = values.toSorted((a, b) => a - b);
  return Array.from({ length: MOST_DOTS }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (MOST_DOTS - 1))] ?? 0);
}
