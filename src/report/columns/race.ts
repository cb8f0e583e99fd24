/** The columns of a race, and how its outcome and its fallbacks are put in words. */
import type { Race } from '../../model/race.ts';
import { millisColumn, type Column } from '../column.ts';
import { formatAddress, formatDestination, formatDuration, formatFamily, formatNetError, formatTransport } from '../format.ts';
import type { Tone } from '../view.ts';

export function raceTone(race: Race): Tone | undefined {
  switch (race.outcome) {
    case 'failed':
      return 'bad';
    case 'unfinished':
      return 'warning';
    case 'cancelled':
    case 'pooled':
      return 'dim';
    case 'connected':
      return 'good';
  }
}

/** `IPv6 TCP`; `''` without a winner. */
export function winnerText({ winner }: Race): string {
  return winner === undefined ? '' : `${formatFamily(winner.family)} ${formatTransport(winner.transport)}`;
}

/** `IPv4 TCP h2`, `ERR_CONNECTION_REFUSED`, `pooled`: what came of it, as short as can be. */
function resultText(race: Race): string {
  const forWhom = race.forResolver === true ? ' (DoH)' : '';
  if (race.outcome === 'failed') return `${formatNetError(race.netError) || 'failed'}${forWhom}`;
  if (race.outcome !== 'connected' || race.winner === undefined) return `${race.outcome}${forWhom}`;
  return `${winnerText(race)} ${race.winner.alpn ?? ''}`.trimEnd() + forWhom;
}

const FALLBACKS = ['family', 'transport', 'service', 'resolver'] as const;

/** `family, transport`: which of the four kinds of fallback happened. */
export function fallbackText({ fallback }: Race): string {
  return FALLBACKS.filter((kind) => fallback[kind]).join(', ');
}

/** Milliseconds from the race's start, where both are known. */
function sinceStart(race: Race, atMs: number | undefined): number | undefined {
  return atMs === undefined ? undefined : atMs - race.startMs;
}

export const raceColumns: readonly Column<Race>[] = [
  { id: 'id', title: 'Id', align: 'right', rank: 0, value: (race) => race.id },
  {
    id: 'destination',
    title: 'Destination',
    rank: 0,
    shrinkTo: 28,
    verbatim: true,
    value: (race) => (race.destination === undefined ? undefined : formatDestination(race)),
    // In a table that is nearly all https, the scheme tells little and takes a third of the width.
    text: (race) => formatDestination(race).replace(/^https:\/\//, ''),
  },
  { id: 'engine', title: 'Engine', rank: 7, value: (race) => race.engine },
  { id: 'result', title: 'Result', rank: 0, only: 'people', value: resultText, tone: raceTone },
  { id: 'outcome', title: 'Outcome', rank: 0, only: 'csv', value: (race) => race.outcome },
  { id: 'netError', title: 'Net error', rank: 0, only: 'csv', value: (race) => race.netError?.name },
  millisColumn('durationMs', 'Took', 0, (race) => race.durationMs, formatDuration),
  { id: 'winner', title: 'Winner', rank: 0, only: 'csv', value: winnerText },
  {
    id: 'fallback',
    title: 'Fell back',
    rank: 1,
    value: fallbackText,
    tone: (race) => (race.fallback.family || race.fallback.transport ? 'warning' : undefined),
  },
  { id: 'attempts', title: 'Attempts', align: 'right', rank: 4, value: (race) => race.attempts.length },
  { id: 'alpn', title: 'ALPN', rank: 3, only: 'csv', value: (race) => race.winner?.alpn },
  {
    id: 'ipEndpoint',
    title: 'Address',
    rank: 6,
    verbatim: true,
    value: (race) => race.winner?.ipEndpoint,
    text: (race) => formatAddress(race.winner?.ipEndpoint ?? '', race.proxy === undefined ? race.destination?.port : undefined),
  },
  { id: 'endpointStage', title: 'Endpoint', rank: 5, value: (race) => race.winner?.endpointStage },
  millisColumn('firstEndpointsMs', 'DNS first', 5, (race) => sinceStart(race, race.dns.firstEndpointsMs), formatDuration),
  millisColumn('finalEndpointsMs', 'DNS final', 8, (race) => sinceStart(race, race.dns.finalMs), formatDuration),
  millisColumn('startMs', 'Start', 9, (race) => race.startMs, formatDuration),
  { id: 'preconnect', title: 'Preconnect', rank: 11, value: (race) => race.preconnect, text: () => 'yes' },
  { id: 'forResolver', title: 'For DoH', rank: 0, only: 'csv', value: (race) => race.forResolver },
  { id: 'proxy', title: 'Proxy', rank: 8, shrinkTo: 16, verbatim: true, value: (race) => race.proxy },
];
