/**
 * All races of a trace on one time axis: when each began, when its first connection attempt did, when it was over and
 * how. Too many to have a row each are counted by the time at which they began.
 */
import type { Race } from '../../model/race.ts';
import { formatCount, formatDestination, formatDuration, formatPlural } from '../format.ts';
import { winnerText } from '../columns/race.ts';
import { emptyChart, framed, PLOT_WIDTH, tooltip, type ChartSpecification } from './chart-specification.ts';
import { chartText } from './chart-text.ts';
import { greatest, tally } from './counts.ts';
import { meaningScale, type Meaning, type Theme } from './palette.ts';
import { ROW, rowLabels } from './row-labels.ts';
import { timeUnit, type TimeUnit } from './time-unit.ts';

const MOST_ROWS = 100;
/** Bars along the axis where races are counted. */
const BINS = 120;

const OUTCOMES = { connected: 'won', pooled: 'pooled', failed: 'failed', cancelled: 'cancelled', unfinished: 'unfinished' } as const satisfies Record<Race['outcome'], Meaning>;

/** `races`: of one trace. */
export function racesTimeline(races: readonly Race[], theme: Theme): ChartSpecification {
  const title = 'Races of the trace';
  if (races.length === 0) return emptyChart(theme, title, 'The trace has no races: nothing needed a new connection.');
  const ordered = races.toSorted((a, b) => a.startMs - b.startMs);
  const lastMs = greatest(races.map(({ startMs, endMs }) => endMs ?? startMs), 0);
  const unit = timeUnit(lastMs);
  return races.length <= MOST_ROWS ? rows(ordered, lastMs, unit, title, theme) : bins(ordered, unit, title, theme);
}

function rows(races: readonly Race[], lastMs: number, unit: TimeUnit, title: string, theme: Theme): ChartSpecification {
  const values = races.map((race, row) => {
    const firstAttemptMs = race.attempts.reduce<number | undefined>((first, { startMs }) => Math.min(first ?? startMs, startMs), undefined);
    return {
      row,
      race: race.id,
      destination: chartText(formatDestination(race), 44),
      from: unit.of(race.startMs),
      // Without attempts the race waited for names all the time.
      attempts: unit.of(Math.min(firstAttemptMs ?? race.endMs ?? lastMs, race.endMs ?? lastMs)),
      to: unit.of(race.endMs ?? lastMs),
      outcome: race.outcome,
      took: [formatDuration(race.durationMs), winnerText(race)].filter((part) => part !== '').join('  '),
    };
  });
  const x = { type: 'quantitative', axis: { title: `${unit.name} from the start of the trace` } } as const;
  const color = { field: 'outcome', type: 'nominal', title: 'outcome', scale: meaningScale(theme, OUTCOMES, new Set(values.map(({ outcome }) => outcome))) } as const;
  return framed(theme, { title, subtitle: [`n = ${formatPlural(races.length, 'race')}; thin line: before the first connection attempt; bar: from there to the end; ${open(races)}`] }, {
    width: PLOT_WIDTH,
    height: { step: 17 },
    data: { values },
    layer: [
      { mark: { type: 'rule', strokeWidth: 2 }, encoding: { y: ROW, x: { ...x, field: 'from' }, x2: { field: 'attempts' }, color } },
      {
        // A race can be over within the width of a pixel.
        mark: { type: 'bar', height: 10, minBandSize: 2, stroke: theme.background, strokeWidth: 0 },
        encoding: { y: ROW, x: { ...x, field: 'attempts' }, x2: { field: 'to' }, color, tooltip: tooltip('race', 'destination', 'outcome', 'took') },
      },
      { mark: { type: 'tick', thickness: 2, height: 10 }, encoding: { y: ROW, x: { ...x, field: 'to' }, color } },
      rowLabels(values.map(({ row, destination, took }) => ({ row, left: destination, right: took })), theme.quietText),
    ],
  });
}

function open(races: readonly Race[]): string {
  const count = races.filter(({ endMs }) => endMs === undefined).length;
  return count === 0 ? 'all have an end' : `${formatCount(count)} without an end in the log ${count === 1 ? 'reaches' : 'reach'} to the last end of any`;
}

function bins(races: readonly Race[], unit: TimeUnit, title: string, theme: Theme): ChartSpecification {
  const firstMs = races[0]?.startMs ?? 0;
  const width = Math.max(1, Math.ceil(((races.at(-1)?.startMs ?? 0) - firstMs + 1) / BINS));
  const bars = tally(
    races.map(({ startMs, outcome }) => ({ fromMs: firstMs + Math.floor((startMs - firstMs) / width) * width, outcome })),
    ({ fromMs, outcome }) => `${fromMs} ${outcome}`,
  );
  const values = bars.map(({ fromMs, outcome, count }) => ({ from: unit.of(fromMs), to: unit.of(fromMs + width), outcome, races: count }));
  return framed(theme, { title, subtitle: [`n = ${formatPlural(races.length, 'race')}, too many for a row each: counted by their start, in steps of ${formatDuration(width)}`] }, {
    width: PLOT_WIDTH,
    height: 260,
    data: { values },
    mark: { type: 'bar' },
    encoding: {
      x: { field: 'from', type: 'quantitative', bin: 'binned', scale: { domainMin: 0 }, axis: { title: `${unit.name} from the start of the trace` } },
      x2: { field: 'to' },
      y: { field: 'races', type: 'quantitative', stack: 'zero', axis: { title: 'races that began (count)', tickMinStep: 1 } },
      color: { field: 'outcome', type: 'nominal', title: 'outcome', scale: meaningScale(theme, OUTCOMES, new Set(values.map(({ outcome }) => outcome))) },
      tooltip: tooltip('from', 'to', 'outcome', 'races'),
    },
  });
}
