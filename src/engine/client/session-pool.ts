/** The sessions of a client: who can use which (RFC 9113 §9.1.1, RFC 9112 §9). */
import { type IpEndpoint, formatEndpoint } from '../../address.ts';
import type { Transport } from '../endpoint.ts';
import type { ConnectionId, RequestId } from './client-output.ts';
import { type Destination, destinationKey } from './destination.ts';

export interface Session {
  readonly connection: ConnectionId;
  readonly destination: Destination;
  readonly transport: Transport;
  readonly ip: IpEndpoint;
  readonly alpn: string;
  /** Names in the server's certificate; empty without TLS. */
  readonly names: readonly string[];
  /** HTTP/1.1 carries one request at a time. */
  busyWith?: RequestId;
}

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

  /** A session of this very destination that can take a request now, QUIC before TCP. */
  forDestination(destination: Destination): Session | undefined {
    const key = destinationKey(destination);
    let found: Session | undefined;
    for (const session of this.#sessions.values()) {
      if (destinationKey(session.destination) !== key || session.busyWith !== undefined) continue;
      if (found === undefined || (found.transport === 'tcp' && session.transport === 'quic')) found = session;
    }
    return found;
  }

  /** A multiplexed session to one of these endpoints whose certificate covers the host. */
  atEndpoint(endpoints: ReadonlySet<string>, { scheme, host }: Destination, quicOnly: boolean): Session | undefined {
    if (scheme !== 'https') return undefined;
    for (const session of this.#sessions.values()) {
      if (quicOnly ? session.transport !== 'quic' : session.alpn === 'http/1.1') continue;
      if (endpoints.has(formatEndpoint(session.ip)) && covers(session.names, host)) return session;
    }
    return undefined;
  }
}

/** RFC 9525 §6.3: a wildcard stands for one label, the leftmost. */
function covers(names: readonly string[], host: string): boolean {
  const parent = host.slice(host.indexOf('.'));
  return names.some((name) => name === host || (name.startsWith('*.') && name.slice(1) === parent));
}
