/**
 * Attempts over TCP: TLS_STREAM_ATTEMPT, for `http` TCP_STREAM_ATTEMPT, with the SOCKET that they connect.
 *
 * The network's events are those of the socket, the client's those of the attempt. An attempt whose ECH was rejected
 * goes on with a second socket (RFC 9849 §6.1.6).
 */
import { type IpEndpoint, formatEndpoint } from '../../../address.ts';
import type { Millis } from '../../../units.ts';
import type { ConnectionId } from '../../../engine/client/client-output.ts';
import type { EventParams } from '../../../netlog/event.ts';
import type { SimulatedSource, SourceLog } from '../../log/source-log.ts';
import { NET_ERRORS } from '../../log/net-errors.ts';
import type { ConnectionEvent } from '../../network/network-event.ts';
import type { EmitterFacts } from '../emitter-facts.ts';
import { TcpSocket } from '../tcp-socket.ts';
import type { AttemptManager } from './attempt-manager.ts';

interface TcpAttempt {
  readonly manager: AttemptManager;
  readonly source: SimulatedSource;
  readonly socket: TcpSocket;
  phase: 'tcp' | 'waiting' | 'tls' | 'usable' | 'failed';
}

export class TcpAttemptEmitter {
  readonly #log: SourceLog;
  readonly #facts: EmitterFacts;
  readonly #attempts = new Map<ConnectionId, TcpAttempt>();
  /** The attempt of a manager that waits for a second socket. */
  readonly #retrying = new Map<AttemptManager, TcpAttempt>();

  constructor(log: SourceLog, facts: EmitterFacts) {
    this.#log = log;
    this.#facts = facts;
  }

