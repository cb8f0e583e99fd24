/**
 * Attempts over TCP: TLS_STREAM_ATTEMPT, for `http` TCP_STREAM_ATTEMPT, with the SOCKET that they connect.
 *
 * The network's events are those of the socket, the client's those of the attempt. An attempt whose ECH was rejected
 * goes on with a second socket (RFC 9849 §6.1.6).
 */
import { type IpEndpoint, familyOf, formatEndpoint } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { ConnectionId } from '../../engine/client/client-output.ts';
import type { EventParams } from '../../netlog/event.ts';
import type { SimulatedSource, SourceLog } from '../log/source-log.ts';
import { NET_ERRORS } from '../log/net-errors.ts';
import type { ConnectionEvent } from '../network/network-event.ts';
import type { EmitterFacts } from './emitter-facts.ts';
import { localEndpoint } from './local-endpoint.ts';
import type { RunningRace } from './race-emitter.ts';

/** TLS_AES_128_GCM_SHA256. */
const CIPHER_SUITE = 4865;
/** errno of ECONNREFUSED, which a reset while connecting is reported as. */
const REFUSED = 111;

interface TcpAttempt {
  readonly race: RunningRace;
  readonly source: SimulatedSource;
  readonly socket: SimulatedSource;
  readonly ip: IpEndpoint;
  phase: 'tcp' | 'waiting' | 'tls' | 'usable' | 'failed';
}

export class TcpAttemptEmitter {
  readonly #log: SourceLog;
  readonly #facts: EmitterFacts;
  readonly #attempts = new Map<ConnectionId, TcpAttempt>();
  /** The attempt of a race that waits for a second socket. */
  readonly #retrying = new Map<RunningRace, TcpAttempt>();

  constructor(log: SourceLog, facts: EmitterFacts) {
    this.#log = log;
    this.#facts = facts;
  }

  began(connection: ConnectionId, race: RunningRace, ip: IpEndpoint, isEchRetry: boolean, at: Millis): void {
    const log = this.#log;
    const { host, port } = race.destination;
    const secure = race.destination.scheme === 'https';
    const retried = isEchRetry ? this.#retrying.get(race) : undefined;
    if (isEchRetry) this.#retrying.delete(race);
    const source = retried?.source ?? log.source(secure ? 'TLS_STREAM_ATTEMPT' : 'TCP_STREAM_ATTEMPT', at);
    if (retried === undefined && secure) log.begin(source, 'TLS_STREAM_ATTEMPT_ALIVE', at, { host_port: formatEndpoint({ address: host, port }) });
    log.begin(source, 'TCP_STREAM_ATTEMPT_ALIVE', at, { ip_endpoint: formatEndpoint(ip) });
    const socket = log.source('SOCKET', at);
    log.begin(socket, 'SOCKET_ALIVE', at, { source_dependency: log.dependency(source) });
    log.event(source, 'TCP_STREAM_ATTEMPT_CONNECT', at, { source_dependency: log.dependency(socket) });
    log.begin(socket, 'TCP_CONNECT', at, { address_list: [formatEndpoint(ip)], aliases: [] });
    log.begin(socket, 'TCP_CONNECT_ATTEMPT', at, { address: formatEndpoint(ip) });
    this.#attempts.set(connection, { race, source, socket, ip, phase: 'tcp' });
    if (retried !== undefined) return;
    log.event(race.manager, 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_START', at, { ip_endpoint: formatEndpoint(ip), source_dependency: log.dependency(source) });
    log.event(source, 'TCP_BASED_ATTEMPT_BOUND_TO_POOL', at, { source_dependency: log.dependency(race.manager) });
  }

  tlsBegan(connection: ConnectionId, ech: string | undefined, at: Millis): void {
    const attempt = this.#attempts.get(connection);
    if (attempt === undefined) return;
    const { source, socket } = attempt;
    attempt.phase = 'tls';
    this.#log.end(source, 'TLS_STREAM_ATTEMPT_WAIT_FOR_SERVICE_ENDPOINT', at);
    this.#log.begin(source, 'TLS_STREAM_ATTEMPT_CONNECT', at);
    this.#log.begin(socket, 'SSL_CONNECT', at);
    if (ech !== undefined) this.#log.event(socket, 'SSL_ECH_CONFIG_LIST', at, { bytes: ech });
  }

  network(connection: ConnectionId, event: ConnectionEvent, at: Millis): void {
    const attempt = this.#attempts.get(connection);
    if (attempt === undefined) return;
    if (event.kind === 'tcp-connected') this.#connected(attempt, at);
    else if (event.kind === 'tcp-failed') this.#connectFailed(attempt, event.error.code, at);
    else if (event.kind === 'tls-done') this.#secured(attempt, event.alpn, event.ech === 'accepted', at);
    else if (event.kind === 'tls-failed') this.#secureFailed(attempt, event.error.code, at);
  }

  /** The client's word that the attempt is over. */
  failed(connection: ConnectionId, error: number, at: Millis): void {
    const attempt = this.#take(connection);
    if (attempt === undefined) return;
    const { race, source, socket } = attempt;
    race.lastError = error;
    this.#log.end(socket, 'SOCKET_ALIVE', at);
    if (error === NET_ERRORS.ERR_ECH_NOT_NEGOTIATED) {
      this.#retrying.set(race, attempt);
      return;
    }
    this.#endAttempt(attempt, { net_error: error }, at);
    this.#attemptEnd(race, source, attempt.ip, error, at);
  }

  cancelled(connection: ConnectionId, at: Millis): void {
    const attempt = this.#take(connection);
    if (attempt === undefined) return;
    const { source, socket, phase, race } = attempt;
    if (phase === 'tcp' && isSecure(attempt)) this.#log.end(source, 'TCP_STREAM_ATTEMPT_ALIVE', at, { net_error: NET_ERRORS.ERR_ABORTED });
    this.#log.end(socket, 'SOCKET_ALIVE', at);
    this.#endAttempt(attempt, { cancel_reason: race.cancelReason, net_error: NET_ERRORS.ERR_ABORTED }, at);
  }

  /** The attempt has won: its socket is the session's. */
  succeeded(connection: ConnectionId, at: Millis): { readonly race: RunningRace; readonly socket: SimulatedSource } | undefined {
    const attempt = this.#take(connection);
    if (attempt === undefined) return undefined;
    const { race, source, socket, ip } = attempt;
    this.#attemptEnd(race, source, ip, 0, at);
    this.#log.event(race.group, 'HTTP_STREAM_POOL_GROUP_HANDLE_CREATED', at, { reuse_type: 0, source_dependency: this.#log.dependency(socket) });
    return { race, socket };
  }

  #connected(attempt: TcpAttempt, at: Millis): void {
    const { source, socket, ip } = attempt;
    const local = this.#facts.localAddress(familyOf(ip.address) ?? 'ipv4');
    attempt.phase = isSecure(attempt) ? 'waiting' : 'usable';
    this.#log.end(socket, 'TCP_CONNECT_ATTEMPT', at);
    this.#log.end(socket, 'TCP_CONNECT', at, { local_address: localEndpoint(local, socket), remote_address: formatEndpoint(ip) });
    this.#log.end(source, 'TCP_STREAM_ATTEMPT_ALIVE', at, { net_error: 0 });
    if (attempt.phase === 'waiting') this.#log.begin(source, 'TLS_STREAM_ATTEMPT_WAIT_FOR_SERVICE_ENDPOINT', at);
  }

