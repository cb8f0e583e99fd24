/** The sessions of a client: which of them a request can use. Who may share one says `session.ts`. */
import type { ConnectionId } from './client-output.ts';
import { type Destination, destinationKey } from './destination.ts';
import { type RequestTerms, permits } from './request.ts';
import { type Session, belongsTo, isAuthoritative, isIdle, isMultiplexed, isReachedAt } from './session.ts';

const ANY: RequestTerms = {};

export class SessionPool {
  readonly #sessions = new Map<ConnectionId, Session>();

  add(session: Session): void {
    this.#sessions.set(session.connection, session);
  }

  remove(connection: ConnectionId): void {
    this.#sessions.delete(connection);
  }

  get(connection: ConnectionId): Session | undefined {
    return this.#sessions.get(connection);
  }

  all(): Iterable<Session> {
    return this.#sessions.values();
  }

  /** A session of this very destination that can take a request on these terms now, QUIC before TCP. */
  forDestination(destination: Destination, terms = ANY): Session | undefined {
    const key = destinationKey(destination);
    return this.#best((session) => isIdle(session) && belongsTo(session, key) && permits(terms, session.alpn));
  }

  /** One whose server has claimed the origin in an ORIGIN frame. */
  claiming(destination: Destination, terms = ANY): Session | undefined {
    return this.#best((session) => isAuthoritative(session, destination) && permits(terms, session.alpn));
  }

  /** A multiplexed session to one of these endpoints whose certificate covers the host. */
  atEndpoint(endpoints: ReadonlySet<string>, destination: Destination, terms = ANY): Session | undefined {
    return this.#best((session) => isReachedAt(session, endpoints, destination) && permits(terms, session.alpn));
  }

  /** One session serves all requests to the destination. */
  isMultiplexed(destination: Destination): boolean {
    const key = destinationKey(destination);
    return this.#best((session) => isMultiplexed(session) && belongsTo(session, key)) !== undefined;
  }

  /** Sockets to a destination, by its key; without one: to all. */
  sockets(key?: string): number {
    let count = 0;
    for (const { transport, destination } of this.#sessions.values()) if (transport === 'tcp' && (key === undefined || destinationKey(destination) === key)) count += 1;
    return count;
  }

  /** Sockets over TCP that carry nothing, the one opened first before others. */
  idleSockets(): readonly Session[] {
    return [...this.#sessions.values()].filter((session) => session.transport === 'tcp' && !isMultiplexed(session) && isIdle(session));
  }

  #best(suits: (session: Session) => boolean): Session | undefined {
    let found: Session | undefined;
    for (const session of this.#sessions.values()) {
      if (session.retired || !suits(session)) continue;
      if (session.transport === 'quic') return session;
      found ??= session;
    }
    return found;
  }
}
