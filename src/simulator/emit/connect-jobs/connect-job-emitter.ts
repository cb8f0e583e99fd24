/**
 * Logs a simulation in the form of Chromium before HEv3: stream jobs, socket pools with connect jobs, and the QUIC
 * session pool. Each thing that happens goes to the emitter of its layer.
 */
import type { Millis } from '../../../units.ts';
import type { ClientAction, ClientDecision, ConnectionId, RequestId } from '../../../engine/client/client-output.ts';
import type { EventParams } from '../../../netlog/event.ts';
import type { Happening } from '../../happening.ts';
import { NET_ERRORS } from '../../log/net-errors.ts';
import type { SimulatedSource, SourceLog } from '../../log/source-log.ts';
import type { ConnectionEvent } from '../../network/network-event.ts';
import { connectionOf } from '../connection-of.ts';
import type { EmitterFacts } from '../emitter-facts.ts';
import { REQUEST_ERRORS } from '../failure-errors.ts';
import { polledData } from '../polled-data.ts';
import { ResolverEmitter } from '../resolver/resolver-emitter.ts';
import { type OpenSession, SessionEmitter } from '../session-emitter.ts';
import { originText } from '../stream-key.ts';
import { UrlRequestEmitter } from '../url-request-emitter.ts';
import type { ConnectJobForm } from './connect-job.ts';
import type { ConnectRace } from './connect-race.ts';
import { ConnectRaces } from './connect-races.ts';
import { Streams } from './streams.ts';

export class ConnectJobEmitter {
  readonly #facts: EmitterFacts;
  readonly #resolver: ResolverEmitter;
  readonly #races: ConnectRaces;
  readonly #sessions: SessionEmitter;
  readonly #requests: UrlRequestEmitter;
  readonly #streams: Streams;
  /** The connect jobs of connections that no request has had yet. */
  readonly #madeBy = new Map<ConnectionId, SimulatedSource>();
  /** The race that a request waits for. */
  readonly #waitsFor = new Map<RequestId, ConnectRace>();
  readonly #carriers = new Map<RequestId, OpenSession>();

  constructor(log: SourceLog, facts: EmitterFacts, form: ConnectJobForm) {
    this.#facts = facts;
    this.#resolver = new ResolverEmitter(log, facts);
    this.#sessions = new SessionEmitter(log);
    this.#requests = new UrlRequestEmitter(log);
    this.#streams = new Streams(log, this.#sessions);
    this.#races = new ConnectRaces(log, facts, form, this.#resolver.requesters, this.#streams);
  }

  observe(happening: Happening): void {
    const { at } = happening;
    // At one instant timers come after what the network brings.
    this.#races.advance(at, happening.layer !== 'network');
    switch (happening.layer) {
      case 'network': {
        const { event } = happening;
        if (event.kind === 'address-added') return this.#races.networkChanged(at);
        this.#resolver.systemAnswered(event);
        const connection = connectionOf(event);
        if (connection !== undefined) this.#network(connection.id, connection.event, at);
        return;
      }
      case 'resolver': {
        const { output } = happening;
        this.#resolver.observe(output);
        if (output.kind === 'finished') this.#races.resolutionFinished(output.requestId, output.outcome, at);
        return;
      }
      case 'race':
        return this.#races.observe(happening.race, happening.output);
      case 'client':
        return this.#client(happening, at);
    }
  }

  finish(end: Millis): readonly EventParams[] {
    this.#races.finish(end);
    return polledData(this.#facts, this.#resolver, this.#sessions, end);
  }

  #network(connection: ConnectionId, event: ConnectionEvent, at: Millis): void {
    this.#races.network(connection, event, at);
    if (event.kind === 'response') this.#withSession(connection, (session) => this.#requests.responded(Number(event.request), session, event.response, at));
    this.#sessions.network(connection, event, at);
  }

