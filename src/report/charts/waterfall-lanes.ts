/**
 * The lanes of a race's waterfall, from DNS down to the connection attempts: what each was busy with when, and the
 * moments that decided. Times are milliseconds from the race's start, negative before it.
 */
import type { Attempt, Race } from '../../model/race.ts';
import type { DnsTransaction, EndpointUpdate, Resolution, ResolverTask } from '../../model/resolution.ts';
import { formatNetError } from '../format.ts';
import { attemptName } from '../story/names.ts';
import { spanText } from '../terminal/lane-row.ts';
import type { Meaning } from './palette.ts';

/** What a lane is busy with; the order is that of the legend. */
export const PHASES = {
  'HTTPS query': 'https',
  'AAAA query': 'ipv6',
  'A query': 'ipv4',
  'other lookup': 'otherRecord',
  'TCP handshake': 'tcp',
  'TLS handshake': 'tls',
  'QUIC handshake': 'quic',
  waiting: 'waiting',
} as const satisfies Record<string, Meaning>;
export type Phase = keyof typeof PHASES;

/** Moments; each also has a shape of its own, but for the three of endpoints, which share a row. */
export const SIGNS = {
  'usable first': 'won',
  'usable, not needed': 'spare',
  failed: 'failed',
  stopped: 'lost',
  'no end in the log': 'unfinished',
  'began earlier': 'outsideChart',
  'goes on later': 'outsideChart',
  'attempt delay over': 'delayOver',
  'intermediate endpoints': 'intermediate',
  'crypto ready': 'cryptoReady',
  'final endpoints': 'final',
} as const satisfies Record<string, Meaning>;
export type Sign = keyof typeof SIGNS;

export interface Lane {
  readonly label: string;
  readonly note: string;
  readonly winner: boolean;
  readonly spans: readonly { readonly phase: Phase; readonly fromMs: number; /** Absent: no end in the log. */ readonly toMs?: number | undefined }[];
  readonly moments: readonly { readonly sign: Sign; readonly atMs: number }[];
}

export function waterfallLanes(race: Race, resolutions: readonly Resolution[]): Lane[] {
  const lanes = [...resolutions.flatMap(resolutionLanes), ...endpointLanes(resolutions), ...heldBackLanes(race), ...race.attempts.map((attempt) => attemptLane(race, attempt))];
  const fromStart = (ms: number): number => ms - race.startMs;
  return lanes.map((lane) => ({
    ...lane,
    spans: lane.spans.map((span) => ({ ...span, fromMs: fromStart(span.fromMs), ...(span.toMs === undefined ? {} : { toMs: fromStart(span.toMs) }) })),
    moments: lane.moments.map((moment) => ({ ...moment, atMs: fromStart(moment.atMs) })),
  }));
}

function resolutionLanes({ transactions, tasks, resolutionDelay }: Resolution): Lane[] {
  // The tasks that run transactions say nothing that those do not.
  const lanes = [...transactions.map(transactionLane), ...tasks.filter(({ kind }) => transactions.length === 0 || !kind.endsWith('dns')).map(taskLane)];
  if (resolutionDelay !== undefined && resolutionDelay.elapsedMs !== 0) {
    const { startMs, elapsedMs, timedOut } = resolutionDelay;
    lanes.push(waitLane('resolution delay', startMs, elapsedMs, timedOut === true ? 'ran out' : ''));
  }
  return lanes;
}

function transactionLane({ type, startMs, endMs, outcome, rcode, netError }: DnsTransaction): Lane {
  const phase = (['A', 'AAAA', 'HTTPS'] as const).find((known) => known === type);
  const failure = rcode === undefined || rcode === 'NOERROR' ? formatNetError(netError) || 'failed' : rcode;
  const remark = outcome === 'failed' ? failure : outcome === 'cancelled' ? 'cut' : '';
  return {
    label: `DNS ${type}`,
    note: `${spanText(startMs, endMs)} ${remark}`.trim(),
    winner: false,
    spans: [{ phase: phase === undefined ? 'other lookup' : `${phase} query`, fromMs: startMs, toMs: endMs }],
    moments: endMoments(outcome === 'cancelled' ? 'stopped' : outcome === 'failed' ? 'failed' : undefined, endMs),
  };
}

