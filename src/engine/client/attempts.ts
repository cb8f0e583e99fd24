/** What becomes of attempts on the network, for their races, for the sessions, and for what the client remembers. */
import type { Millis } from '../../units.ts';
import type { AttemptFailure } from '../race/race.ts';
import type { AddressHistories } from './address-histories.ts';
import type { ConnectionId } from './client-output.ts';
import type { Connections } from './connections.ts';
import { ALPN_NEGOTIATION_FAILED, type Destinations } from './destinations.ts';
import type { Outbox } from './outbox.ts';
import { type QuicMemory, speaksAgainstQuic } from './quic-memory.ts';
import type { Connection, RunningRace } from './running-race.ts';
import type { ServerMemory } from './server-memory.ts';
import type { Session } from './session.ts';
import type { SessionPool } from './session-pool.ts';

/** ERR_TIMED_OUT. */
const TIMED_OUT = -7;

/** What a handshake brought. */
export interface Handshake {
  readonly alpn: string;
  /** Names in the certificate; empty without TLS. */
  readonly names: readonly string[];
}

interface Parts {
  readonly outbox: Outbox;
  readonly connections: Connections;
  readonly sessions: SessionPool;
  readonly quic: QuicMemory;
  readonly servers: ServerMemory;
  readonly destinations: Destinations;
  readonly histories: AddressHistories;
}

export class Attempts {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  nextWakeAt(): Millis {
    return this.#parts.connections.nextWakeAt();
  }

  /** Secure handshakes that have taken too long are failures (L-10). */
  wake(now: Millis): void {
    for (const { id } of this.#parts.connections.overdue(now)) {
      this.failed(id, { kind: 'error' }, TIMED_OUT, now);
      this.#parts.outbox.emit({ kind: 'cancel-connection', connection: id }, now);
    }
  }

  transportConnected(id: ConnectionId, now: Millis): void {
    const { connections, histories } = this.#parts;
    const connection = connections.get(id);
    if (connection === undefined) return;
    const { race, attempt, start, startedAt } = connection;
    const { address } = start.endpoint.ip;
    const history = histories.of(race.destination);
    history.connected(address, now - startedAt);
    if (race.destination.scheme === 'http') return this.secured(id, { alpn: 'http/1.1', names: [] }, now);
    const roundTrip = history.roundTripTo(address);
    // TLS 1.3 takes one round trip (HE-67).
    race.race.transportConnected(attempt, now, roundTrip === undefined ? undefined : now + roundTrip);
    connections.transportConnected(connection, now);
  }

  secured(id: ConnectionId, handshake: Handshake, now: Millis): void {
    const { connections, outbox, quic } = this.#parts;
    const connection = connections.get(id);
    if (connection === undefined) return;
    const { race, attempt, start } = connection;
    if (handshake.alpn === 'http/1.1' && isToAlternative(connection)) {
      this.failed(id, { kind: 'error' }, ALPN_NEGOTIATION_FAILED, now);
      return outbox.emit({ kind: 'cancel-connection', connection: id }, now);
    }
    connections.take(connection);
    this.#open(connection, handshake, now);
    if (start.endpoint.transport === 'quic') quic.confirm(race.destination);
    else this.#concludeFromTcp(race, now);
    race.race.succeeded(attempt, now);
  }

  failed(id: ConnectionId, failure: AttemptFailure, error: number, now: Millis): void {
    const { connections, outbox, sessions } = this.#parts;
    const connection = connections.get(id);
    if (connection === undefined) return;
    const { race, attempt, start } = connection;
    const { transport } = start.endpoint;
    const ofAlternative = isToAlternative(connection);
    connections.take(connection);
    race.lastError = error;
    if (transport === 'quic') {
      race.quic = speaksAgainstQuic(error) ? 'failed' : 'out';
      race.services.offerTcp();
    }
    if (ofAlternative) race.failedAlternatives.add(start.endpoint.ip.port);
    outbox.emit({ kind: 'attempt-failed', race: race.id, connection: id, error }, now);
    if (transport === 'tcp' && failure.kind !== 'ech-rejected') this.#parts.destinations.tcpAttemptFailed(race, error, now);
    // TCP worked and QUIC did not, be it later (M-58).
    if (race.quic === 'failed' && sessions.forDestination(race.destination)?.transport === 'tcp') this.#concludeFromTcp(race, now);
    // A bad certificate of an alternative is no fault of the origin's (M-74).
    race.race.failed(attempt, ofAlternative && failure.kind === 'fatal' ? { kind: 'error' } : failure, now);
  }

  /** Nobody may use what the attempt over QUIC would bring. */
  dropQuic(id: ConnectionId, now: Millis): void {
    const { connections, outbox } = this.#parts;
    const connection = connections.get(id);
    if (connection === undefined) return;
    const { race, attempt } = connection;
    connections.take(connection);
    race.quic = 'out';
    race.services.offerTcp();
    outbox.emit({ kind: 'cancel-connection', connection: id }, now);
    race.race.failed(attempt, { kind: 'error' }, now);
  }

  /** A second socket to a server that multiplexes serves nobody: Chromium lets it idle, and opens no session on it. */
  #open({ id, race, start }: Connection, { alpn, names }: Handshake, now: Millis): void {
    const { sessions, servers, destinations, outbox } = this.#parts;
    const { destination } = race;
    const { ip, transport } = start.endpoint;
    delete race.brought;
    if (transport === 'tcp') {
      servers.chose(destination, alpn);
      if (destinations.isServed(destination)) return;
    }
    const session: Session = { connection: id, destination, transport, ips: [ip], alpn, names, aliases: new Set(), origins: new Set(), retired: false };
    sessions.add(session);
    race.brought = session;
    outbox.emit({ kind: 'session-opened', race: race.id, connection: id, destination, alpn }, now);
  }

  /** It works over TCP to the origin: what has failed beside it is broken (M-58, M-72). */
  #concludeFromTcp(race: RunningRace, now: Millis): void {
    const { quic, outbox } = this.#parts;
    const { destination } = race;
    for (const alternative of quic.alternativesOf(destination, now)) {
      if (alternative.protocol !== 'h3' && race.failedAlternatives.has(alternative.port ?? destination.port)) quic.markBroken(destination, now, alternative);
    }
    if (race.quic !== 'failed') return;
    race.quic = 'out';
    outbox.emit({ kind: 'quic-marked-broken', destination, until: quic.markBroken(destination, now) }, now);
  }
}

/** To a TCP alternative (RFC 7838), at an endpoint that is none of the origin's own: it does not speak for the origin. */
function isToAlternative({ race, start }: Connection): boolean {
  const { ip, transport } = start.endpoint;
  if (transport === 'quic' || ip.port === race.destination.port) return false;
  const services = race.services.known().services.filter(({ port }) => port === ip.port);
  return services.length > 0 && services.every(({ kind }) => kind === 'alt-svc');
}