  #client(event: ClientAction | ClientDecision, at: Millis): void {
    switch (event.kind) {
      case 'request-began':
        return this.#requestBegan(event, at);
      case 'resolution-began':
        return this.#resolver.askedAlone(event.resolverRequest, event.destination, at);
      case 'race-began':
        return this.#races.began(event, at);
      case 'race-joined':
        return this.#joined(event, at);
      case 'services-updated':
        return this.#races.servicesUpdated(event.race, event.view, at);
      case 'attempt-began':
        return this.#races.attemptBegan(event, at);
      case 'connect-quic':
        return this.#races.quicBegan(event, at);
      case 'start-tls':
        return this.#races.tlsBegan(event.connection, event.ech, at);
      case 'attempt-failed':
        return this.#races.failed(event.connection, event.error, at);
      case 'cancel-connection':
        return this.#races.cancelled(event.connection, at);
      case 'session-opened':
        return this.#opened(event, at);
      case 'race-abandoned':
        return this.#withRace(event.race, (race) => (race.ending = 'abandoned'));
      case 'session-pooled':
        return this.#withRace(event.race, (race) => this.#pooled(event.connection, race, at));
      case 'request-redirected': {
        const { request, destination } = event;
        this.#failed(request, NET_ERRORS.ERR_DNS_NAME_HTTPS_ONLY, at);
        const url = this.#requests.redirected(request, destination, at);
        return this.#streams.began(request, url, destination, this.#requests.source(request), at);
      }
      case 'request-retried': {
        const { request, error } = event;
        const begun = this.#requests.retried(request, error, at);
        this.#over(request, at);
        if (begun !== undefined) this.#streams.began(request, begun.url, begun.destination, begun.source, at);
        return;
      }
      case 'request-assigned':
        return this.#withSession(event.connection, (session) => this.#assigned(event.request, event.connection, session, at));
      case 'send-request':
        return this.#withSession(event.connection, (session) => this.#requests.sent(event.request, session, at));
      case 'request-done':
        this.#over(event.request, at);
        return this.#requests.done(event.request, at);
      case 'request-failed':
        this.#failed(event.request, event.error ?? REQUEST_ERRORS[event.failure], at);
        return this.#requests.failed(event, at);
      case 'request-cancelled':
        this.#streams.cancelled(event.request, at);
        this.#over(event.request, at);
        return this.#requests.cancelled(event.request, at);
      case 'quic-marked-broken':
        return this.#races.broken.mark(event.destination, event.until);
      case 'session-closed':
        return this.#sessions.closed(event.connection, at);
      case 'migrate':
        return this.#sessions.migrates(event.connection, event.ip, at);
      case 'connect-tcp':
        return;
    }
  }

  #requestBegan({ request, destination, purpose }: Extract<ClientDecision, { kind: 'request-began' }>, at: Millis): void {
    if (purpose === 'resolve') return;
    const url = purpose === 'preconnect' ? `${originText(destination)}/` : this.#facts.url(request);
    const source = purpose === 'preconnect' ? undefined : this.#requests.began(request, url, destination, at);
    this.#streams.began(request, url, destination, source, at);
  }

  #joined({ race: id, request }: Extract<ClientDecision, { kind: 'race-joined' }>, at: Millis): void {
    const race = this.#races.get(id);
    const stream = this.#streams.get(request);
    if (race === undefined || stream === undefined) return;
    this.#waitsFor.set(request, race);
    this.#races.joined(id, stream, at);
  }

  #opened({ connection, destination, alpn }: Extract<ClientDecision, { kind: 'session-opened' }>, at: Millis): void {
    const connected = this.#races.opened(connection, at);
    if (connected?.kind === 'quic') this.#sessions.openedOverQuic(connection, connected.flow);
    if (connected?.kind !== 'tcp') return;
    this.#sessions.openedOnSocket(connection, connected.socket, destination, alpn);
    this.#madeBy.set(connection, connected.job);
  }

  /** A session for another name serves the race. */
  #pooled(connection: ConnectionId, race: ConnectRace, at: Millis): void {
    const found = this.#sessions.get(connection);
    race.ending = 'pooled';
    if (found === undefined || found.protocol === 'http/1.1') return;
    if (found.protocol === 'h3') return this.#sessions.matchedByAddress(found.session, race.destination, at);
    const session = this.#sessions.http2(found, undefined, at);
    this.#races.release(race, at);
    const [first] = race.streams;
    if (first !== undefined) this.#streams.foundByAddress(first, session, at);
  }

  #assigned(request: RequestId, connection: ConnectionId, session: OpenSession, at: Millis): void {
    this.#carriers.set(request, session);
    this.#streams.assigned(request, session, this.#madeBy.get(connection), at);
    if (this.#requests.source(request) !== undefined) this.#madeBy.delete(connection);
  }

  #failed(request: RequestId, error: number, at: Millis): void {
    this.#streams.failed(request, error, this.#waitsFor.get(request)?.main?.source, at);
    this.#over(request, at);
  }

  /** HTTP/1.1 gives its socket back. */
  #over(request: RequestId, at: Millis): void {
    const carrier = this.#carriers.get(request);
    this.#carriers.delete(request);
    this.#waitsFor.delete(request);
    if (carrier?.protocol === 'http/1.1') carrier.socket.release(at);
  }

  #withRace(id: number, act: (race: ConnectRace) => void): void {
    const race = this.#races.get(id);
    if (race !== undefined) act(race);
  }

  #withSession(connection: ConnectionId, act: (session: OpenSession) => void): void {
    const session = this.#sessions.get(connection);
    if (session !== undefined) act(session);
  }
}
