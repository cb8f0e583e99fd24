/**
 * Attempts over QUIC: HTTP_STREAM_POOL_QUIC_ATTEMPT with its UDP socket and the QUIC_SESSION, which is there from the
 * first packet on. Left out: packets after the first ones of each side.
 */
import { familyOf, formatEndpoint } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { ClientAction, ConnectionId } from '../../engine/client/client-output.ts';
import type { SimulatedSource, SourceLog } from '../log/source-log.ts';
import { NET_ERRORS } from '../log/net-errors.ts';
import { QUIC_ERRORS } from '../log/quic-errors.ts';
import type { ConnectionEvent, QuicErrorName } from '../network/network-event.ts';
import type { EmitterFacts } from './emitter-facts.ts';
import { metadataParams } from './endpoints-params.ts';
import { localEndpoint } from './local-endpoint.ts';
import type { RunningRace } from './race-emitter.ts';
import { NETWORK_KEY } from './stream-key.ts';
import { type UdpSocket, closeUdpSocket, connectUdpSocket, openUdpSocket } from './udp-socket.ts';

/** Payload of a datagram with an Initial packet. */
const INITIAL_SIZE = 1230;

/** What is left of an attempt once it has won. */
export interface QuicFlow {
  readonly race: RunningRace;
  readonly session: SimulatedSource;
  readonly udp: UdpSocket;
  readonly peer: string;
  readonly earlyData: boolean;
}

interface QuicAttempt extends QuicFlow {
  readonly source: SimulatedSource;
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

  began({ connection, ip, serverName, ech, earlyData }: Extract<ClientAction, { kind: 'connect-quic' }>, race: RunningRace, at: Millis): void {
    const log = this.#log;
    const peer = formatEndpoint(ip);
    const source = log.source('HTTP_STREAM_POOL_QUIC_ATTEMPT', at);
    const service = race.view?.services.find(({ quic, port, ipv4, ipv6 }) => quic.length > 0 && port === ip.port && [ipv4, ipv6].some((known) => known.state === 'positive' && known.addresses.includes(ip.address)));
    log.begin(source, 'HTTP_STREAM_POOL_QUIC_ATTEMPT_ALIVE', at, { ip_endpoint: peer, metadata: metadataParams(service), quic_version: 'RFCv1', source_dependency: log.dependency(race.manager) });
    log.event(race.manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_BOUND', at, { source_dependency: log.dependency(source) });
    log.begin(source, 'QUIC_SESSION_POOL_JOB_CONNECT', at, { require_confirmation: !earlyData });
    const udp = openUdpSocket(log, source, at);
    connectUdpSocket(log, udp, ip, at);
    const local = localEndpoint(this.#facts.localAddress(familyOf(ip.address) ?? 'ipv4'), udp.socket);
    log.event(udp.socket, 'UDP_LOCAL_ADDRESS', at, { address: local });
    const session = log.source('QUIC_SESSION', at);
    log.begin(session, 'QUIC_SESSION', at, {
      ...(ech !== undefined && { ech_config_list: ech }),
      host: serverName,
      network_anonymization_key: NETWORK_KEY,
      port: race.destination.port,
      privacy_mode: 'disabled',
      proxy_chain: '[direct://]',
      require_confirmation: !earlyData,
      source_dependency: log.dependency(source),
      versions: 'RFCv1',
    });
    log.event(source, 'QUIC_SESSION_CREATED', at, { source_dependency: log.dependency(session) });
    log.event(source, 'QUIC_SESSION_POOL_JOB_RESULT', at, { source_dependency: log.dependency(session) });
    const levels = earlyData ? ['ENCRYPTION_INITIAL', 'ENCRYPTION_ZERO_RTT'] : ['ENCRYPTION_INITIAL'];
    for (const [i, level] of levels.entries()) {
      log.event(session, 'QUIC_SESSION_PACKET_SENT', at, { encryption_level: level, packet_number: i + 1, sent_time_us: Math.round(at * 1000), size: INITIAL_SIZE, transmission_type: 'NOT_RETRANSMISSION' });
    }
    log.event(udp.socket, 'UDP_BYTES_SENT', at, { byte_count: INITIAL_SIZE });
    this.#attempts.set(connection, { race, source, session, udp, peer, earlyData });
  }

  network(connection: ConnectionId, event: ConnectionEvent): void {
    const attempt = this.#attempts.get(connection);
    if (attempt !== undefined && event.kind === 'quic-failed' && event.quicError !== undefined) attempt.quicError = event.quicError;
  }

  failed(connection: ConnectionId, error: number, at: Millis): void {
    const attempt = this.#take(connection);
    if (attempt === undefined) return;
    const { race, quicError } = attempt;
    race.lastError = error;
    this.#close(attempt, error, quicError ?? 'QUIC_HANDSHAKE_FAILED', at);
    this.#log.event(race.manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_COMPLETED', at, { ...(quicError !== undefined && { quic_error: quicError }), result: error });
  }

  cancelled(connection: ConnectionId, at: Millis): void {
    const attempt = this.#take(connection);
    if (attempt !== undefined) this.#close(attempt, NET_ERRORS.ERR_ABORTED, 'QUIC_CONNECTION_CANCELLED', at);
  }

  succeeded(connection: ConnectionId, at: Millis): QuicFlow | undefined {
    const attempt = this.#take(connection);
    if (attempt === undefined) return undefined;
    const { race, source, session } = attempt;
    this.#log.end(source, 'QUIC_SESSION_POOL_JOB_CONNECT', at);
    this.#log.end(source, 'HTTP_STREAM_POOL_QUIC_ATTEMPT_ALIVE', at);
    this.#log.event(race.manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_COMPLETED', at, { result: 0, source_dependency: this.#log.dependency(session) });
    return attempt;
  }

  #close({ source, session, udp }: QuicAttempt, error: number, quicError: keyof typeof QUIC_ERRORS, at: Millis): void {
    this.#log.end(source, 'QUIC_SESSION_POOL_JOB_CONNECT', at, { net_error: error });
    this.#log.end(source, 'HTTP_STREAM_POOL_QUIC_ATTEMPT_ALIVE', at, { net_error: error });
    this.#log.event(session, 'QUIC_SESSION_CLOSED', at, { details: 'net error', from_peer: false, quic_error: QUIC_ERRORS[quicError] });
    this.#log.end(session, 'QUIC_SESSION', at);
    closeUdpSocket(this.#log, udp, at);
  }

  #take(connection: ConnectionId): QuicAttempt | undefined {
    const attempt = this.#attempts.get(connection);
    this.#attempts.delete(connection);
    attempt?.race.running.delete(connection);
    return attempt;
  }
}
