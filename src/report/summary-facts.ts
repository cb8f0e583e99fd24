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
  /** Parts of the text that deserve attention, and how much. */
  readonly loud?: { readonly parts: readonly string[]; readonly tone: Tone };
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
      : {
          label: 'Complete',
          text: 'NO: cut off, bounded or damaged; what had not ended is shown as unfinished',
          loud: { parts: ['NO'], tone: 'bad' },
        },
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
    countFact('Resolutions', resolutions.length, report.resolutions.length, [
      counts(resolutions, ({ outcome }) => outcome),
      counts(resolutions, ({ source }) => `from ${source}`),
    ]),
    countFact('Races', races.length, report.races.length, [counts(races, ({ outcome }) => outcome)]),
    ...winnerFacts(races),
    countFact('Requests', requests.length, report.requests.length, [
      counts(requests, ({ connection }) => (connection === undefined ? 'unknown' : CONNECTIONS[connection])),
      failedRequests === 0 ? [] : [`${formatCount(failedRequests)} failed`],
    ]),
    countFact('Sessions', report.sessions.length, report.sessions.length, [counts(report.sessions, ({ protocol }) => protocol)]),
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
  const fallbacks = (['family', 'transport', 'service', 'resolver'] as const).map((kind) => ({
    happened: races.some(({ fallback }) => fallback[kind]),
    text: `${kind} ${formatCount(races.filter(({ fallback }) => fallback[kind]).length)}`,
  }));
  return [
    { label: '  Winners', text: sides.join(' · ') },
    { label: '  Endpoints', text: `${counts(winners, ({ endpointStage }) => endpointStage).join(', ')} (of the winners)` },
    {
      label: '  Fallbacks',
      text: fallbacks.map(({ text }) => text).join(' · '),
      loud: { parts: fallbacks.filter(({ happened }) => happened).map(({ text }) => text), tone: 'warning' },
    },
  ];
}

/** `4: 3 ok, 1 failed; 3 from network`; what is in `total` but not in `n` was for DNS over HTTPS. */
function countFact(label: string, n: number, total: number, details: readonly (readonly string[])[]): Fact {
  const told = details.filter((kinds) => kinds.length > 0).map((kinds) => kinds.join(', '));
  const apart = total === n ? [] : [`${formatCount(total - n)} more for DNS over HTTPS`];
  return {
    label,
    text: [formatCount(n), [...told, ...apart].join('; ')].filter((part) => part !== '').join(': '),
    loud: { parts: details.flat().filter((kind) => kind.endsWith(' failed')), tone: 'bad' },
  };
}

/** Marks up the loud parts of a fact. */
export function emphasise(text: string, { loud }: Fact, mark: (part: string, tone: Tone) => string): string {
  return (loud?.parts ?? []).reduce((marked, part) => marked.replace(part, () => mark(part, loud?.tone ?? 'bad')), text);
}

/** `3 ok`, `1 failed`: how many there are of each kind, the most frequent first. */
function counts<Row>(rows: readonly Row[], kindOf: (row: Row) => string): string[] {
  const byKind = new Map<string, number>();
  for (const row of rows) {
    const kind = kindOf(row);
    byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
  }
  return Array.from(byKind)
    .toSorted(([, a], [, b]) => b - a)
    .map(([kind, n]) => `${formatCount(n)} ${plainText(kind)}`);
}
