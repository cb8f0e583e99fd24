/** What happens on sessions: responses, ORIGIN frames, migration, and their end. */
import { familyOfCanonical, type IpEndpoint } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { AlternativeService } from '../svcb/lookup-options.ts';
import type { ConnectionId, RequestId } from './client-output.ts';
import type { ClientOptions } from './client-options.ts';
import type { Destinations } from './destinations.ts';
import type { Outbox } from './outbox.ts';
import type { QuicMemory } from './quic-memory.ts';
import type { Requests } from './requests.ts';
import type { ServerMemory } from './server-memory.ts';
import type { Session } from './session.ts';
import type { SessionPool } from './session-pool.ts';

/** ERR_HTTP_1_1_REQUIRED. */
const HTTP_1_1_REQUIRED = -365;
/**
 * ERR_CONNECTION_CLOSED, _RESET, _ABORTED: on a session that was used before, they may mean that the server had closed
 * it when the request left (RFC 9112 §9.3.1).
 */
const LOST_ON_REUSE: ReadonlySet<number> = new Set([-100, -101, -103]);

interface Parts {
  readonly options: ClientOptions;
  readonly outbox: Outbox;
  readonly sessions: SessionPool;
  readonly quic: QuicMemory;
  readonly servers: ServerMemory;
  readonly requests: Requests;
  readonly destinations: Destinations;
}

export class OpenSessions {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  responded(id: RequestId, alternatives: readonly AlternativeService[], now: Millis): void {
    const { requests, sessions, quic, destinations } = this.#parts;
    const request = requests.get(id);
    if (request === undefined) return;
    if (alternatives.length > 0) quic.learnAlternatives(request.destination, alternatives);
    requests.done(id, now);
    const session = request.connection === undefined ? undefined : sessions.get(request.connection);
    if (session?.busyWith === id) delete session.busyWith;
    if (session?.retired === true) this.#closeIfIdle(session, now);
    destinations.socketChanged(request.destination, now);
  }

  closed(id: ConnectionId, now: Millis, error?: number): void {
    const { sessions, quic, servers, outbox, destinations } = this.#parts;
    const session = sessions.get(id);
    if (session === undefined) return;
    sessions.remove(id);
    if (session.transport === 'quic' && error !== undefined) quic.doubt(session.destination);
    if (error === HTTP_1_1_REQUIRED) servers.requireHttp11(session.destination);
    outbox.emit({ kind: 'session-closed', connection: id }, now);
    this.#endRequests(id, error, now);
    destinations.socketChanged(session.destination, now);
  }

  originsReceived(id: ConnectionId, origins: readonly string[]): void {
    const { sessions, options } = this.#parts;
    const session = sessions.get(id);
    const { originFrames } = options.quic;
    if (session === undefined || originFrames === 'ignored' || (originFrames === 'over-quic' && session.transport !== 'quic')) return;
    session.origins = new Set([...session.origins, ...origins]);
  }

  /** The address of the family that the connection runs over is the one that counts. */
  preferredAddress(id: ConnectionId, { ipv4, ipv6 }: { readonly ipv4?: IpEndpoint | undefined; readonly ipv6?: IpEndpoint | undefined }, now: Millis): void {
    const { sessions, options, outbox } = this.#parts;
    const session = sessions.get(id);
    const current = session?.ips.at(-1);
    if (session === undefined || current === undefined || session.transport !== 'quic' || !options.quic.migratesToPreferredAddress) return;
    const ip = familyOfCanonical(current.address) === 'ipv6' ? ipv6 : ipv4;
    if (ip === undefined) return;
    session.migratesTo = ip;
    outbox.emit({ kind: 'migrate', connection: id, ip }, now);
  }

  migrated(id: ConnectionId): void {
    const session = this.#parts.sessions.get(id);
    if (session?.migratesTo === undefined) return;
    session.ips = [...session.ips, session.migratesTo];
    delete session.migratesTo;
  }

  migrationFailed(id: ConnectionId): void {
    const session = this.#parts.sessions.get(id);
    if (session !== undefined) delete session.migratesTo;
  }

  retireAll(now: Millis): void {
    for (const session of this.#parts.sessions.all()) {
      if (session.destination.scheme !== 'https') continue;
      session.retired = true;
      this.#closeIfIdle(session, now);
    }
  }

  #closeIfIdle(session: Session, now: Millis): void {
    const { requests, destinations } = this.#parts;
    if (requests.carriedBy(session.connection).length === 0) destinations.sockets.close(session, now);
  }

  /** A request is sent once more, by another session, if this one may have been closed before it was sent. */
  #endRequests(connection: ConnectionId, error: number | undefined, now: Millis): void {
    const { requests, destinations } = this.#parts;
    for (const request of requests.carriedBy(connection)) {
      const isLost = error === HTTP_1_1_REQUIRED || (request.reused && error !== undefined && LOST_ON_REUSE.has(error));
      if (!isLost || request.retried) requests.fail(request.id, 'session-closed', error, now);
      else {
        requests.retry(request, error, now);
        destinations.serve(request, now);
      }
    }
  }
}
