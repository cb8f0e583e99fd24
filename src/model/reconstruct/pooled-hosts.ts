/**
 * The hosts other than its own whose requests a session carried, and why it could.
 *
 * A race that ended on the session tells the reason. Where none was run, the request found the session at once: HTTP/2
 * sessions are found for other hosts by address alone; HTTP/3 sessions for those of an ORIGIN frame (RFC 9412), or as an
 * alias noted at an earlier match, of which the pool's verdict tells.
 */
import type { PoolingVerdicts } from '../handlers/pooling.ts';
import type { QuicSessionRecord } from '../handlers/quic-sessions.ts';
import type { Moment } from '../handlers/handler.ts';
import type { Race } from '../race.ts';
import type { Session } from '../session.ts';
import type { Context } from './context.ts';
import { originText } from './destination.ts';
import type { SessionRequest } from './session-requests.ts';

type PooledHost = NonNullable<Session['pooled']>[number];

export interface PoolingParts {
  readonly races: readonly Race[];
  readonly pooling: PoolingVerdicts;
}

export interface PooledHosts {
  /** In order of their first requests. */
  of(session: { readonly id: number; readonly own: string | undefined; readonly quic?: QuicSessionRecord }, requests: readonly SessionRequest[]): PooledHost[];
}

export function createPooledHosts({ races, pooling }: PoolingParts, context: Context): PooledHosts {
  const byRace = new Map<string, PooledHost['by']>();
  for (const { pooledOnto, destination } of races) {
    if (pooledOnto !== undefined && destination !== undefined) byRace.set(`${pooledOnto.sessionId} ${originText(destination)}`, pooledOnto.by);
  }

  function reason(sessionId: number, quic: QuicSessionRecord | undefined, origin: string, at: Moment | undefined): PooledHost['by'] {
    const told = byRace.get(`${sessionId} ${origin}`);
    if (told !== undefined) return told;
    if (quic === undefined) return 'ip';
    const { originFrame } = quic;
    if (originFrame?.origins.has(origin) === true) return 'origin-frame';
    return at === undefined ? 'unknown' : pooling.reason(origin, { sessionId, at, protocol: 'h3' });
  }

  return {
    of({ id, own, quic }, requests) {
      const found = new Map<string, PooledHost>();
      for (const { destination, sent } of requests) {
        const { host } = destination;
        if (host === own || found.has(host)) continue;
        found.set(host, { host, by: reason(id, quic, originText(destination), sent), atMs: sent && context.at(sent) });
      }
      return [...found.values()];
    },
  };
}
