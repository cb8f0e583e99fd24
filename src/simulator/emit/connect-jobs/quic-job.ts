/**
 * A job of the QUIC session pool: QUIC_SESSION_POOL_DIRECT_JOB, which tries one address, or the
 * QUIC_SESSION_POOL_ASYNC_DNS_JOB of Chromium's feature of that name, which tries several.
 */
import { familyOf, formatEndpoint } from '../../../address.ts';
import type { Millis } from '../../../units.ts';
import type { ClientAction, ConnectionId } from '../../../engine/client/client-output.ts';
import type { Destination } from '../../../engine/client/destination.ts';
import type { SimulatedSource, SourceLog } from '../../log/source-log.ts';
import { NET_ERRORS } from '../../log/net-errors.ts';
import type { ConnectionEvent, QuicErrorName } from '../../network/network-event.ts';
import type { EmitterFacts } from '../emitter-facts.ts';
import { type QuicFlow, closeQuicFlow, openQuicFlow } from '../quic-flow.ts';
import { networkKey } from '../stream-key.ts';
import type { StreamJob } from './stream-job.ts';

interface QuicAttempt {
  readonly flow: QuicFlow;
  /** What the async job's events say of it. */
  readonly params: { readonly attempt_id: number; readonly connector: string; readonly ip_endpoint: string; readonly slot: string };
  quicError?: QuicErrorName;
}

export class QuicJob {
  readonly source: SimulatedSource;
  readonly #log: SourceLog;
  readonly #facts: EmitterFacts;
  readonly #destination: Destination;
  readonly #bound: StreamJob[] = [];
  readonly #attempts = new Map<ConnectionId, QuicAttempt>();
  #attemptCount = 0;
  #ended = false;

  constructor(log: SourceLog, facts: EmitterFacts, destination: Destination, at: Millis) {
    const { host, port } = destination;
    this.#log = log;
    this.#facts = facts;
    this.#destination = destination;
    this.source = log.source(this.#async ? 'QUIC_SESSION_POOL_ASYNC_DNS_JOB' : 'QUIC_SESSION_POOL_DIRECT_JOB', at);
    log.begin(this.source, 'QUIC_SESSION_POOL_JOB', at, { host, network_anonymization_key: networkKey(destination), port, privacy_mode: 'disabled', proxy_chain: '[direct://]' });
  }

  get ended(): boolean {
    return this.#ended;
  }

  bind(job: StreamJob, at: Millis): void {
    this.#bound.push(job);
    this.#log.event(this.source, 'QUIC_SESSION_POOL_JOB_BOUND_TO', at, { source_dependency: this.#log.dependency(job.source) });
    this.#log.event(job.source, 'BOUND_TO_QUIC_SESSION_POOL_JOB', at, { source_dependency: this.#log.dependency(this.source) });
  }

  attempt(action: Extract<ClientAction, { kind: 'connect-quic' }>, at: Millis): void {
    const { connection, ip, earlyData } = action;
    const isSecond = this.#attempts.size > 0;
    const params = { attempt_id: ++this.#attemptCount, connector: isSecond ? 'second' : 'first', ip_endpoint: formatEndpoint(ip), slot: isSecond ? 'secondary' : 'primary' };
    if (this.#async) {
      const family = familyOf(ip.address) === 'ipv6' ? 'IPv6' : 'IPv4';
      this.#log.event(this.source, 'QUIC_SESSION_POOL_ASYNC_DNS_JOB_ATTEMPT_STARTED', at, { ...params, address_family: family, is_stale: false, quic_version: 'RFCv1' });
    } else this.#log.begin(this.source, 'QUIC_SESSION_POOL_JOB_CONNECT', at, { require_confirmation: !earlyData });
    this.#attempts.set(connection, { params, flow: openQuicFlow(this.#log, this.#facts, this.source, this.#destination, action, at) });
  }

  network(connection: ConnectionId, event: ConnectionEvent): void {
    const attempt = this.#attempts.get(connection);
    if (attempt !== undefined && event.kind === 'quic-failed' && event.quicError !== undefined) attempt.quicError = event.quicError;
  }

  succeeded(connection: ConnectionId, at: Millis): QuicFlow | undefined {
    const attempt = this.#take(connection);
    if (attempt === undefined) return undefined;
    if (this.#async) {
      this.#log.event(this.source, 'QUIC_SESSION_POOL_ASYNC_DNS_JOB_CONNECTOR_SETTLED_JOB', at, { ...attempt.params, completion_reason: 'attempt_succeeded' });
      this.#complete(0, 'attempt_succeeded', at);
    } else this.#log.end(this.source, 'QUIC_SESSION_POOL_JOB_CONNECT', at);
    this.#end(at);
    return attempt.flow;
  }

  failed(connection: ConnectionId, error: number, at: Millis): void {
    this.#gaveUp(connection, error, undefined, at);
  }

  /** `error`: that of the network, or that nobody wants it any more. */
  cancelled(connection: ConnectionId, error: number, at: Millis): void {
    this.#gaveUp(connection, error, error === NET_ERRORS.ERR_NETWORK_CHANGED ? 'QUIC_IP_ADDRESS_CHANGED' : 'QUIC_CONNECTION_CANCELLED', at);
  }

  /** There is nothing to connect to, or nothing more. */
  end(error: number, at: Millis): void {
    if (this.#ended) return;
    if (this.#async && this.#attemptCount > 0) this.#complete(error, 'failed', at);
    this.#end(at);
  }

  get #async(): boolean {
    return this.#facts.parameters.asyncDnsQuicJob;
  }

  #gaveUp(connection: ConnectionId, error: number, reason: 'QUIC_CONNECTION_CANCELLED' | 'QUIC_IP_ADDRESS_CHANGED' | undefined, at: Millis): void {
    const attempt = this.#take(connection);
    if (attempt === undefined) return;
    const { flow, quicError, params } = attempt;
    if (!this.#async) this.#log.end(this.source, 'QUIC_SESSION_POOL_JOB_CONNECT', at, { net_error: error });
    else if (reason === undefined) this.#log.event(this.source, 'QUIC_SESSION_POOL_ASYNC_DNS_JOB_ATTEMPT_FAILED', at, { ...params, net_error: error });
    closeQuicFlow(this.#log, flow, 'net error', reason ?? quicError ?? 'QUIC_HANDSHAKE_FAILED', at);
    if (!this.#async) this.#end(at);
  }

  #complete(error: number, reason: string, at: Millis): void {
    this.#log.event(this.source, 'QUIC_SESSION_POOL_ASYNC_DNS_JOB_COMPLETE', at, { attempt_count: this.#attemptCount, completion_reason: reason, net_error: error });
  }

  #end(at: Millis): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const job of this.#bound) job.connected(at);
    this.#log.end(this.source, 'QUIC_SESSION_POOL_JOB', at);
  }

  #take(connection: ConnectionId): QuicAttempt | undefined {
    const attempt = this.#attempts.get(connection);
    this.#attempts.delete(connection);
    return attempt;
  }
}
