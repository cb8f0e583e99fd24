/**
 * What connecting was spent on, host by host: of each host the race that took the median time, with its phases up to
 * the winner. Medians of single phases would not add up, and would mix races over TCP with races over QUIC.
 */
import type { Race } from '../../model/race.ts';
import { formatCount, formatDuration, formatPlural } from '../format.ts';
import { emptyChart, framed, PLOT_WIDTH, tooltip, type ChartSpecification } from './chart-specification.ts';
import { chartText } from './chart-text.ts';
import { groupBy } from './counts.ts';
import { meaningScale, type Meaning, type Theme } from './palette.ts';
import { ROW, rowLabels } from './row-labels.ts';

const PHASES = { DNS: 'dns', waiting: 'waiting', TCP: 'tcp', TLS: 'tls', QUIC: 'quic' } as const satisfies Record<string, Meaning>;
type Phase = keyof typeof PHASES;
const PHASE_NAMES = Object.keys(PHASES) as Phase[];

/** Hosts with the most races; the others are counted in the subtitle. */
const MOST_HOSTS = 25;

type Phases = Readonly<Record<Phase, number>>;

export function connectPhases(races: readonly Race[], theme: Theme): ChartSpecification {
  const title = 'Time to connect, by host and phase';
  const connected = races.filter(({ forResolver, outcome, destination }) => forResolver !== true && outcome === 'connected' && destination !== undefined);
  const measured = connected.flatMap((race) => {
    const phases = phasesOf(race);
    return phases === undefined ? [] : [{ host: race.destination?.host ?? '', phases, total: span(race.startMs, race.endMs ?? race.startMs) }];
  });
  if (measured.length === 0) return emptyChart(theme, title, connected.length === 0 ? 'No race in the trace connected.' : 'The log does not show the winning attempts of its races.');
  const byHost = [...groupBy(measured, ({ host }) => host)].toSorted((a, b) => b[1].length - a[1].length);
  const shown = byHost
    .slice(0, MOST_HOSTS)
    .map(([host, own]) => ({ host: chartText(host, 44), own: own.toSorted((a, b) => a.total - b.total) }))
    .map(({ host, own }) => ({ host, own, middle: own[Math.floor((own.length - 1) / 2)] }))
    .toSorted((a, b) => (b.middle?.total ?? 0) - (a.middle?.total ?? 0));
  const labels = shown.map(({ host, own, middle }, row) => ({
    row,
    left: host,
    right: `${formatDuration(middle?.total)}  (n = ${own.length}${own.length < 2 ? '' : `, ${formatDuration(own[0]?.total)} to ${formatDuration(own.at(-1)?.total)}`})`,
  }));
  const bars = shown.flatMap(({ host, middle }, row) => PHASE_NAMES.map((phase, order) => ({ row, host, phase, order, ms: middle?.phases[phase] ?? 0 })).filter(({ ms }) => ms > 0));
  const hidden = byHost.length - shown.length;
  return framed(
    theme,
    {
      title,
      subtitle: [
        `n = ${formatPlural(measured.length, 'connected race')} to ${formatPlural(byHost.length, 'host')}${connected.length > measured.length ? `; ${formatCount(connected.length - measured.length)} without a winning attempt in the log left out` : ''}`,
        'Each bar is the race of its host that took the median time (of an even number, the quicker of the two in the middle); beside it n, and the quickest and slowest.',
        ...(hidden > 0 ? [`The ${MOST_HOSTS} hosts with the most races; ${formatCount(hidden)} more not drawn.`] : []),
      ],
    },
    {
      width: PLOT_WIDTH,
      height: { step: 22 },
      layer: [
        {
          data: { values: bars },
          mark: { type: 'bar', height: { band: 0.65 } },
          encoding: {
            y: ROW,
            x: { field: 'ms', type: 'quantitative', stack: 'zero', axis: { title: 'ms to a usable connection' } },
            order: { field: 'order', type: 'quantitative' },
            color: { field: 'phase', type: 'nominal', title: 'phase', scale: meaningScale(theme, PHASES, new Set(bars.map(({ phase }) => phase))) },
            tooltip: tooltip('host', 'phase', 'ms'),
          },
        },
        rowLabels(labels, theme.quietText),
      ],
    },
  );
}

/** `undefined` where the log does not show the winning attempt, or its clock ran backwards. Waiting is what no other phase explains. */
function phasesOf(race: Race): Phases | undefined {
  const attempt = race.attempts.find(({ id, outcome }) => id === race.winner?.attemptId && outcome === 'won');
  if (attempt?.endMs === undefined || race.endMs === undefined || race.endMs < race.startMs) return undefined;
  const { startMs, connectedMs = attempt.endMs, secureStartMs, endMs } = attempt;
  const { firstEndpointsMs } = race.dns;
  const dns = firstEndpointsMs === undefined ? 0 : span(Math.max(race.dns.startMs ?? race.startMs, race.startMs), Math.min(firstEndpointsMs, startMs));
  const quic = attempt.transport === 'quic' ? span(startMs, endMs) : 0;
  const tcp = attempt.transport === 'tcp' ? span(startMs, Math.min(connectedMs, endMs)) : 0;
  const tls = attempt.transport === 'tcp' && secureStartMs !== undefined ? span(secureStartMs, endMs) : 0;
  return { DNS: dns, waiting: span(dns + tcp + tls + quic, span(race.startMs, endMs)), TCP: tcp, TLS: tls, QUIC: quic };
}

/** Fractions below a tenth of a millisecond are noise. */
function span(fromMs: number, toMs: number): number {
  return Math.round(10 * Math.max(0, toMs - fromMs)) / 10;
}