function taskLane({ kind, startMs, endMs, outcome, netError }: ResolverTask): Lane {
  return {
    label: `DNS ${kind}`,
    note: `${spanText(startMs, endMs)} ${outcome === 'failed' ? formatNetError(netError) || 'failed' : ''}`.trim(),
    winner: false,
    spans: [{ phase: 'other lookup', fromMs: startMs, toMs: endMs }],
    moments: endMoments(outcome === 'failed' ? 'failed' : undefined, endMs),
  };
}

function waitLane(label: string, startMs: number, elapsedMs: number | undefined, remark: string): Lane {
  const toMs = elapsedMs === undefined ? undefined : startMs + elapsedMs;
  return { label, note: `${spanText(startMs, toMs)} ${remark}`.trim(), winner: false, spans: [{ phase: 'waiting', fromMs: startMs, toMs }], moments: endMoments(undefined, toMs) };
}

function endpointLanes(resolutions: readonly Resolution[]): Lane[] {
  // A resolution that fails ends with an empty update: nothing to mark.
  const updates = resolutions.flatMap(({ endpointUpdates }) => endpointUpdates).filter(({ endpoints }) => endpoints.length > 0);
  if (updates.length === 0) return [];
  return [{ label: 'endpoints', note: '', winner: false, spans: [], moments: updates.map((update) => ({ sign: updateSign(update), atMs: update.atMs })) }];
}

function updateSign({ stage, cryptoReady }: EndpointUpdate): Sign {
  if (stage === 'final') return 'final endpoints';
  return cryptoReady === true ? 'crypto ready' : 'intermediate endpoints';
}

function heldBackLanes({ attempts, delays }: Race): Lane[] {
  const firstTcp = attempts.find(({ transport }) => transport === 'tcp');
  const heldBackMs = delays.tcpHeldBackMs ?? 0;
  return firstTcp === undefined || heldBackMs === 0 ? [] : [waitLane('TCP held back', firstTcp.startMs - heldBackMs, heldBackMs, 'for QUIC')];
}

const ENDINGS: Readonly<Record<Attempt['outcome'], Sign | undefined>> = {
  won: 'usable first',
  spare: 'usable, not needed',
  failed: 'failed',
  lost: 'stopped',
  cancelled: 'stopped',
  unfinished: undefined,
};

function attemptLane(race: Race, attempt: Attempt): Lane {
  const { startMs, endMs, outcome, slow, netError } = attempt;
  const { connectionAttemptDelayMs } = race.delays;
  const delayOver = slow === true && connectionAttemptDelayMs !== undefined ? [{ sign: 'attempt delay over', atMs: startMs + connectionAttemptDelayMs } as const] : [];
  return {
    label: attemptName(race, attempt),
    note: `${spanText(startMs, endMs)} ${outcome} ${outcome === 'failed' ? formatNetError(netError) : ''}`.trim(),
    winner: outcome === 'won',
    spans: attemptSpans(attempt),
    moments: [...delayOver, ...endMoments(ENDINGS[outcome], endMs)],
  };
}

function attemptSpans({ transport, startMs, connectedMs, secureStartMs, endMs }: Attempt): Lane['spans'] {
  if (transport === 'quic') return [{ phase: 'QUIC handshake', fromMs: startMs, toMs: endMs }];
  if (connectedMs === undefined) return [{ phase: 'TCP handshake', fromMs: startMs, toMs: endMs }];
  const spans: Lane['spans'][number][] = [{ phase: 'TCP handshake', fromMs: startMs, toMs: connectedMs }];
  const waitedUntil = secureStartMs ?? endMs;
  // Between TCP and TLS the HTTPS answer is awaited, or a proxy's tunnel is set up.
  if (waitedUntil === undefined || waitedUntil > connectedMs) spans.push({ phase: 'waiting', fromMs: connectedMs, toMs: waitedUntil });
  if (secureStartMs !== undefined) spans.push({ phase: 'TLS handshake', fromMs: secureStartMs, toMs: endMs });
  return spans;
}

/** Without an end there is nothing to mark here: the chart marks its own edge. */
function endMoments(sign: Sign | undefined, endMs: number | undefined): Lane['moments'] {
  return sign === undefined || endMs === undefined ? [] : [{ sign, atMs: endMs }];
}
