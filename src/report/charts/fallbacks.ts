/** How often races fell back, of which kind, and how long those races took beside those that did not. */
import { quantile } from '../../metrics/statistics/quantile.ts';
import { isSample } from '../../metrics/statistics/sample.ts';
import type { Race } from '../../model/race.ts';
import { formatDuration, formatPlural, formatRatio } from '../format.ts';
import { emptyChart, framed, tooltip, type ChartSpecification } from './chart-specification.ts';
import type { Theme } from './palette.ts';

const KINDS: readonly { readonly name: string; readonly fellBack: (race: Race) => boolean }[] = [
  { name: 'to the other family', fellBack: ({ fallback }) => fallback.family },
  { name: 'from QUIC to TCP', fellBack: ({ fallback }) => fallback.transport },
  { name: 'to a less preferred service', fellBack: ({ fallback }) => fallback.service },
  { name: 'to another resolver', fellBack: ({ fallback }) => fallback.resolver },
  { name: 'none of these', fellBack: ({ fallback }) => !(fallback.family || fallback.transport || fallback.service || fallback.resolver) },
];
const NAMES = KINDS.map(({ name }) => name);

export function fallbacks(races: readonly Race[], theme: Theme): ChartSpecification {
  const title = 'Races that fell back';
  const counted = races.filter(({ forResolver, outcome }) => forResolver !== true && outcome === 'connected');
  if (counted.length === 0) return emptyChart(theme, title, races.length === 0 ? 'The trace has no races.' : `None of the ${formatPlural(races.length, 'race')} connected, and only those can be seen to fall back.`);
  const kinds = KINDS.map(({ name, fellBack }) => {
    const own = counted.filter(fellBack);
    const durations = own.flatMap(({ durationMs }) => (durationMs === undefined ? [] : [durationMs]));
    return {
      kind: name,
      races: own.length,
      share: `${own.length}  (${formatRatio(own.length / counted.length)})`,
      ...(isSample(durations) ? { p25: quantile(durations, 0.25), median: quantile(durations, 0.5), p75: quantile(durations, 0.75), text: `${formatDuration(round(quantile(durations, 0.5)))}  (n = ${durations.length})` } : {}),
    };
  });
  const y = { field: 'kind', type: 'nominal', scale: { domain: NAMES }, axis: { title: null, ticks: false, domain: false, labelFontSize: 12 } } as const;
  const bare = { ...y, axis: null };
  const ms = { type: 'quantitative', axis: { title: 'time to a usable connection (ms): median, quartiles', tickCount: 6 } } as const;
  return framed(theme, { title, subtitle: [`n = ${formatPlural(counted.length, 'connected race')}; a race can fall back in several ways`, 'Right: the median of each, with the line from the lower to the upper quartile; nothing where there is no such race.'] }, {
    data: { values: kinds },
    hconcat: [
      {
        width: 300,
        height: { step: 34 },
        layer: [
          { mark: { type: 'bar', height: { band: 0.6 }, color: theme.colours.plain }, encoding: { y, x: { field: 'races', type: 'quantitative', axis: { title: 'races (count)', tickMinStep: 1, tickCount: 6 } }, tooltip: tooltip('kind', 'races') } },
          { mark: { type: 'text', align: 'left', dx: 6 }, encoding: { y, x: { field: 'races', type: 'quantitative' }, text: { field: 'share', type: 'nominal' } } },
        ],
      },
      {
        width: 300,
        height: { step: 34 },
        transform: [{ filter: 'isValid(datum.median)' }],
        layer: [
          { mark: { type: 'rule', strokeWidth: 3, color: theme.colours.waiting }, encoding: { y: bare, x: { ...ms, field: 'p25' }, x2: { field: 'p75' } } },
          { mark: { type: 'point', filled: true, size: 90, opacity: 1, color: theme.colours.plain }, encoding: { y: bare, x: { ...ms, field: 'median' }, tooltip: tooltip('kind', 'p25', 'median', 'p75') } },
          { mark: { type: 'text', align: 'left', dx: 10, dy: -10 }, encoding: { y: bare, x: { ...ms, field: 'median' }, text: { field: 'text', type: 'nominal' } } },
        ],
      },
    ],
    spacing: 72,
  });
}

/** Medians between two whole milliseconds keep one decimal. */
function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
