/**
 * A connect job: CONNECT_JOB with TCP_CONNECT_JOB_CONNECT or TRANSPORT_CONNECT_JOB_CONNECT, for `https` within
 * SSL_CONNECT_JOB_CONNECT. Everything is logged on the source of the outermost job.
 *
 * TcpConnectJob's attempts belong to connectors, one attempt each at a time; the second is made after the connection
 * attempt delay, be there something for it to do or not. TransportConnectJob logs a fallback from IPv6 instead.
 */
import { type IpEndpoint, familyOf, formatEndpoint } from '../../../address.ts';
import type { Millis } from '../../../units.ts';
import type { ConnectionId } from '../../../engine/client/client-output.ts';
import type { Destination } from '../../../engine/client/destination.ts';
import type { Endpoint } from '../../../engine/endpoint.ts';
import type { EventParams } from '../../../netlog/event.ts';
import type { SimulatedSource, SourceLog } from '../../log/source-log.ts';
import { NET_ERRORS } from '../../log/net-errors.ts';
import type { ConnectionEvent } from '../../network/network-event.ts';
import type { EmitterFacts } from '../emitter-facts.ts';
import type { LogForm } from '../log-form.ts';
import { TcpSocket } from '../tcp-socket.ts';
import { groupId } from './group-id.ts';

export type ConnectJobForm = Exclude<LogForm, 'pool'>;

interface JobAttempt {
  readonly socket: TcpSocket;
  readonly connector: 'first' | 'second';
  state: 'connecting' | 'connected' | 'usable';
  /** What the server that rejected ECH offers instead. */
  retryConfigs?: string;
}

export class ConnectJob {
  readonly source: SimulatedSource;
  /** When its first attempt will be slow. */
  slowAt: Millis = Infinity;
  lastError: number | undefined;
  readonly #log: SourceLog;
  readonly #facts: EmitterFacts;
  readonly #form: ConnectJobForm;
  readonly #secure: boolean;
  readonly #attempts = new Map<ConnectionId, JobAttempt>();
  readonly #tried = new Set<string>();
  #hasSecondConnector = false;
  /** Its server has rejected ECH, and a second attempt follows. */
  #retries = false;
  #connecting = true;
  #ended = false;

