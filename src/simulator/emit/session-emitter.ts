/** Sessions: HTTP2_SESSION, QUIC_SESSION once it is usable, and the bare socket of HTTP/1.1. */
import { type IpEndpoint, formatEndpoint } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { ConnectionId } from '../../engine/client/client-output.ts';
import type { Destination } from '../../engine/client/destination.ts';
import type { SimulatedSource, SourceLog } from '../log/source-log.ts';
import { NET_ERRORS } from '../log/net-errors.ts';
import type { QUIC_ERRORS } from '../log/quic-errors.ts';
import type { ConnectionEvent } from '../network/network-event.ts';
import { MigrationEmitter } from './migration-emitter.ts';
import { type QuicFlow, closeQuicFlow } from './quic-flow.ts';
import { originText } from './stream-key.ts';
import type { TcpSocket } from './tcp-socket.ts';

interface OverTcp {
  readonly socket: TcpSocket;
  /** That it was opened for. */
  readonly destination: Destination;
}

export type OpenSession =
  | ({ readonly protocol: 'http/1.1' } & OverTcp)
  /** `session`: absent until somebody asks for it. */
  | ({ readonly protocol: 'h2'; session?: SimulatedSource } & OverTcp)
  | { readonly protocol: 'h3'; readonly session: SimulatedSource; readonly flow: QuicFlow };

export class SessionEmitter {
  readonly #log: SourceLog;
  readonly #sessions = new Map<ConnectionId, OpenSession>();
  readonly #migrations: MigrationEmitter;
  #quicPool: SimulatedSource | undefined;

  constructor(log: SourceLog) {
    this.#log = log;
    this.#migrations = new MigrationEmitter(log);
  }

  get(connection: ConnectionId): OpenSession | undefined {
    return this.#sessions.get(connection);
  }

  openedOnSocket(connection: ConnectionId, socket: TcpSocket, destination: Destination, alpn: string): OpenSession {
    const session: OpenSession = { protocol: alpn === 'h2' ? 'h2' : 'http/1.1', socket, destination };
    this.#sessions.set(connection, session);
    return session;
  }

  openedOverQuic(connection: ConnectionId, flow: QuicFlow): void {
    this.#sessions.set(connection, { protocol: 'h3', session: flow.session, flow });
  }

  /** The HTTP2_SESSION of a connection that has negotiated it; made now, on behalf of `importer`, if there is none yet. */
  http2(open: Extract<OpenSession, { protocol: 'h2' }>, importer: SimulatedSource | undefined, at: Millis): SimulatedSource {
    if (open.session !== undefined) return open.session;
    const log = this.#log;
    const { host, port } = open.destination;
    const session = log.source('HTTP2_SESSION', at);
    open.session = session;
    log.begin(session, 'HTTP2_SESSION', at, { host: formatEndpoint({ address: host, port }), proxy: '[direct://]' });
    log.event(session, 'HTTP2_SESSION_INITIALIZED', at, { protocol: 'h2', source_dependency: log.dependency(open.socket.source) });
    if (importer !== undefined) log.event(importer, 'HTTP2_SESSION_POOL_IMPORTED_SESSION_FROM_SOCKET', at, { source_dependency: log.dependency(session) });
    return session;
  }

  /** A QUIC session for another name serves `destination`: by address, since the client knows no other reason. */
  matchedByAddress(session: SimulatedSource, destination: Destination, at: Millis): void {
    this.#quicPool ??= this.#log.source('QUIC_SESSION_POOL', at);
    this.#log.event(this.#quicPool, 'QUIC_SESSION_POOL_MATCHING_IP_SESSION_FOUND', at, { destination: originText(destination), source_dependency: this.#log.dependency(session) });
  }

  /** To the address that its server prefers. */
  migrates(connection: ConnectionId, to: IpEndpoint, at: Millis): void {
    const open = this.#sessions.get(connection);
    if (open?.protocol === 'h3') this.#migrations.begins(connection, open.session, to, at);
  }

  network(connection: ConnectionId, event: ConnectionEvent, at: Millis): void {
    const open = this.#sessions.get(connection);
    if (open === undefined) return;
    if (event.kind === 'closed') this.#close(connection, open, event.error?.code ?? NET_ERRORS.ERR_CONNECTION_CLOSED, event.quicError ?? 'QUIC_NETWORK_IDLE_TIMEOUT', at);
    else if (event.kind === 'quic-handshake-complete' && open.protocol === 'h3') this.#confirmed(open.flow, event, at);
    else if (event.kind === 'migrated' || event.kind === 'migration-failed') this.#migrations.ends(connection, event.kind, at);
    else if (event.kind === 'origin-frame' && open.protocol === 'h3') this.#log.event(open.session, 'QUIC_SESSION_ORIGIN_FRAME_RECEIVED', at, { origins: event.origins });
  }

  /** By the client, if the network has not closed it. */
  closed(connection: ConnectionId, at: Millis): void {
    const open = this.#sessions.get(connection);
    if (open !== undefined) this.#close(connection, open, NET_ERRORS.ERR_ABORTED, 'QUIC_CONNECTION_CANCELLED', at);
  }

  /** Those that are open, in the order in which they were opened. */
  open(): readonly OpenSession[] {
    return [...this.#sessions.values()];
  }

  #confirmed({ session, peer, local, earlyData }: QuicFlow, { preferredAddress }: Extract<ConnectionEvent, { kind: 'quic-handshake-complete' }>, at: Millis): void {
    const log = this.#log;
    log.event(session, 'QUIC_SESSION_PACKET_RECEIVED', at, { peer_address: peer, ...(local !== undefined && { self_address: local }), size: 1200 });
    log.event(session, 'QUIC_SESSION_VERSION_NEGOTIATED', at, { version: 'RFCv1' });
    if (preferredAddress !== undefined) {
      const { ipv4 = { address: '0.0.0.0', port: 0 }, ipv6 = { address: '::', port: 0 } } = preferredAddress;
      const offer = `[${formatEndpoint(ipv4)} ${formatEndpoint(ipv6)} connection_id 0 ]`;
      log.event(session, 'QUIC_SESSION_TRANSPORT_PARAMETERS_RECEIVED', at, { quic_transport_parameters: `[Server preferred_address ${offer}]` });
    }
    log.event(session, 'QUIC_SESSION_CRYPTO_HANDSHAKE_COMPLETE', at);
    log.event(session, 'QUIC_SESSION_ZERO_RTT_STATE', at, { state: earlyData ? 'AttemptedAndSucceeded' : 'NotAttempted' });
  }

  #close(connection: ConnectionId, open: OpenSession, error: number, quicError: keyof typeof QUIC_ERRORS, at: Millis): void {
    this.#sessions.delete(connection);
    if (open.protocol === 'h3') return closeQuicFlow(this.#log, open.flow, '', quicError, at);
    if (open.protocol === 'h2' && open.session !== undefined) {
      this.#log.event(open.session, 'HTTP2_SESSION_CLOSE', at, { description: 'Connection closed', net_error: error });
      this.#log.end(open.session, 'HTTP2_SESSION', at);
    }
    open.socket.close(at);
  }
}
