/**
 * What a summary says of a report before its lists: label and text, for the terminal and Markdown
 * alike. Counts only what is listed; connections to DNS-over-HTTPS servers are counted apart,
 * because no page asked for them.
 */
import type { Race } from '../model/race.ts';
import { formatBytes, formatCount, formatDuration, formatFamily, formatPlural, formatTransport, formatWallClock } from './format.ts';
import { plainText } from './plain-text.ts';
import type { Report } from './report.ts';
import type { Tone } from './view.ts';

export interface Fact {
  readonly label: string;
  readonly text: string;
  readonly tone?: Tone;
}

/** What the log is. */
export function traceFacts({ trace }: Report): Fact[] {
  const { client, captureMode, complete, compression } = trace;
  const who = [client?.name, client?.version].filter((part) => part !== undefined).join(' ');
  const os = client?.os === undefined ? '' : ` on ${client.os}`;
  const size = `${formatBytes(trace.bytes)}${compression === 'none' ? '' : ` ${compression}`}`;
  return [
    { label: 'Client', text: plainText(`${who === '' ? 'unknown' : who}${os}`) },
    { label: 'Recorded', text: `${formatWallClock(trace.originUnixMs)}, for ${formatDuration(trace.durationMs)}` },
    {
      label: 'Log',
      text: plainText(
        `${formatPlural(trace.eventCount, 'event')} of ${formatPlural(trace.sourceCount, 'source')}, ${size}${captureMode === undefined ? '' : `, capture mode ${captureMode}`}`,
      ),
    },
    complete
      ? { label: 'Complete', text: 'yes' }
      : { label: 'Complete', text: 'NO: cut off, bounded or damaged; what had not ended is shown as unfinished', tone: 'warning' },
    { label: 'Engine', text: trace.raceEngines.length === 0 ? 'none: no connection was attempted' : trace.raceEngines.join(', ') },
  ];
}

/** What happened. */
export function outcomeFacts(report: Report): Fact[] {
  const resolutions = report.resolutions.filter(({ forResolver }) => forResolver !== true);
  const races = report.races.filter(({ forResolver }) => forResolver !== true);
  const requests = report.requests.filter(({ forResolver }) => forResolver !== true);
  const failedRequests = requests.filter(({ netError }) => netError !== undefined).length;
  return [
    fact(
      'Resolutions',
      resolutions.length,
      [counts(resolutions, ({ outcome }) => outcome), counts(resolutions, ({ source }) => `from ${source}`)],
      {
        bad: resolutions.some(({ outcome }) => outcome === 'failed'),
        apart: report.resolutions.length - resolutions.length,
      },
    ),
    fact('Races', races.length, [counts(races, ({ outcome }) => outcome)], {
      bad: races.some(({ outcome }) => outcome === 'failed'),
      apart: report.races.length - races.length,
    }),
    ...winnerFacts(races),
    fact(
      'Requests',
      requests.length,
      [
        counts(requests, ({ connection }) => (connection === undefined ? 'unknown' : CONNECTIONS[connection])),
        failedRequests === 0 ? '' : `${formatCount(failedRequests)} failed`,
      ],
      {
        bad: failedRequests > 0,
        apart: report.requests.length - requests.length,
      },
    ),
    fact('Sessions', report.sessions.length, [counts(report.sessions, ({ protocol }) => protocol)], { bad: false, apart: 0 }),
  ];
}

const CONNECTIONS = {
  new: 'on new connections',
  reused: 'reused',
  pooled: 'pooled',
  cache: 'from cache',
  none: 'without connection',
} as const;

function winnerFacts(races: readonly Race[]): Fact[] {
  const winners = races.flatMap(({ winner }) => (winner === undefined ? [] : [winner]));
  if (winners.length === 0) return [];
  const sides = (['ipv6', 'ipv4'] as const).flatMap((family) =>
    (['tcp', 'quic'] as const).map((transport) => {
      const won = winners.filter((winner) => winner.family === family && winner.transport === transport).length;
      return `${formatFamily(family)} ${formatTransport(transport)} ${formatCount(won)}`;
    }),
  );
  const kinds = (['family', 'transport', 'service', 'resolver'] as const).map((kind) => ({
    kind,
    n: races.filter(({ fallback }) => fallback[kind]).length,
  }));
  const fellBack = kinds.some(({ n }) => n > 0);
  return [
    { label: '  Winners', text: sides.join(' · ') },
    { label: '  Endpoints', text: `${counts(winners, ({ endpointStage }) => endpointStage)} (of the winners)` },
    {
      label: '  Fallbacks',
      text: kinds.map(({ kind, n }) => `${kind} ${formatCount(n)}`).join(' · '),
      ...(fellBack ? { tone: 'warning' as const } : {}),
    },
  ];
}

function fact(
  label: string,
  n: number,
  details: readonly string[],
  { bad, apart }: { readonly bad: boolean; readonly apart: number },
): Fact {
  const told = details.filter((detail) => detail !== '').join('; ');
  const more = apart === 0 ? '' : `; ${formatCount(apart)} more for DNS over HTTPS`;
  return { label, text: `${formatCount(n)}${told === '' ? '' : `: ${told}`}${more}`, ...(bad ? { tone: 'bad' as const } : {}) };
}

/** `3 ok, 1 failed`: how many there are of each kind, the most frequent first. */
function counts<Row>(rows: readonly Row[], kindOf: (row: Row) => string): string {
  const byKind = new Map<string, number>();
  for (const row of rows) {
    const kind = kindOf(row);
    byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
  }
  return Array.from(byKind)
    .toSorted(([, a], [, b]) => b - a)
    .map(([kind, n]) => `${formatCount(n)} ${plainText(kind)}`)
    .join(', ');
}