  constructor(log: SourceLog, facts: EmitterFacts, form: ConnectJobForm, destination: Destination, backup: boolean, at: Millis) {
    this.#log = log;
    this.#facts = facts;
    this.#form = form;
    this.#secure = destination.scheme === 'https';
    this.source = log.source(this.#secure ? 'SSL_CONNECT_JOB' : form === 'tcp-connect-job' ? 'TCP_CONNECT_JOB' : 'TRANSPORT_CONNECT_JOB', at);
    log.begin(this.source, 'CONNECT_JOB', at);
    log.event(this.source, 'SOCKET_POOL_CONNECT_JOB_CREATED', at, { backup_job: backup, group_id: groupId(destination) });
    if (this.#secure) log.begin(this.source, 'SSL_CONNECT_JOB_CONNECT', at);
    log.begin(this.source, this.#connectType, at);
  }

  /** It works on nothing, and will not by itself. */
  get idle(): boolean {
    return !this.#ended && this.#attempts.size === 0 && !this.#retries;
  }

  hasTried(endpoint: string): boolean {
    return this.#tried.has(endpoint);
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** `slowAfter`: with the first attempt; absent: never. */
  attempt(connection: ConnectionId, { ip }: Endpoint, slowAfter: Millis | undefined, at: Millis): void {
    const log = this.#log;
    if (this.#retries) log.begin(this.source, this.#connectType, at);
    if (this.#retries) this.#connecting = true;
    this.#retries = false;
    if (this.#tried.size === 0 && slowAfter !== undefined) this.slowAt = at + slowAfter;
    this.#tried.add(formatEndpoint(ip));
    const connector = [...this.#attempts.values()].some((attempt) => attempt.connector === 'first') ? 'second' : 'first';
    if (connector === 'second') this.#makeSecondConnector(at);
    const socket = new TcpSocket(log, this.#facts, this.source, ip, at);
    this.#attempts.set(connection, { socket, connector, state: 'connecting' });
    const params = { address: formatEndpoint(ip), source_dependency: log.dependency(socket.source) };
    if (this.#form === 'tcp-connect-job') log.event(this.source, 'TCP_CONNECT_JOB_CONNECTOR_CONNECT_START', at, { ...params, connector });
    else log.event(this.source, 'TRANSPORT_CONNECT_JOB_CONNECT_ATTEMPT', at, params);
    socket.connect(at);
  }

  /** Its timer has run out. */
  slow(at: Millis): void {
    this.slowAt = Infinity;
    if (this.#ended || !this.#connecting || this.#attempts.size === 0) return;
    if (this.#form === 'tcp-connect-job') return this.#makeSecondConnector(at);
    const onIpv6 = [...this.#attempts.values()].some(({ socket }) => familyOf(socket.ip.address) === 'ipv6');
    if (onIpv6) this.#log.event(this.source, 'TRANSPORT_CONNECT_JOB_IPV6_FALLBACK', at);
  }

  network(connection: ConnectionId, event: ConnectionEvent, at: Millis): void {
    const attempt = this.#attempts.get(connection);
    if (attempt === undefined) return;
    const { socket } = attempt;
    if (event.kind === 'tcp-connected') this.#connected(attempt, event.local, at);
    else if (event.kind === 'tcp-failed') socket.failed(event.error.code, at);
    else if (event.kind === 'tls-failed') {
      socket.failed(event.error.code, at);
      if (event.retryConfigs !== undefined) attempt.retryConfigs = event.retryConfigs;
    }
    else if (event.kind === 'tls-done') {
      socket.secured(event, at);
      this.#usable(attempt, at);
    } else if (event.kind === 'closed' && attempt.state === 'usable') {
      // A connection that came too late to be of use, and that no session has taken.
      this.#attempts.delete(connection);
      socket.close(at);
    }
  }

  tlsBegan(connection: ConnectionId, ech: string | undefined, at: Millis): void {
    const attempt = this.#attempts.get(connection);
    if (attempt === undefined) return;
    this.#log.event(this.source, 'SSL_CONNECT_JOB_SSL_CONNECT', at, { ech_config_list: ech ?? '', ech_enabled: this.#facts.parameters.ech });
    attempt.socket.secure(ech, at);
  }

  failed(connection: ConnectionId, error: number, at: Millis): void {
    const attempt = this.#take(connection);
    if (attempt === undefined) return;
    const { socket, connector, state, retryConfigs = '' } = attempt;
    this.lastError = error;
    socket.failed(error, at);
    if (state === 'connecting' && this.#form === 'tcp-connect-job') this.#log.event(this.source, 'TCP_CONNECT_JOB_CONNECTOR_CONNECT_COMPLETE', at, { connector, net_error: error });
    if (error === NET_ERRORS.ERR_ECH_NOT_NEGOTIATED) {
      this.#retries = true;
      this.#log.event(this.source, 'SSL_CONNECT_JOB_RESTART_WITH_ECH_CONFIG_LIST', at, { bytes: retryConfigs });
    }
    socket.close(at);
  }

  /** Its socket is closed without a word of why. */
  cancelled(connection: ConnectionId, at: Millis): void {
    this.#take(connection)?.socket.close(at);
  }

  /** Its socket goes to a session. */
  handOver(connection: ConnectionId): TcpSocket | undefined {
    return this.#take(connection)?.socket;
  }

  /** `error`: absent if it has connected. */
  end(error: number | undefined, at: Millis): void {
    if (this.#ended) return;
    const params: EventParams | undefined = error === undefined ? undefined : { net_error: error };
    this.#ended = true;
    if (this.#connecting) this.#log.end(this.source, this.#connectType, at, params);
    if (this.#secure) this.#log.end(this.source, 'SSL_CONNECT_JOB_CONNECT', at, params);
    this.#log.end(this.source, 'CONNECT_JOB', at);
  }

  get #connectType(): 'TCP_CONNECT_JOB_CONNECT' | 'TRANSPORT_CONNECT_JOB_CONNECT' {
    return this.#form === 'tcp-connect-job' ? 'TCP_CONNECT_JOB_CONNECT' : 'TRANSPORT_CONNECT_JOB_CONNECT';
  }

  #makeSecondConnector(at: Millis): void {
    if (this.#hasSecondConnector || this.#form !== 'tcp-connect-job') return;
    this.#hasSecondConnector = true;
    this.#log.event(this.source, 'TCP_CONNECT_JOB_CREATE_SECOND_CONNECTOR', at);
  }

  #connected(attempt: JobAttempt, local: IpEndpoint | undefined, at: Millis): void {
    const { socket, connector } = attempt;
    const log = this.#log;
    attempt.state = 'connected';
    socket.connected(local, at);
    if (this.#connecting) {
      this.#connecting = false;
      if (this.#form === 'tcp-connect-job') {
        log.event(this.source, 'TCP_CONNECT_JOB_CONNECTOR_CONNECT_COMPLETE', at, { connector });
        log.event(this.source, 'TCP_CONNECT_JOB_VERIFY_IP_ENDPOINT_USABLE', at, { connector, is_usable: true });
        log.event(this.source, 'TCP_CONNECT_JOB_CONNECTOR_DONE', at, { connector });
      }
      log.event(this.source, 'CONNECT_JOB_SET_SOCKET', at, { source_dependency: log.dependency(socket.source) });
      log.end(this.source, this.#connectType, at);
    }
    if (!this.#secure) this.#usable(attempt, at);
  }

  #usable(attempt: JobAttempt, at: Millis): void {
    attempt.state = 'usable';
    if (this.#secure) this.#log.event(this.source, 'CONNECT_JOB_SET_SOCKET', at, { source_dependency: this.#log.dependency(attempt.socket.source) });
    this.end(undefined, at);
  }

  #take(connection: ConnectionId): JobAttempt | undefined {
    const attempt = this.#attempts.get(connection);
    this.#attempts.delete(connection);
    return attempt;
  }
}
