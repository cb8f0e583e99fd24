/**
 * Logs a simulation in the form of Chromium's HEv3 engine, the HttpStreamPool: each thing that happens goes to the
 * emitter of its layer.
 */
import type { Millis } from '../../../units.ts';
import type { ClientAction, ClientDecision, ConnectionId } from '../../../engine/client/client-output.ts';
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
import type { AttemptManager } from './attempt-manager.ts';
import { Managers } from './managers.ts';
import { PoolJobs } from './pool-jobs.ts';
import { QuicAttemptEmitter } from './quic-attempt-emitter.ts';
import { TcpAttemptEmitter } from './tcp-attempt-emitter.ts';

export class PoolEmitter {
  readonly #log: SourceLog;
  readonly #facts: EmitterFacts;
  readonly #resolver: ResolverEmitter;
  readonly #managers: Managers;
  readonly #tcp: TcpAttemptEmitter;
  readonly #quic: QuicAttemptEmitter;
  readonly #sessions: SessionEmitter;
  readonly #requests: UrlRequestEmitter;
  readonly #jobs: PoolJobs;
  /** Whose attempt begins, until its connection does. */
  #beginning: AttemptManager | undefined;
  #isEchRetry = false;

  constructor(log: SourceLog, facts: EmitterFacts) {
    this.#log = log;
    this.#facts = facts;
    this.#resolver = new ResolverEmitter(log, facts);
    this.#managers = new Managers(log, this.#resolver, facts.parameters);
    this.#tcp = new TcpAttemptEmitter(log, facts);
    this.#quic = new QuicAttemptEmitter(log, facts);
    this.#sessions = new SessionEmitter(log);
    this.#requests = new UrlRequestEmitter(log);
    this.#jobs = new PoolJobs(log);
  }

  observe(happening: Happening): void {
    const { at } = happening;
    // At one instant timers come after what the network brings.
    this.#managers.advance(at, happening.layer !== 'network');
    switch (happening.layer) {
      case 'network': {
        const { event } = happening;
        this.#resolver.systemAnswered(event);
        const connection = connectionOf(event);
        if (connection !== undefined) this.#network(connection.id, connection.event, at);
        return;
      }
      case 'resolver': {
        const { output } = happening;
        this.#resolver.observe(output);
        if (output.kind === 'finished') this.#managers.resolutionFinished(output.requestId, output.outcome, at);
        return;
      }
      case 'race': {
        const { output } = happening;
        if (output.kind === 'start-attempt') this.#isEchRetry = output.echRetryOf !== undefined;
        return this.#managers.observe(happening.race, output);
      }
      case 'client':
        return this.#client(happening, at);
    }
  }

  finish(end: Millis): readonly EventParams[] {
    this.#managers.finish(end);
    return polledData(this.#facts, this.#resolver, this.#sessions, end);
  }

  #network(connection: ConnectionId, event: ConnectionEvent, at: Millis): void {
    this.#tcp.network(connection, event, at);
    this.#quic.network(connection, event);
    if (event.kind === 'tcp-connected') this.#managers.transportConnected(connection);
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
        return this.#managers.began(event, at);
      case 'race-joined':
        return this.#withManager(event.race, (manager) => this.#jobs.joined(event.request, manager, at));
      case 'services-updated':
        return this.#managers.servicesUpdated(event.race, event.view, at);
      case 'attempt-began':
        return this.#withManager(event.race, (manager) => {
          this.#beginning = manager;
          this.#managers.attemptBegan(manager, event, at);
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
        return this.#withManager(event.race, (manager) => void manager.abandoned.add(event.race));
      case 'session-pooled':
        return this.#withManager(event.race, (manager) => this.#pooled(event.connection, manager, at));
      case 'request-redirected': {
        const { request, destination } = event;
        this.#jobs.failed(request, NET_ERRORS.ERR_DNS_NAME_HTTPS_ONLY, at);
        const url = this.#requests.redirected(request, destination, at);
        return this.#jobs.began(request, url, destination, this.#requests.source(request), at);
      }
      case 'request-retried': {
        const { request, error } = event;
        const begun = this.#requests.retried(request, error, at);
        if (begun !== undefined) this.#jobs.began(request, begun.url, begun.destination, begun.source, at);
        return;
      }
      case 'request-assigned':
        return this.#withSession(event.connection, (session) => this.#jobs.assigned(event.request, session, this.#groupOf(session, at), at));
      case 'send-request':
        return this.#withSession(event.connection, (session) => this.#requests.sent(event.request, session, at));
      case 'request-done':
        return this.#requests.done(event.request, at);
      case 'request-failed':
        this.#jobs.failed(event.request, event.error ?? REQUEST_ERRORS[event.failure], at);
        return this.#requests.failed(event, at);
      case 'request-cancelled':
        this.#jobs.cancelled(event.request);
        return this.#requests.cancelled(event.request, at);
      case 'session-closed':
        return this.#sessions.closed(event.connection, at);
      case 'migrate':
        return this.#sessions.migrates(event.connection, event.ip, at);
      case 'quic-marked-broken':
        return;
    }
  }

  #requestBegan({ request, destination, purpose }: Extract<ClientDecision, { kind: 'request-began' }>, at: Millis): void {
    if (purpose === 'resolve') return;
    const url = purpose === 'preconnect' ? `${originText(destination)}/` : this.#facts.url(request);
    const source = purpose === 'preconnect' ? undefined : this.#requests.began(request, url, destination, at);
    this.#jobs.began(request, url, destination, source, at);
  }

  /** Its race may be over by then, if TCP wins with its own handshake. */
  #opened(connection: ConnectionId, alpn: string, at: Millis): void {
    const tcp = this.#tcp.succeeded(connection, at);
    if (tcp !== undefined) {
      const { manager, socket } = tcp;
      const open = this.#sessions.openedOnSocket(connection, socket, manager.destination, alpn);
      if (open.protocol !== 'h2') return;
      this.#sessions.http2(open, manager.source, at);
      manager.cancelReason = 'SpdySessionCreated';
      return;
    }
    const flow = this.#quic.succeeded(connection, at);
    if (flow !== undefined) this.#sessions.openedOverQuic(connection, flow);
  }

  /** A session for another name serves the race. */
  #pooled(connection: ConnectionId, manager: AttemptManager, at: Millis): void {
    const found = this.#sessions.get(connection);
    if (found === undefined || found.protocol === 'http/1.1' || found.session === undefined) return;
    const isQuic = found.protocol === 'h3';
    manager.pooled = true;
    manager.cancelReason = isQuic ? 'UsingExistingQuicSession' : 'UsingExistingSpdySession';
    if (isQuic) this.#sessions.matchedByAddress(found.session, manager.destination, at);
    const type = isQuic ? 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_EXISTING_QUIC_SESSION_MATCHED' : 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_EXISTING_SPDY_SESSION_MATCHED';
    this.#log.event(manager.source, type, at, { source_dependency: this.#log.dependency(found.session) });
  }

  /** HTTP/1.1 alone leaves its sockets to a group. */
  #groupOf(session: OpenSession, at: Millis): SimulatedSource | undefined {
    return session.protocol === 'http/1.1' ? this.#managers.groupOf(session.destination, at) : undefined;
  }

  #withManager(race: number, act: (manager: AttemptManager) => void): void {
    const manager = this.#managers.get(race);
    if (manager !== undefined) act(manager);
  }

  #withSession(connection: ConnectionId, act: (session: OpenSession) => void): void {
    const session = this.#sessions.get(connection);
    if (session !== undefined) act(session);
  }
}
