/** Attempts over QUIC: HTTP_STREAM_POOL_QUIC_ATTEMPT. */
import { formatEndpoint } from '../../../address.ts';
import type { Millis } from '../../../units.ts';
import type { ClientAction, ConnectionId } from '../../../engine/client/client-output.ts';
import type { SimulatedSource, SourceLog } from '../../log/source-log.ts';
import { NET_ERRORS } from '../../log/net-errors.ts';
import type { ConnectionEvent, QuicErrorName } from '../../network/network-event.ts';
import type { EmitterFacts } from '../emitter-facts.ts';
import { metadataParams } from '../endpoints-params.ts';
import { type QuicFlow, closeQuicFlow, openQuicFlow } from '../quic-flow.ts';
import type { AttemptManager } from './attempt-manager.ts';

interface QuicAttempt {
  readonly manager: AttemptManager;
  readonly source: SimulatedSource;
  readonly flow: QuicFlow;
  quicError?: QuicErrorName;
}

export class QuicAttemptEmitter {
  readonly #log: SourceLog;
  readonly #facts: EmitterFacts;
  readonly #attempts = new Map<ConnectionId, QuicAttempt>();

  constructor(log: SourceLog, facts: EmitterFacts) {
    this.#log = log;
    this.#facts = facts;
  }

  began(action: Extract<ClientAction, { kind: 'connect-quic' }>, manager: AttemptManager, at: Millis): void {
    const log = this.#log;
    const { connection, ip, earlyData } = action;
    const source = log.source('HTTP_STREAM_POOL_QUIC_ATTEMPT', at);
    const service = manager.view?.services.find(({ quic, port, ipv4, ipv6 }) => quic.length > 0 && port === ip.port && [ipv4, ipv6].some((known) => known.state === 'positive' && known.addresses.includes(ip.address)));
    log.begin(source, 'HTTP_STREAM_POOL_QUIC_ATTEMPT_ALIVE', at, { ip_endpoint: formatEndpoint(ip), metadata: metadataParams(service), quic_version: 'RFCv1', source_dependency: log.dependency(manager.source) });
    log.event(manager.source, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_BOUND', at, { source_dependency: log.dependency(source) });
    log.begin(source, 'QUIC_SESSION_POOL_JOB_CONNECT', at, { require_confirmation: !earlyData });
    this.#attempts.set(connection, { manager, source, flow: openQuicFlow(log, this.#facts, source, manager.destination, action, at) });
  }

  network(connection: ConnectionId, event: ConnectionEvent): void {
    const attempt = this.#attempts.get(connection);
    if (attempt !== undefined && event.kind === 'quic-failed' && event.quicError !== undefined) attempt.quicError = event.quicError;
  }

  failed(connection: ConnectionId, error: number, at: Millis): void {
    const attempt = this.#take(connection);
    if (attempt === undefined) return;
    const { manager, quicError } = attempt;
    manager.lastError = error;
    this.#close(attempt, error, quicError ?? 'QUIC_HANDSHAKE_FAILED', at);
    this.#log.event(manager.source, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_COMPLETED', at, { ...(quicError !== undefined && { quic_error: quicError }), result: error });
  }

  cancelled(connection: ConnectionId, at: Millis): void {
    const attempt = this.#take(connection);
    if (attempt !== undefined) this.#close(attempt, NET_ERRORS.ERR_ABORTED, 'QUIC_CONNECTION_CANCELLED', at);
  }

  succeeded(connection: ConnectionId, at: Millis): QuicFlow | undefined {
    const attempt = this.#take(connection);
    if (attempt === undefined) return undefined;
    const { manager, source, flow } = attempt;
    manager.cancelReason = 'QuicSessionCreated';
    this.#log.end(source, 'QUIC_SESSION_POOL_JOB_CONNECT', at);
    this.#log.end(source, 'HTTP_STREAM_POOL_QUIC_ATTEMPT_ALIVE', at);
    this.#log.event(manager.source, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_COMPLETED', at, { result: 0, source_dependency: this.#log.dependency(flow.session) });
    return flow;
  }

  #close({ source, flow }: QuicAttempt, error: number, quicError: QuicErrorName | 'QUIC_CONNECTION_CANCELLED', at: Millis): void {
    this.#log.end(source, 'QUIC_SESSION_POOL_JOB_CONNECT', at, { net_error: error });
    this.#log.end(source, 'HTTP_STREAM_POOL_QUIC_ATTEMPT_ALIVE', at, { net_error: error });
    closeQuicFlow(this.#log, flow, 'net error', quicError, at);
  }

  #take(connection: ConnectionId): QuicAttempt | undefined {
    const attempt = this.#attempts.get(connection);
    this.#attempts.delete(connection);
    attempt?.manager.running.delete(connection);
    return attempt;
  }
}
