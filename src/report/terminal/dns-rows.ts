/** The rows of a waterfall about names: DNS transactions, resolver tasks, endpoints, and waits chosen on purpose. */
import type { Race } from '../../model/race.ts';
import type { DnsTransaction, EndpointUpdate, Resolution, ResolverTask } from '../../model/resolution.ts';
import { formatDuration, formatNetError, formatPlural } from '../format.ts';
import { otherHost } from '../other-host.ts';
import { plainText } from '../plain-text.ts';
import { GLYPH } from './glyphs.ts';
import { spanText, type LaneRow } from './lane-row.ts';

export function transactionRow(race: Race, transaction: DnsTransaction): LaneRow {
  const { name, type, startMs, endMs, outcome, attempts, rcode, netError } = transaction;
  const timedOut = attempts.filter((attempt) => attempt.timedOut === true).length;
  const remarks = [
    ...(outcome === 'cancelled' ? ['cut'] : []),
    ...(outcome === 'failed' ? [rcode === undefined || rcode === 'NOERROR' ? formatNetError(netError) || 'failed' : plainText(rcode)] : []),
    ...(timedOut > 0 ? [`${timedOut} timed out`] : []),
  ];
  const servers = [...new Set(attempts.flatMap(({ server }) => (server === undefined ? [] : [plainText(server)])))];
  const note = [spanText(startMs, endMs), ...remarks].join(' ');
  return {
    label: dnsLabel(plainText(type), otherHost(race, name)),
    note,
    wideNote: servers.length === 0 ? note : `${note}  ${servers.join(' ')}`,
    paint(lane, horizonMs) {
      const exchanges = attempts.length > 0 ? attempts : [{ startMs, endMs }];
      for (const exchange of exchanges) {
        const end = exchangeEnd(transaction, exchange.endMs);
        lane.bracket(
          exchange.startMs,
          exchange.endMs ?? endMs ?? horizonMs,
          { start: '├', body: '─', end },
          outcome === 'failed' ? 'bad' : 'accent',
        );
      }
      // The next try begins where the last one timed out; the time-out tells more.
      for (const { endMs: timedOutMs, timedOut: isOver } of attempts) {
        if (isOver === true && timedOutMs !== undefined) lane.mark(timedOutMs, GLYPH.timedOut, 'warning');
      }
    },
  };
}

function exchangeEnd({ outcome, endMs }: DnsTransaction, exchangeEndMs: number | undefined): string {
  if (exchangeEndMs === undefined && endMs === undefined) return GLYPH.open;
  switch (outcome) {
    case 'failed':
      return GLYPH.failed;
    case 'cancelled':
      return GLYPH.stopped;
    case 'unfinished':
      return GLYPH.open;
    case 'ok':
      return '┤';
  }
}

/** A resolver task that runs no DNS transactions of its own: the system resolver and its like. */
export function taskRow(race: Race, { host }: Resolution, task: ResolverTask): LaneRow {
  const failed = task.outcome === 'failed';
  return {
    label: dnsLabel(plainText(task.kind), otherHost(race, host)),
    note: [spanText(task.startMs, task.endMs), ...(failed ? [formatNetError(task.netError) || 'failed'] : [])].join(' '),
    paint(lane, horizonMs) {
      const end = task.endMs === undefined ? GLYPH.open : failed ? GLYPH.failed : '┤';
      lane.bracket(task.startMs, task.endMs ?? horizonMs, { start: '├', body: '─', end }, failed ? 'bad' : 'accent');
    },
  };
}

/** `dns HTTPS`, with the name if it is not the one that the whole chart is about. */
function dnsLabel(what: string, name: string | undefined): string {
  return name === undefined ? `dns ${what}` : `dns ${what} ${name}`;
}

/** A wait that somebody chose: the resolution delay, or TCP's for QUIC. */
export function waitRow(label: string, startMs: number, elapsedMs: number | undefined, remark: string): LaneRow {
  return {
    label,
    note: [elapsedMs === undefined ? 'open' : formatDuration(elapsedMs), remark].join(' ').trim(),
    paint(lane, horizonMs) {
      lane.span(startMs, elapsedMs === undefined ? horizonMs : startMs + elapsedMs, GLYPH.waiting, 'warning');
    },
  };
}

export function endpointsRow(race: Race, resolutions: readonly Resolution[]): LaneRow | undefined {
  // A resolution that fails ends with an empty update: nothing to mark.
  const updates = resolutions.flatMap(({ endpointUpdates }) => endpointUpdates).filter(({ endpoints }) => endpoints.length > 0);
  const { firstEndpointsMs, finalMs, cryptoReadyMs } = race.dns;
  if (updates.length === 0 && firstEndpointsMs === undefined) return undefined;
  return {
    label: 'endpoints',
    note: updates.length === 0 ? '' : formatPlural(updates.length, 'update'),
    paint(lane) {
      const marks: [atMs: number | undefined, glyph: string][] =
        updates.length === 0
          ? [
              [firstEndpointsMs, GLYPH.intermediate],
              [cryptoReadyMs, GLYPH.cryptoReady],
              [finalMs, GLYPH.final],
            ]
          : updates.map((update) => [update.atMs, updateGlyph(update)]);
      for (const [atMs, glyph] of marks) {
        if (atMs !== undefined) lane.mark(atMs, glyph, 'accent');
      }
    },
  };
}

function updateGlyph({ stage, cryptoReady }: EndpointUpdate): string {
  if (stage === 'final') return GLYPH.final;
  return cryptoReady === true ? GLYPH.cryptoReady : GLYPH.intermediate;
}