  #connectFailed(attempt: TcpAttempt, error: number, at: Millis): void {
    const { source, socket } = attempt;
    attempt.phase = 'failed';
    this.#log.end(socket, 'TCP_CONNECT_ATTEMPT', at, error === NET_ERRORS.ERR_CONNECTION_REFUSED ? { os_error: REFUSED } : { net_error: error });
    this.#log.end(socket, 'TCP_CONNECT', at, { net_error: error });
    if (isSecure(attempt)) this.#log.end(source, 'TCP_STREAM_ATTEMPT_ALIVE', at, { net_error: error });
  }

  #secured(attempt: TcpAttempt, alpn: string, encryptedClientHello: boolean, at: Millis): void {
    const { source, socket } = attempt;
    attempt.phase = 'usable';
    this.#log.end(socket, 'SSL_CONNECT', at, { cipher_suite: CIPHER_SUITE, encrypted_client_hello: encryptedClientHello, is_resumed: false, next_proto: alpn, version: 'TLS 1.3' });
    this.#log.end(source, 'TLS_STREAM_ATTEMPT_CONNECT', at);
    this.#log.end(source, 'TLS_STREAM_ATTEMPT_ALIVE', at, { net_error: 0 });
  }

  #secureFailed(attempt: TcpAttempt, error: number, at: Millis): void {
    attempt.phase = 'failed';
    this.#log.end(attempt.socket, 'SSL_CONNECT', at, { net_error: error });
    this.#log.end(attempt.source, 'TLS_STREAM_ATTEMPT_CONNECT', at, { net_error: error });
  }

  #attemptEnd({ manager }: RunningRace, source: SimulatedSource, ip: IpEndpoint, error: number, at: Millis): void {
    this.#log.event(manager, 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_END', at, { ip_endpoint: formatEndpoint(ip), net_error: error, source_dependency: this.#log.dependency(source) });
  }

  #endAttempt(attempt: TcpAttempt, params: EventParams, at: Millis): void {
    this.#log.end(attempt.source, isSecure(attempt) ? 'TLS_STREAM_ATTEMPT_ALIVE' : 'TCP_STREAM_ATTEMPT_ALIVE', at, params);
  }

  #take(connection: ConnectionId): TcpAttempt | undefined {
    const attempt = this.#attempts.get(connection);
    this.#attempts.delete(connection);
    attempt?.race.running.delete(connection);
    return attempt;
  }
}

function isSecure({ race }: TcpAttempt): boolean {
  return race.destination.scheme === 'https';
}
