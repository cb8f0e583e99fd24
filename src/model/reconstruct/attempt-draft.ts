/**
 * Attempts before their race is over: what each one did, and from that who won.
 *
 * The winner is the attempt that is usable first, ties by place in the log: it is the connection
 * that carried the race's first request. "Lost" has no marker of its own in most logs; it is an
 * attempt never usable whose end is not before the race's.
 */
import type { Family } from '../../address.ts';
import type { Ticks } from '../../units.ts';
import type { Moment } from '../handlers/handler.ts';
import type { Attempt, EndpointStage, Race, Transport } from '../race.ts';
import { type Context, compareMoments, evidenceOf } from './context.ts';

export interface AttemptDraft {
  readonly id: number;
  readonly part?: number | undefined;
  readonly transport: Transport;
  readonly ipEndpoint: string;
  readonly localEndpoint?: string | undefined;
  readonly connector?: Attempt['connector'];
  readonly start: { readonly time: Ticks; readonly index: number };
  readonly connected?: Moment | undefined;
  readonly secureStart?: Moment | undefined;
  readonly wait?: { readonly begin: Moment; readonly end?: Moment | undefined } | undefined;
  readonly usable?: Moment | undefined;
  readonly zeroRtt?: boolean | undefined;
  readonly ech?: Attempt['ech'];
  readonly http3From?: Attempt['http3From'];
  /** Usable, and yet no packet ever came back. */
  readonly unansweredMs?: number | undefined;
  readonly failed?: { readonly at: Moment; readonly code?: number | undefined } | undefined;
  readonly closed?: Moment | undefined;
  readonly cancelReason?: string | undefined;
  readonly slow?: boolean | undefined;
  readonly alpn?: string | undefined;
  readonly stage: EndpointStage;
  readonly sourceIds: readonly (number | undefined)[];
}

/** The family of an endpoint in the contract's form; drafts are made of such only. */
export function endpointFamily(ipEndpoint: string): Family {
  return ipEndpoint.startsWith('[') ? 'ipv6' : 'ipv4';
}

export function winnerOf(drafts: readonly AttemptDraft[]): AttemptDraft | undefined {
  let winner: AttemptDraft | undefined;
  for (const draft of drafts) {
    if (draft.usable === undefined) continue;
    if (winner?.usable === undefined || compareMoments(draft.usable, winner.usable) < 0) winner = draft;
  }
  return winner;
}

/** Attempts in order of their start. `raceEnd`: first usable connection, or final failure. */
export function settle(
  drafts: readonly AttemptDraft[],
  winner: AttemptDraft | undefined,
  raceEnd: Moment | undefined,
  context: Context,
): Attempt[] {
  return drafts.toSorted((a, b) => compareMoments(a.start, b.start)).map((draft): Attempt => {
    const outcome = outcomeOf(draft, winner, raceEnd);
    const end = outcome === 'won' || outcome === 'spare' ? draft.usable : outcome === 'failed' ? draft.failed?.at : draft.closed;
    const code = outcome === 'failed' ? draft.failed?.code : undefined;
    return {
      id: draft.id,
      part: draft.part,
      transport: draft.transport,
      ipEndpoint: draft.ipEndpoint,
      localEndpoint: draft.localEndpoint,
      family: endpointFamily(draft.ipEndpoint),
      connector: draft.connector,
      startMs: context.at(draft.start),
      connectedMs: draft.connected && context.at(draft.connected),
      secureStartMs: draft.secureStart && context.at(draft.secureStart),
      cryptoWaitMs: draft.wait?.end && context.between(draft.wait.begin, draft.wait.end),
      endMs: end && context.at(end),
      ech: draft.ech,
      http3From: draft.http3From,
      zeroRtt: draft.zeroRtt || undefined,
      unansweredMs: draft.unansweredMs,
      outcome,
      netError: code === undefined ? undefined : context.netError(code),
      cancelReason: outcome === 'lost' || outcome === 'cancelled' ? draft.cancelReason : undefined,
      slow: draft.slow || undefined,
      endpointStage: draft.stage,
      evidence: evidenceOf(draft.sourceIds, [draft.start, draft.connected, draft.secureStart, end]),
    };
  });
}

/** What a race says of its winner. */
export function winnerView(winner: AttemptDraft | undefined): Race['winner'] {
  return (
    winner && {
      attemptId: winner.id,
      transport: winner.transport,
      family: endpointFamily(winner.ipEndpoint),
      ipEndpoint: winner.ipEndpoint,
      alpn: winner.alpn,
      endpointStage: winner.stage,
    }
  );
}

function outcomeOf(draft: AttemptDraft, winner: AttemptDraft | undefined, raceEnd: Moment | undefined): Attempt['outcome'] {
  if (draft === winner) return 'won';
  if (draft.usable !== undefined) return 'spare';
  if (draft.failed !== undefined) return 'failed';
  if (draft.closed === undefined) return 'unfinished';
  return winner !== undefined && raceEnd !== undefined && draft.closed.time >= raceEnd.time ? 'lost' : 'cancelled';
}
