/**
 * Logs a simulation in the form of Chromium's HEv3 engine, the HttpStreamPool: each thing that happens goes to the
 * emitter of its layer. Rules of the simulated engine that Chromium has no event for are not in the log.
 */
import type { Millis } from '../../units.ts';
import type { ClientAction, ClientDecision, ConnectionId } from '../../engine/client/client-output.ts';
import type { Happening } from '../happening.ts';
import type { SourceLog } from '../log/source-log.ts';
import type { ConnectionEvent, NetworkEvent } from '../network/network-event.ts';
import type { EmitterFacts } from './emitter-facts.ts';
import { QuicAttemptEmitter } from './quic-attempt-emitter.ts';
import { RaceEmitter, type RunningRace } from './race-emitter.ts';
import { RequestEmitter } from './request-emitter.ts';
import { ResolverEmitter } from './resolver-emitter.ts';
import { type OpenSession, SessionEmitter } from './session-emitter.ts';
import { TcpAttemptEmitter } from './tcp-attempt-emitter.ts';

export interface PoolEmitter {
  /** Happenings in the order in which they happened; what the network brings before what the client makes of it. */
  observe(happening: Happening): void;
  /** What is unfinished stays so. */
  finish(): void;
}

export function createPoolEmitter(log: SourceLog, facts: EmitterFacts): PoolEmitter {
  return new Emitter(log, facts);
}

class Emitter implements PoolEmitter {
  readonly #resolver: ResolverEmitter;
  readonly #races: RaceEmitter;
  readonly #tcp: TcpAttemptEmitter;
  readonly #quic: QuicAttemptEmitter;
  readonly #sessions: SessionEmitter;
  readonly #requests: RequestEmitter;
  /** The race whose attempt begins, until its connection does. */
  #beginning: RunningRace | undefined;
  #isEchRetry = false;

  constructor(log: SourceLog, facts: EmitterFacts) {
    this.#resolver = new ResolverEmitter(log, facts);
    this.#races = new RaceEmitter(log, this.#resolver);
    this.#tcp = new TcpAttemptEmitter(log, facts);
    this.#quic = new QuicAttemptEmitter(log, facts);
    this.#sessions = new SessionEmitter(log, facts);
    this.#requests = new RequestEmitter(log, facts);
  }

  observe(happening: Happening): void {
    this.#races.advance(happening.at);
    switch (happening.layer) {
      case 'network':
        return this.#network(happening.event, happening.at);
      case 'resolver': {
        const { output, at } = happening;
        this.#resolver.observe(output);
        if (output.kind === 'finished') this.#races.resolutionFinished(output.requestId, output.outcome, at);
        return;
      }
      case 'race': {
        const { output } = happening;
        if (output.kind === 'start-attempt') this.#isEchRetry = output.echRetryOf !== undefined;
        return this.#races.observe(happening.race, output);
      }
      case 'client':
        return this.#client(happening, happening.at);
    }
  }

  finish(): void {
    this.#races.finish();
  }

  #network(event: NetworkEvent, at: Millis): void {
    if (event.kind === 'address-added') return;
    this.#resolver.systemAnswered(event);
    const id = String(event.id);
    if (!id.startsWith('c')) return;
    const connection = Number(id.slice(1));
    const connectionEvent = event as ConnectionEvent;
    this.#tcp.network(connection, connectionEvent, at);
    this.#quic.network(connection, connectionEvent);
    if (connectionEvent.kind === 'response') {
      const session = this.#sessions.get(connection);
      if (session !== undefined) this.#requests.responded(Number(connectionEvent.request), session, connectionEvent.response, at);
    }
    this.#sessions.network(connection, connectionEvent, at);
  }

  #client(event: ClientAction | ClientDecision, at: Millis): void {
    switch (event.kind) {
      case 'request-began':
        return this.#requests.began(event, at);
      case 'resolution-began':
        return this.#resolver.askedAlone(event.resolverRequest, event.destination, at);
      case 'race-began':
        return this.#races.began(event, at);
      case 'race-joined':
        return this.#withRace(event.race, (race) => this.#requests.joined(event.request, race, at));
      case 'services-updated':
        return this.#races.servicesUpdated(event.race, event.view, at);
      case 'attempt-began':
        return this.#withRace(event.race, (race) => {
          this.#beginning = race;
          this.#races.attemptBegan(race, event.connection, event.endpoint, at);
        });
      case 'connect-tcp':
        if (this.#beginning !== undefined) this.#tcp.began(event.connection, this.#beginning, event.ip, this.#isEchRetry, at);
        return;
      case 'connect-quic':
        if (this.#beginning !== undefined) this.#quic.began(event, this.#beginning, at);
        return;
      case 'start-tls':
        return this.#tcp.tlsBegan(event.connection, event.ech, at);
      case 'attempt-failed':
        this.#tcp.failed(event.connection, event.error, at);
        return this.#quic.failed(event.connection, event.error, at);
      case 'cancel-connection':
        this.#tcp.cancelled(event.connection, at);
        return this.#quic.cancelled(event.connection, at);
      case 'session-opened':
        return this.#opened(event.connection, event.alpn, at);
      case 'race-abandoned':
        return this.#withRace(event.race, (race) => (race.abandoned = true));
      case 'session-pooled':
        return this.#withRace(event.race, (race) => this.#sessions.pooled(event.connection, race, at));
      case 'request-redirected':
        return this.#requests.redirected(event.request, event.destination, at);
      case 'request-assigned':
        return this.#withSession(event.connection, (session) => this.#requests.assigned(event.request, session, at));
      case 'send-request':
        return this.#withSession(event.connection, (session) => this.#requests.sent(event.request, session, at));
      case 'request-done':
        return this.#requests.done(event.request, at);
      case 'request-failed':
        return this.#requests.failed(event, at);
      case 'request-cancelled':
        return this.#requests.cancelled(event.request, at);
      case 'session-closed':
      case 'quic-marked-broken':
        return;
    }
  }

  /** Its race may be over by then, if TCP wins with its own handshake. */
  #opened(connection: ConnectionId, alpn: string, at: Millis): void {
    const tcp = this.#tcp.succeeded(connection, at);
    if (tcp !== undefined) return this.#sessions.openedOnSocket(connection, tcp.race, tcp.socket, alpn, at);
    const flow = this.#quic.succeeded(connection, at);
    if (flow !== undefined) this.#sessions.openedOverQuic(connection, flow);
  }

  #withRace(id: number, act: (race: RunningRace) => void): void {
    const race = this.#races.get(id);
    if (race !== undefined) act(race);
  }

  #withSession(connection: ConnectionId, act: (session: OpenSession) => void): void {
    const session = this.#sessions.get(connection);
    if (session !== undefined) act(session);
  }
}
