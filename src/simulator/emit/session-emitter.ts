/** Sessions: HTTP2_SESSION, QUIC_SESSION once it is usable, and the bare socket of HTTP/1.1. */
import { formatEndpoint } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { ConnectionId } from '../../engine/client/client-output.ts';
import type { SimulatedSource, SourceLog } from '../log/source-log.ts';
import { NET_ERRORS } from '../log/net-errors.ts';
import { QUIC_ERRORS } from '../log/quic-errors.ts';
import type { ConnectionEvent } from '../network/network-event.ts';
import type { EmitterFacts } from './emitter-facts.ts';
import { localEndpoint } from './local-endpoint.ts';
import type { QuicFlow } from './quic-attempt-emitter.ts';
import type { RunningRace } from './race-emitter.ts';
import { originText } from './stream-key.ts';
import { closeUdpSocket } from './udp-socket.ts';

export type OpenSession =
  | { readonly protocol: 'http/1.1'; readonly socket: SimulatedSource; readonly group: SimulatedSource }
  | { readonly protocol: 'h2'; readonly socket: SimulatedSource; readonly session: SimulatedSource }
  | { readonly protocol: 'h3'; readonly session: SimulatedSource; readonly flow: QuicFlow };

export class SessionEmitter {
  readonly #log: SourceLog;
  readonly #facts: EmitterFacts;
  readonly #sessions = new Map<ConnectionId, OpenSession>();
  #quicPool: SimulatedSource | undefined;

  constructor(log: SourceLog, facts: EmitterFacts) {
    this.#log = log;
    this.#facts = facts;
  }

  get(connection: ConnectionId): OpenSession | undefined {
    return this.#sessions.get(connection);
  }

  openedOnSocket(connection: ConnectionId, race: RunningRace, socket: SimulatedSource, alpn: string, at: Millis): void {
    if (alpn !== 'h2') {
      this.#sessions.set(connection, { protocol: 'http/1.1', socket, group: race.group });
      return;
    }
    const log = this.#log;
    const { host, port } = race.destination;
    const session = log.source('HTTP2_SESSION', at);
    log.begin(session, 'HTTP2_SESSION', at, { host: formatEndpoint({ address: host, port }), proxy: '[direct://]' });
    log.event(session, 'HTTP2_SESSION_INITIALIZED', at, { protocol: 'h2', source_dependency: log.dependency(socket) });
    log.event(race.manager, 'HTTP2_SESSION_POOL_IMPORTED_SESSION_FROM_SOCKET', at, { source_dependency: log.dependency(session) });
    race.cancelReason = 'SpdySessionCreated';
    this.#sessions.set(connection, { protocol: 'h2', socket, session });
  }

  openedOverQuic(connection: ConnectionId, flow: QuicFlow): void {
    flow.race.cancelReason = 'QuicSessionCreated';
    this.#sessions.set(connection, { protocol: 'h3', session: flow.session, flow });
  }

  /** A session for another name serves the race: by address, since the client knows no other reason. */
  pooled(connection: ConnectionId, race: RunningRace, at: Millis): void {
    const found = this.#sessions.get(connection);
    if (found === undefined || found.protocol === 'http/1.1') return;
    const dependency = { source_dependency: this.#log.dependency(found.session) };
    race.pooled = true;
    if (found.protocol === 'h2') {
      race.cancelReason = 'UsingExistingSpdySession';
      return this.#log.event(race.manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_EXISTING_SPDY_SESSION_MATCHED', at, dependency);
    }
    race.cancelReason = 'UsingExistingQuicSession';
    this.#quicPool ??= this.#log.source('QUIC_SESSION_POOL', at);
    this.#log.event(this.#quicPool, 'QUIC_SESSION_POOL_MATCHING_IP_SESSION_FOUND', at, { destination: originText(race.destination), ...dependency });
    this.#log.event(race.manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_EXISTING_QUIC_SESSION_MATCHED', at, dependency);
  }

  network(connection: ConnectionId, event: ConnectionEvent, at: Millis): void {
    const open = this.#sessions.get(connection);
    if (open === undefined) return;
    if (event.kind === 'closed') this.#closed(connection, open, event, at);
    else if (event.kind === 'quic-handshake-complete' && open.protocol === 'h3') this.#confirmed(open.flow, event, at);
    else if (event.kind === 'response' && open.protocol === 'h3' && event.response.origins !== undefined) {
      this.#log.event(open.session, 'QUIC_SESSION_ORIGIN_FRAME_RECEIVED', at, { origins: event.response.origins });
    }
  }

  #confirmed({ session, udp, peer, earlyData }: QuicFlow, { preferredAddress }: Extract<ConnectionEvent, { kind: 'quic-handshake-complete' }>, at: Millis): void {
    const log = this.#log;
    const family = peer.startsWith('[') ? 'ipv6' : 'ipv4';
    log.event(session, 'QUIC_SESSION_PACKET_RECEIVED', at, { peer_address: peer, self_address: localEndpoint(this.#facts.localAddress(family), udp.socket), size: 1200 });
    log.event(session, 'QUIC_SESSION_VERSION_NEGOTIATED', at, { version: 'RFCv1' });
    if (preferredAddress !== undefined) {
      const { ipv4 = { address: '0.0.0.0', port: 0 }, ipv6 = { address: '::', port: 0 } } = preferredAddress;
      const offer = `[${formatEndpoint(ipv4)} ${formatEndpoint(ipv6)} connection_id 0 ]`;
      log.event(session, 'QUIC_SESSION_TRANSPORT_PARAMETERS_RECEIVED', at, { quic_transport_parameters: `[Server preferred_address ${offer}]` });
    }
    log.event(session, 'QUIC_SESSION_CRYPTO_HANDSHAKE_COMPLETE', at);
    log.event(session, 'QUIC_SESSION_ZERO_RTT_STATE', at, { state: earlyData ? 'AttemptedAndSucceeded' : 'NotAttempted' });
  }

  #closed(connection: ConnectionId, open: OpenSession, { error, quicError }: Extract<ConnectionEvent, { kind: 'closed' }>, at: Millis): void {
    const log = this.#log;
    this.#sessions.delete(connection);
    if (open.protocol === 'h3') {
      log.event(open.session, 'QUIC_SESSION_CLOSED', at, { details: '', from_peer: false, quic_error: QUIC_ERRORS[quicError ?? 'QUIC_NETWORK_IDLE_TIMEOUT'] });
      log.end(open.session, 'QUIC_SESSION', at);
      return closeUdpSocket(log, open.flow.udp, at);
    }
    if (open.protocol === 'h2') {
      log.event(open.session, 'HTTP2_SESSION_CLOSE', at, { description: 'Connection closed', net_error: error?.code ?? NET_ERRORS.ERR_CONNECTION_CLOSED });
      log.end(open.session, 'HTTP2_SESSION', at);
    }
    log.end(open.socket, 'SOCKET_ALIVE', at);
  }
}
