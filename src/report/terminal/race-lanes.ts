/** The lanes of a race's chart: what each row shows, which glyphs it draws and what is noted beside it. */
import type { Attempt, Race } from '../../model/race.ts';
import type { DnsTransaction, EndpointUpdate, Resolution, ResolverTask } from '../../model/resolution.ts';
import { formatDuration, formatNetError, formatPlural } from '../format.ts';
import { plainText } from '../plain-text.ts';
import { attemptOutcomeText } from '../story/attempt-sentences.ts';
import { attemptName } from '../story/names.ts';
import type { Tone } from '../view.ts';
import type { Lane } from './lane.ts';

/** What stands for what; the legend below a chart lists those that it drew. */
export const GLYPH = {
  connecting: '░',
  held: '┄',
  tls: '▒',
  usable: '█',
  winner: '★',
  failed: '✗',
  stopped: '■',
  slow: '!',
  waiting: '╌',
  timedOut: 'T',
  open: '…',
  intermediate: '◇',
  cryptoReady: '◈',
  final: '◆',
} as const;

export const MEANINGS: Readonly<Record<keyof typeof GLYPH, string>> = {
  connecting: 'connecting',
  held: 'connected, TLS held back for the HTTPS answer',
  tls: 'TLS handshake',
  usable: 'usable',
  winner: 'usable first',
  failed: 'failed',
  stopped: 'stopped',
  slow: 'attempt delay over',
  waiting: 'waiting on purpose',
  timedOut: 'timed out',
  open: 'no end in the log',
  intermediate: 'intermediate endpoints',
  cryptoReady: 'intermediate, crypto ready',
  final: 'final endpoints',
};

export interface LaneRow {
  readonly label: string;
  readonly winner?: boolean;
  /** Two lengths of the same note: for narrow and for wide terminals. */
  readonly note: string;
  readonly wideNote?: string;
  readonly tone?: Tone;
  /** Paints the row; whatever has no end reaches to `horizonMs`. */
  paint(lane: Lane, horizonMs: number): void;
}

const span = (fromMs: number, toMs: number | undefined): string => (toMs === undefined ? 'open' : formatDuration(toMs - fromMs));

export function transactionRow(transaction: DnsTransaction): LaneRow {
  const { type, startMs, endMs, outcome, attempts, rcode, netError } = transaction;
  const timedOut = attempts.filter((attempt) => attempt.timedOut === true).length;
  const remarks = [
    ...(outcome === 'cancelled' ? ['cut'] : []),
    ...(outcome === 'failed' ? [rcode === undefined || rcode === 'NOERROR' ? formatNetError(netError) || 'failed' : plainText(rcode)] : []),
    ...(timedOut > 0 ? [`${timedOut} timed out`] : []),
  ];
  const servers = [...new Set(attempts.flatMap(({ server }) => (server === undefined ? [] : [plainText(server)])))];
  const note = [span(startMs, endMs), ...remarks].join(' ');
  return {
    label: `dns ${plainText(type)}`,
    note,
    wideNote: servers.length === 0 ? note : `${note}  ${servers.join(' ')}`,
    paint(lane, horizonMs) {
      const exchanges = attempts.length > 0 ? attempts : [{ startMs, endMs, timedOut: false }];
      for (const exchange of exchanges) {
        const end = exchange.timedOut === true ? GLYPH.timedOut : exchangeEnd(transaction, exchange.endMs);
        lane.bracket(
          exchange.startMs,
          exchange.endMs ?? endMs ?? horizonMs,
          { start: '├', body: '─', end },
          outcome === 'failed' ? 'bad' : 'accent',
        );
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
export function taskRow(task: ResolverTask): LaneRow {
  const failed = task.outcome === 'failed';
  return {
    label: `dns ${plainText(task.kind)}`,
    note: [span(task.startMs, task.endMs), ...(failed ? [formatNetError(task.netError) || 'failed'] : [])].join(' '),
    paint(lane, horizonMs) {
      const end = task.endMs === undefined ? GLYPH.open : failed ? GLYPH.failed : '┤';
      lane.bracket(task.startMs, task.endMs ?? horizonMs, { start: '├', body: '─', end }, failed ? 'bad' : 'accent');
    },
  };
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

function attemptTone({ outcome }: Attempt): Tone | undefined {
  switch (outcome) {
    case 'won':
      return 'good';
    case 'failed':
      return 'bad';
    case 'spare':
      return 'accent';
    case 'unfinished':
      return 'warning';
    case 'lost':
    case 'cancelled':
      return 'dim';
  }
}

export function attemptRow(race: Race, attempt: Attempt): LaneRow {
  const { startMs, endMs, outcome, endpointStage } = attempt;
  const tone = attemptTone(attempt);
  const took = span(startMs, endMs);
  return {
    label: attemptName(race, attempt),
    winner: outcome === 'won',
    note: `${took} ${outcome}`,
    wideNote: `${took} ${attemptOutcomeText(attempt)}${endpointStage === 'unknown' ? '' : `, ${endpointStage}`}`,
    ...(tone === undefined ? {} : { tone }),
    paint(lane, horizonMs) {
      const usable = outcome === 'won' || outcome === 'spare';
      const lastMs = endMs ?? horizonMs;
      const connectedMs = attempt.connectedMs ?? lastMs;
      const secureStartMs = attempt.secureStartMs ?? connectedMs;
      lane.span(startMs, Math.min(connectedMs, lastMs), GLYPH.connecting, tone);
      if (attempt.slow === true && race.delays.connectionAttemptDelayMs !== undefined) {
        lane.mark(startMs + race.delays.connectionAttemptDelayMs, GLYPH.slow, 'warning');
      }
      if ((attempt.cryptoWaitMs ?? 0) > 0) lane.longSpan(connectedMs, secureStartMs, GLYPH.held, tone);
      if (lastMs > secureStartMs) lane.span(secureStartMs, lastMs, GLYPH.tls, tone);
      if (endMs === undefined) lane.mark(horizonMs, GLYPH.open, 'warning');
      else if (usable) {
        lane.span(endMs, horizonMs, GLYPH.usable, tone);
        if (outcome === 'won') lane.mark(endMs, GLYPH.winner, tone);
      } else lane.mark(endMs, outcome === 'failed' ? GLYPH.failed : GLYPH.stopped, tone);
    },
  };
}