  began(connection: ConnectionId, manager: AttemptManager, ip: IpEndpoint, isEchRetry: boolean, at: Millis): void {
    const log = this.#log;
    const { host, port } = manager.destination;
    const secure = manager.destination.scheme === 'https';
    const retried = isEchRetry ? this.#retrying.get(manager) : undefined;
    if (isEchRetry) this.#retrying.delete(manager);
    const source = retried?.source ?? log.source(secure ? 'TLS_STREAM_ATTEMPT' : 'TCP_STREAM_ATTEMPT', at);
    if (retried === undefined && secure) log.begin(source, 'TLS_STREAM_ATTEMPT_ALIVE', at, { host_port: formatEndpoint({ address: host, port }) });
    log.begin(source, 'TCP_STREAM_ATTEMPT_ALIVE', at, { ip_endpoint: formatEndpoint(ip) });
    const socket = new TcpSocket(log, this.#facts, source, ip, at);
    log.event(source, 'TCP_STREAM_ATTEMPT_CONNECT', at, { source_dependency: log.dependency(socket.source) });
    socket.connect(at);
    this.#attempts.set(connection, { manager, source, socket, phase: 'tcp' });
    if (retried !== undefined) return;
    log.event(manager.source, 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_START', at, { ip_endpoint: formatEndpoint(ip), source_dependency: log.dependency(source) });
    log.event(source, 'TCP_BASED_ATTEMPT_BOUND_TO_POOL', at, { source_dependency: log.dependency(manager.source) });
  }

  tlsBegan(connection: ConnectionId, ech: string | undefined, at: Millis): void {
    const attempt = this.#attempts.get(connection);
    if (attempt === undefined) return;
    attempt.phase = 'tls';
    this.#log.end(attempt.source, 'TLS_STREAM_ATTEMPT_WAIT_FOR_SERVICE_ENDPOINT', at);
    this.#log.begin(attempt.source, 'TLS_STREAM_ATTEMPT_CONNECT', at);
    attempt.socket.secure(ech, at);
  }

  network(connection: ConnectionId, event: ConnectionEvent, at: Millis): void {
    const attempt = this.#attempts.get(connection);
    if (attempt === undefined) return;
    const { socket } = attempt;
    if (event.kind === 'tcp-connected') this.#connected(attempt, event.local, at);
    else if (event.kind === 'tcp-failed') this.#brokeOff(attempt, event.error.code, at);
    else if (event.kind === 'tls-done') {
      attempt.phase = 'usable';
      socket.secured(event, at);
      this.#log.end(attempt.source, 'TLS_STREAM_ATTEMPT_CONNECT', at);
      this.#log.end(attempt.source, 'TLS_STREAM_ATTEMPT_ALIVE', at, { net_error: 0 });
    } else if (event.kind === 'tls-failed') this.#brokeOff(attempt, event.error.code, at);
  }

  /** The client's word that the attempt is over. */
  failed(connection: ConnectionId, error: number, at: Millis): void {
    const attempt = this.#take(connection);
    if (attempt === undefined) return;
    const { manager, socket } = attempt;
    manager.lastError = error;
    this.#brokeOff(attempt, error, at);
    socket.close(at);
    if (error === NET_ERRORS.ERR_ECH_NOT_NEGOTIATED) {
      this.#retrying.set(manager, attempt);
      return;
    }
    this.#endAttempt(attempt, { net_error: error }, at);
    this.#attemptEnd(attempt, error, at);
  }

  cancelled(connection: ConnectionId, at: Millis): void {
    const attempt = this.#take(connection);
    if (attempt === undefined) return;
    const { source, socket, phase, manager } = attempt;
    if (phase === 'tcp' && isSecure(attempt)) this.#log.end(source, 'TCP_STREAM_ATTEMPT_ALIVE', at, { net_error: NET_ERRORS.ERR_ABORTED });
    socket.close(at);
    this.#endAttempt(attempt, { cancel_reason: manager.cancelReason, net_error: NET_ERRORS.ERR_ABORTED }, at);
  }

  /** The attempt has won: its socket is the session's. Its race may be over by then. */
  succeeded(connection: ConnectionId, at: Millis): { readonly manager: AttemptManager; readonly socket: TcpSocket } | undefined {
    const attempt = this.#take(connection);
    if (attempt === undefined) return undefined;
    const { manager, socket } = attempt;
    this.#attemptEnd(attempt, 0, at);
    this.#log.event(manager.group, 'HTTP_STREAM_POOL_GROUP_HANDLE_CREATED', at, { reuse_type: 0, source_dependency: this.#log.dependency(socket.source) });
    return { manager, socket };
  }

  #connected(attempt: TcpAttempt, local: IpEndpoint | undefined, at: Millis): void {
    const secure = isSecure(attempt);
    attempt.phase = secure ? 'waiting' : 'usable';
    attempt.socket.connected(local, at);
    this.#log.end(attempt.source, 'TCP_STREAM_ATTEMPT_ALIVE', at, { net_error: 0 });
    if (secure) this.#log.begin(attempt.source, 'TLS_STREAM_ATTEMPT_WAIT_FOR_SERVICE_ENDPOINT', at);
  }

  /** By an answer of the network, or, as when a server closes amid the handshake, by the client's word alone. */
  #brokeOff(attempt: TcpAttempt, error: number, at: Millis): void {
    const { phase, source, socket } = attempt;
    attempt.phase = 'failed';
    socket.failed(error, at);
    if (phase === 'tcp' && isSecure(attempt)) this.#log.end(source, 'TCP_STREAM_ATTEMPT_ALIVE', at, { net_error: error });
    if (phase === 'tls') this.#log.end(source, 'TLS_STREAM_ATTEMPT_CONNECT', at, { net_error: error });
  }

  #attemptEnd({ manager, source, socket }: TcpAttempt, error: number, at: Millis): void {
    this.#log.event(manager.source, 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_END', at, { ip_endpoint: formatEndpoint(socket.ip), net_error: error, source_dependency: this.#log.dependency(source) });
  }

  #endAttempt(attempt: TcpAttempt, params: EventParams, at: Millis): void {
    this.#log.end(attempt.source, isSecure(attempt) ? 'TLS_STREAM_ATTEMPT_ALIVE' : 'TCP_STREAM_ATTEMPT_ALIVE', at, params);
  }

  #take(connection: ConnectionId): TcpAttempt | undefined {
    const attempt = this.#attempts.get(connection);
    this.#attempts.delete(connection);
    attempt?.manager.running.delete(connection);
    return attempt;
  }
}

function isSecure({ manager }: TcpAttempt): boolean {
  return manager.destination.scheme === 'https';
}
