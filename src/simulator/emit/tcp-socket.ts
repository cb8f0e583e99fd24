/** A TCP socket: SOCKET_ALIVE, TCP_CONNECT with its one TCP_CONNECT_ATTEMPT, SSL_CONNECT. */
import { type IpEndpoint, formatEndpoint } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { SimulatedSource, SourceLog } from '../log/source-log.ts';
import { NET_ERRORS } from '../log/net-errors.ts';
import type { ConnectionEvent, NegotiatedTls } from '../network/network-event.ts';
import type { EmitterFacts } from './emitter-facts.ts';
import { localEndpoint } from './local-endpoint.ts';

/** The cipher suite is TLS_AES_128_GCM_SHA256. */
const SIMULATED_TLS: NegotiatedTls = { version: 'TLS 1.3', cipherSuite: 4865, isResumed: false };

/** errno on Linux; a reset while connecting is reported as a refusal. */
const OS_ERRORS: ReadonlyMap<number, number> = new Map([
  [NET_ERRORS.ERR_CONNECTION_RESET, 104],
  [NET_ERRORS.ERR_CONNECTION_TIMED_OUT, 110],
  [NET_ERRORS.ERR_CONNECTION_REFUSED, 111],
  [NET_ERRORS.ERR_ADDRESS_UNREACHABLE, 113],
]);

export class TcpSocket {
  readonly source: SimulatedSource;
  readonly ip: IpEndpoint;
  readonly #log: SourceLog;
  readonly #facts: EmitterFacts;
  /** The span that a failure ends; a socket that is closed ends none of them. */
  #doing: 'TCP_CONNECT' | 'SSL_CONNECT' | undefined;

  #inUse = false;

  constructor(log: SourceLog, facts: EmitterFacts, owner: SimulatedSource, ip: IpEndpoint, at: Millis) {
    this.#log = log;
    this.#facts = facts;
    this.ip = ip;
    this.source = log.source('SOCKET', at);
    log.begin(this.source, 'SOCKET_ALIVE', at, { source_dependency: log.dependency(owner) });
  }

  connect(at: Millis): void {
    const address = formatEndpoint(this.ip);
    this.#doing = 'TCP_CONNECT';
    this.#log.begin(this.source, 'TCP_CONNECT', at, { address_list: [address], aliases: [] });
    this.#log.begin(this.source, 'TCP_CONNECT_ATTEMPT', at, { address });
  }

  connected(local: IpEndpoint | undefined, at: Millis): void {
    const localAddress = local === undefined ? localEndpoint(this.#facts, this.ip.address, this.source) : formatEndpoint(local);
    this.#doing = undefined;
    this.#log.end(this.source, 'TCP_CONNECT_ATTEMPT', at);
    this.#log.end(this.source, 'TCP_CONNECT', at, { ...(localAddress !== undefined && { local_address: localAddress }), remote_address: formatEndpoint(this.ip) });
  }

  secure(ech: string | undefined, at: Millis): void {
    this.#doing = 'SSL_CONNECT';
    this.#log.begin(this.source, 'SSL_CONNECT', at);
    if (ech !== undefined) this.#log.event(this.source, 'SSL_ECH_CONFIG_LIST', at, { bytes: ech });
  }

  secured({ alpn, ech, tls = SIMULATED_TLS }: Extract<ConnectionEvent, { kind: 'tls-done' }>, at: Millis): void {
    this.#doing = undefined;
    const suite = tls.cipherSuite === undefined ? {} : { cipher_suite: tls.cipherSuite };
    this.#log.end(this.source, 'SSL_CONNECT', at, { ...suite, encrypted_client_hello: ech === 'accepted', is_resumed: tls.isResumed, next_proto: alpn, version: tls.version });
  }

  /** Once: nothing is open after the first failure. */
  failed(error: number, at: Millis): void {
    const doing = this.#doing;
    this.#doing = undefined;
    if (doing === undefined) return;
    const osError = OS_ERRORS.get(error);
    if (doing === 'TCP_CONNECT') this.#log.end(this.source, 'TCP_CONNECT_ATTEMPT', at, osError === undefined ? undefined : { os_error: osError });
    this.#log.end(this.source, doing, at, { net_error: error });
  }

  /** A stream job has got it. */
  use(job: SimulatedSource, at: Millis): void {
    if (this.#inUse) return;
    this.#inUse = true;
    this.#log.begin(this.source, 'SOCKET_IN_USE', at, { source_dependency: this.#log.dependency(job) });
  }

  /** It goes back to its pool. */
  release(at: Millis): void {
    if (this.#inUse) this.#log.end(this.source, 'SOCKET_IN_USE', at);
    this.#inUse = false;
  }

  close(at: Millis): void {
    this.release(at);
    this.#log.end(this.source, 'SOCKET_ALIVE', at);
  }
}
