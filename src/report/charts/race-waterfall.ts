/**
 * One race: what its lookups and connection attempts were busy with, who won, and which delays it kept. Time counts
 * from the race's start; what lies long before or after it is cut off at the edge, and the notes keep the true times.
 */
import type { Race } from '../../model/race.ts';
import type { Resolution } from '../../model/resolution.ts';
import { formatCount, formatDuration, formatRoute } from '../format.ts';
import { raceOutcomeText } from '../story/race-story.ts';
import { emptyChart, framed, PLOT_WIDTH, tooltip, type ChartSpecification } from './chart-specification.ts';
import { chartText } from './chart-text.ts';
import { greatest } from './counts.ts';
import { meaningScale, type Theme } from './palette.ts';
import { ROW, rowLabels, type RowLabel } from './row-labels.ts';
import { PHASES, SIGNS, waterfallLanes, type Lane, type Sign } from './waterfall-lanes.ts';

/** More lanes than these cannot be read; the winner's is always among them. */
const MOST_LANES = 60;

/** Paths around the origin, or shapes that Vega knows; the winner's is larger than the rest. */
const SHAPES: Readonly<Record<Sign, string>> = {
  'usable first': 'M0,-1.8L0.468,-0.648L1.71,-0.558L0.756,0.252L1.062,1.458L0,0.792L-1.062,1.458L-0.756,0.252L-1.71,-0.558L-0.468,-0.648Z',
  'usable, not needed': 'circle',
  failed: 'M-1,-0.6L-0.6,-1L0,-0.4L0.6,-1L1,-0.6L0.4,0L1,0.6L0.6,1L0,0.4L-0.6,1L-1,0.6L-0.4,0Z',
  stopped: 'square',
  'no end in the log': 'triangle-right',
  'began earlier': 'M1,-1.4L-1.2,0L1,1.4L0.3,0Z',
  'goes on later': 'M-1,-1.4L1.2,0L-1,1.4L-0.3,0Z',
  'attempt delay over': 'triangle-down',
  'intermediate endpoints': 'diamond',
  'crypto ready': 'diamond',
  'final endpoints': 'diamond',
};

export function raceWaterfall(race: Race, resolutions: readonly Resolution[], theme: Theme): ChartSpecification {
  const title = `Race ${race.id}: ${chartText(formatRoute(race), 70)}`;
  const all = waterfallLanes(race, resolutions);
  if (all.length === 0) return emptyChart(theme, title, 'Nothing was looked up or attempted in this race.');
  const lanes = all.length <= MOST_LANES ? all : all.filter(({ winner }, i) => winner || i < MOST_LANES - 1).slice(0, MOST_LANES);
  const [fromMs, toMs] = timeRange(race, lanes);
  const inside = (ms: number): number => Math.min(toMs, Math.max(fromMs, ms));
  const spans = lanes.flatMap((lane, row) =>
    lane.spans
      .filter((span) => span.fromMs < toMs && (span.toMs ?? toMs) > fromMs)
      .map((span) => ({ row, phase: span.phase, from: inside(span.fromMs), to: inside(span.toMs ?? toMs), thickness: span.phase === 'waiting' ? 4 : 11, ...tip(lane) })),
  );
  const signsOf = (lane: Lane): Lane['moments'] => [...lane.moments.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs), ...edgeSigns(lane, fromMs, toMs)];
  const moments = lanes.flatMap((lane, row) => signsOf(lane).map(({ sign, atMs }) => ({ row, sign, at: atMs, ...tip(lane) })));
  const labelsOf = (winner: boolean): RowLabel[] => lanes.flatMap((lane, row) => (lane.winner === winner ? [{ row, left: tip(lane).what, right: tip(lane).note }] : []));
  const signs = meaningScale(theme, SIGNS, new Set(moments.map(({ sign }) => sign)));

  return framed(theme, { title, subtitle: subtitleOf(race, all.length) }, {
    width: PLOT_WIDTH,
    height: { step: 21 },
    layer: [
      {
        data: { values: race.endMs === undefined ? [] : [{ at: race.endMs - race.startMs }] },
        mark: { type: 'rule', strokeDash: [4, 3], color: theme.quietText },
        encoding: { x: { field: 'at', type: 'quantitative' } },
      },
      {
        data: { values: spans },
        mark: { type: 'bar', cornerRadius: 1, minBandSize: 1 },
        encoding: {
          y: ROW,
          x: { field: 'from', type: 'quantitative', scale: { domain: [fromMs, toMs], nice: false }, axis: { title: 'ms from the start of the race' } },
          x2: { field: 'to' },
          size: { field: 'thickness', type: 'quantitative', scale: null },
          fill: { field: 'phase', type: 'nominal', title: 'busy with', scale: meaningScale(theme, PHASES, new Set(spans.map(({ phase }) => phase))) },
          tooltip: tooltip('what', 'note'),
        },
      },
      {
        data: { values: moments },
        mark: { type: 'point', filled: true, size: 80, opacity: 1, stroke: theme.background, strokeWidth: 0.6 },
        encoding: {
          y: ROW,
          x: { field: 'at', type: 'quantitative' },
          color: { field: 'sign', type: 'nominal', title: 'moments', scale: signs },
          shape: { field: 'sign', type: 'nominal', title: 'moments', scale: { domain: signs.domain, range: signs.domain.map((sign) => SHAPES[sign]) } },
          tooltip: tooltip('what', 'note'),
        },
      },
      rowLabels(labelsOf(false), theme.text),
      rowLabels(labelsOf(true), theme.text, 'bold'),
    ],
  });
}

