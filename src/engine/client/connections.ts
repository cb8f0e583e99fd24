/** The connections of races from the first packet to the session: what an attempt of a race means on the network. */
import type { Millis } from '../../units.ts';
import type { AttemptId, RaceOutput } from '../race/race-output.ts';
import type { ConnectionId } from './client-output.ts';
import type { Outbox } from './outbox.ts';
import type { QuicMemory } from './quic-memory.ts';
import type { Connection, RunningRace, StartAttempt } from './running-race.ts';

export class Connections {
  readonly #outbox: Outbox;
  readonly #quic: QuicMemory;
  readonly #tlsTimeout: Millis;
  readonly #connections = new Map<ConnectionId, Connection>();
  #last: ConnectionId = 0;

  /** `tlsTimeout`: for a secure handshake over TCP from its first packet on; `Infinity`: none. */
  constructor(outbox: Outbox, quic: QuicMemory, tlsTimeout: Millis) {
    this.#outbox = outbox;
    this.#quic = quic;
    this.#tlsTimeout = tlsTimeout;
  }

  /** `undefined` if it is over, or a session by now. */
  get(id: ConnectionId): Connection | undefined {
    return this.#connections.get(id);
  }

  nextWakeAt(): Millis {
    let next = Infinity;
    if (this.#tlsTimeout < Infinity) for (const { tlsEndsAt = Infinity } of this.#connections.values()) next = Math.min(next, tlsEndsAt);
    return next;
  }

  /** Whose secure handshakes have taken too long. */
  overdue(now: Millis): readonly Connection[] {
    if (this.#tlsTimeout === Infinity) return [];
    return [...this.#connections.values()].filter(({ tlsEndsAt = Infinity }) => tlsEndsAt <= now);
  }

  start(start: StartAttempt, race: RunningRace, now: Millis): void {
    const id = ++this.#last;
    const { endpoint, attempt } = start;
    const { ip, ech, transport } = endpoint;
    const connection: Connection = { id, race, attempt, startedAt: now, start, transportUp: false, cryptoPermitted: start.secureHandshake === 'permitted' };
    race.connections.set(attempt, connection);
    this.#connections.set(id, connection);
    this.#outbox.emit({ kind: 'attempt-began', race: race.id, connection: id, attempt, endpoint }, now);
    if (transport === 'tcp') {
      race.tcpStarted = true;
      return this.#outbox.emit({ kind: 'connect-tcp', connection: id, ip }, now);
    }
    const earlyData = this.#quic.isResumable(race.destination);
    this.#outbox.emit({ kind: 'connect-quic', connection: id, ip, serverName: race.destination.host, ...(ech !== undefined && { ech }), earlyData }, now);
  }

  permitCrypto({ attempt, endpoint }: Extract<RaceOutput, { kind: 'permit-crypto' }>, race: RunningRace, now: Millis): void {
    const connection = race.connections.get(attempt);
    if (connection === undefined) return;
    connection.cryptoPermitted = true;
    connection.start = { ...connection.start, endpoint };
    this.#startTls(connection, now);
  }

  transportConnected(connection: Connection, now: Millis): void {
    connection.transportUp = true;
    this.#startTls(connection, now);
  }

  /** It is a session, or has failed. */
  take({ id, race, attempt }: Connection): void {
    this.#connections.delete(id);
    race.connections.delete(attempt);
  }

  cancel(race: RunningRace, attempt: AttemptId, now: Millis): void {
    const connection = race.connections.get(attempt);
    if (connection === undefined) return;
    this.take(connection);
    this.#outbox.emit({ kind: 'cancel-connection', connection: connection.id }, now);
  }

  #startTls(connection: Connection, now: Millis): void {
    const { id, race, transportUp, cryptoPermitted, start } = connection;
    const { alpn, ech, transport } = start.endpoint;
    if (transport !== 'tcp' || !transportUp || !cryptoPermitted || race.destination.scheme !== 'https') return;
    connection.tlsEndsAt = now + this.#tlsTimeout;
    this.#outbox.emit({ kind: 'start-tls', connection: id, serverName: race.destination.host, alpn, ...(ech !== undefined && { ech }) }, now);
  }
}
