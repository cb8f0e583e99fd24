/**
 * Why a race ended on a session made for another host. The QUIC session pool logs its verdict per
 * destination; HTTP/2 sessions are found by IP only, or as an alias noted at an earlier match.
 */
import type { NetLogEvent } from '../../netlog/event.ts';
import { addTo } from '../grouping.ts';
import { lastUpTo } from '../ascending.ts';
import { type Handler, type Moment, momentOf } from './handler.ts';
import { dependency, text } from './params.ts';
import type { Race } from '../race.ts';

type Reason = NonNullable<Race['pooledOnto']>['by'];

interface Verdict {
  readonly at: Moment;
  readonly sessionId: number | undefined;
  readonly by: Reason;
}

/** On one destination, in log order. */
interface Verdicts {
  readonly bySession: Map<number | undefined, Verdict[]>;
  /** Those that name a session. */
  readonly named: Verdict[];
}

export interface PoolingVerdicts {
  /** The reason why `destination` could use a session at that moment; `unknown` where none is logged. */
  reason(destination: string | undefined, match: { readonly sessionId: number; readonly at: Moment; readonly protocol: 'h2' | 'h3' }): Reason;
  /** The latest session that the pool matched to a destination within a span of the log. */
  matchedWithin(destination: string, from: Moment, to: Moment | undefined): { readonly sessionId: number; readonly at: Moment; readonly by: Reason } | undefined;
  /** When a QUIC session could not be used for `destination` though its certificate covers it: only the address differed. */
  refusals(destination: string): readonly Moment[];
}

export interface PoolingHandler extends Handler, PoolingVerdicts {}

export function createPoolingHandler(): PoolingHandler {
  const verdicts = new Map<string, Verdicts>();
  const refusals = new Map<string, Moment[]>();

  function refuse(event: NetLogEvent): void {
    const destination = text(event.params, 'destination');
    if (destination === undefined) return;
    const known = refusals.get(destination);
    if (known === undefined) refusals.set(destination, [momentOf(event)]);
    else known.push(momentOf(event));
  }

  function verdict(by: Reason): (event: NetLogEvent) => void {
    return (event) => {
      const destination = text(event.params, 'destination');
      if (destination === undefined) return;
      const own = verdicts.get(destination) ?? { bySession: new Map<number | undefined, Verdict[]>(), named: [] };
      verdicts.set(destination, own);
      const found = { at: momentOf(event), sessionId: dependency(event.params), by };
      addTo(own.bySession, found.sessionId, found);
      if (found.sessionId !== undefined) own.named.push(found);
    };
  }

  return {
    on: {
      QUIC_SESSION_POOL_MATCHING_IP_SESSION_FOUND: verdict('ip'),
      QUIC_SESSION_POOL_POOLED_WITH_DIFFERENT_IP_SESSION: verdict('origin-frame'),
      QUIC_SESSION_POOL_CAN_POOL_BUT_DIFFERENT_IP: refuse,
    },
    reason(destination, { sessionId, at, protocol }) {
      const own = destination === undefined ? undefined : verdicts.get(destination);
      // One that names no session may mean any.
      const found = [undefined, sessionId].flatMap((id) => lastUpTo(own?.bySession.get(id) ?? [], at.index) ?? []);
      // An HTTP/2 session matches a race in progress by the addresses just resolved, and by nothing else.
      return found.toSorted((a, b) => a.at.index - b.at.index).at(-1)?.by ?? (protocol === 'h2' ? 'ip' : 'unknown');
    },
    matchedWithin(destination, from, to) {
      const found = lastUpTo(verdicts.get(destination)?.named ?? [], to?.index ?? Number.POSITIVE_INFINITY);
      return found?.sessionId === undefined || found.at.index < from.index ? undefined : { sessionId: found.sessionId, at: found.at, by: found.by };
    },
    refusals: (destination) => refusals.get(destination) ?? [],
  };
}