/** At the edges of the chart: what it does not show of a lane. */
function edgeSigns({ spans, moments }: Lane, fromMs: number, toMs: number): Lane['moments'] {
  const times = [...spans.flatMap((span) => [span.fromMs, span.toMs ?? span.fromMs]), ...moments.map(({ atMs }) => atMs)];
  const isOpen = spans.some((span) => span.toMs === undefined);
  return [
    ...(times.some((ms) => ms < fromMs) ? [{ sign: 'began earlier', atMs: fromMs } as const] : []),
    ...(isOpen ? [{ sign: 'no end in the log', atMs: toMs } as const] : times.some((ms) => ms > toMs) ? [{ sign: 'goes on later', atMs: toMs } as const] : []),
  ];
}

function tip({ label, note }: Lane): { what: string; note: string } {
  return { what: chartText(label), note: chartText(note, 44) };
}

function subtitleOf(race: Race, laneCount: number): string[] {
  const { connectionAttemptDelayMs, cryptoWaitMs } = race.delays;
  const delays = [
    ...(connectionAttemptDelayMs === undefined ? [] : [`connection attempt delay ${formatDuration(connectionAttemptDelayMs)}`]),
    ...(cryptoWaitMs === undefined || cryptoWaitMs === 0 ? [] : [`TLS of the winner waited ${formatDuration(cryptoWaitMs)} for the HTTPS answer`]),
  ];
  return [
    chartText(raceOutcomeText(race), 200),
    [`n = ${formatCount(race.attempts.length)} connection attempts`, ...delays, ...(race.endMs === undefined ? [] : ['dashed line: the race is over'])].join('; '),
    ...(laneCount > MOST_LANES ? [`The first ${MOST_LANES} of ${formatCount(laneCount)} rows are drawn, and the winner.`] : []),
  ];
}

/** From the first thing to the last, but not long before or after the race itself. */
function timeRange({ startMs, endMs }: Race, lanes: readonly Lane[]): [fromMs: number, toMs: number] {
  const moments = lanes.flatMap((lane) => [...lane.spans.flatMap((span) => [span.fromMs, span.toMs ?? span.fromMs]), ...lane.moments.map(({ atMs }) => atMs)]);
  const latest = greatest(moments, 1);
  const earliest = -greatest(moments.map((ms) => -ms), 0);
  if (endMs === undefined) return [earliest, latest];
  const duration = endMs - startMs;
  const margin = Math.max(10, 0.35 * duration);
  // The last moment keeps a little room, so that its sign is not cut in half.
  return [Math.max(earliest, -margin), Math.max(duration, Math.min(latest, duration + margin)) * 1.01];
}
