/**
 * When connection attempts began, counted from the first of their race: a client that keeps a connection attempt delay
 * shows a staircase. The steps are the endpoints of a race, in the order in which they were first tried; further sockets
 * to the same endpoint over the same transport are no step of their own. Races with one endpoint have no stairs.
 */
import { quantile } from '../../metrics/statistics/quantile.ts';
import { isSample } from '../../metrics/statistics/sample.ts';
import type { Race, Transport } from '../../model/race.ts';
import { formatDuration, formatPlural } from '../format.ts';
import { emptyChart, framed, PLOT_WIDTH, tooltip, type ChartSpecification } from './chart-specification.ts';
import { greatest, tally } from './counts.ts';
import { meaningScale, type Meaning, type Theme } from './palette.ts';

const TRANSPORTS = { TCP: 'tcp', QUIC: 'quic' } as const satisfies Record<string, Meaning>;
/** Later endpoints share the last step. */
const LAST_STEP = 10;
/** Steps along the axis that starts are gathered in. */
const BINS = 130;

interface Start {
  readonly step: number;
  readonly afterMs: number;
  readonly transport: keyof typeof TRANSPORTS;
}

export function attemptStart(races: readonly Race[], theme: Theme): ChartSpecification {
  const title = 'Start of connection attempts after the first of their race';
  const counted = races.filter(({ forResolver, attempts }) => forResolver !== true && attempts.length > 0);
  const staggered = counted.map(startsOf).filter((own) => own.length > 1);
  const starts = staggered.flat();
  if (starts.length === 0) return emptyChart(theme, title, counted.length === 0 ? 'The trace has no connection attempts.' : `None of the ${formatPlural(counted.length, 'race')} tried a second endpoint.`);
  const latestMs = greatest(starts.map(({ afterMs }) => afterMs), 1);
  const width = binWidth(latestMs);
  const gathered = starts.map(({ step, afterMs, transport }) => ({ step: Math.min(step, LAST_STEP), ms: Math.round(afterMs / width) * width, transport }));
  const values = tally(gathered, ({ step, ms, transport }) => `${step} ${ms} ${transport}`)
    .map(({ count, ...where }) => ({ ...where, starts: count }))
    // The greatest lie lowest, so that they hide no other.
    .toSorted((a, b) => b.starts - a.starts);
  const kept = counted.flatMap(({ delays }) => (delays.connectionAttemptDelayMs === undefined ? [] : [delays.connectionAttemptDelayMs]));
  const steps = Array.from({ length: Math.min(LAST_STEP, Math.max(3, greatest(starts.map(({ step }) => step), 1))) }, (_, i) => i + 1);
  const delays = isSample(kept) ? [Math.round(quantile(kept, 0.5))] : [];
  const single = counted.length - staggered.length;
  return framed(
    theme,
    {
      title,
      subtitle: [
        `n = ${formatPlural(starts.length, 'endpoint')} of ${formatPlural(staggered.length, 'race')}; ${formatPlural(single, 'race')} that tried one endpoint only left out`,
        `Circles gather starts within ${formatDuration(width)}; their area is the number of starts.`,
        ...delays.map((ms) => `Dashed: the connection attempt delay, ${formatDuration(ms)} (median of the ${formatPlural(kept.length, 'race')} that logged one).`),
      ],
    },
    {
      width: PLOT_WIDTH,
      height: { step: 34 },
      layer: [
        { data: { values: delays.map((ms) => ({ ms })) }, mark: { type: 'rule', strokeDash: [4, 3], color: theme.quietText }, encoding: { x: { field: 'ms', type: 'quantitative' } } },
        {
          data: { values },
          mark: { type: 'circle', opacity: 0.8 },
          encoding: {
            x: { field: 'ms', type: 'quantitative', scale: { domain: [-0.03 * latestMs, 1.05 * latestMs], nice: false }, axis: { title: 'ms after the first attempt of the race' } },
            y: { field: 'step', type: 'ordinal', scale: { domain: steps }, axis: { title: ['endpoint,', 'as tried'], grid: true } },
            size: { field: 'starts', type: 'quantitative', title: 'starts', scale: { range: [30, 500], domainMin: 1 }, legend: { tickCount: 4, tickMinStep: 1, format: 'd' } },
            color: { field: 'transport', type: 'nominal', title: 'transport', scale: meaningScale(theme, TRANSPORTS, new Set(values.map(({ transport }) => transport))) },
            tooltip: tooltip('step', 'transport', 'ms', 'starts'),
          },
        },
      ],
    },
  );
}

/** The first start at each endpoint, in order of time; step 1 is at 0 ms. */
function startsOf({ attempts }: Race): Start[] {
  const first = new Map<string, { readonly startMs: number; readonly transport: Transport }>();
  for (const { transport, ipEndpoint, startMs } of attempts.toSorted((a, b) => a.startMs - b.startMs)) {
    const endpoint = `${transport} ${ipEndpoint}`;
    if (!first.has(endpoint)) first.set(endpoint, { startMs, transport });
  }
  const starts = [...first.values()];
  const origin = starts[0]?.startMs ?? 0;
  return starts.map(({ startMs, transport }, i) => ({ step: i + 1, afterMs: startMs - origin, transport: transport === 'tcp' ? 'TCP' : 'QUIC' }));
}

/** 1, 2 or 5 times a power of ten, so that `BINS` of them reach the latest start. */
function binWidth(latestMs: number): number {
  const least = Math.max(1, latestMs / BINS);
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((width) => width >= least) ?? 10 * power;
}
