/**
 * A QUIC connection: its UDP socket and QUIC_SESSION, which is there from the first packet on. Left out: packets after
 * the first ones of each side.
 */
import { formatEndpoint } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { ClientAction } from '../../engine/client/client-output.ts';
import type { Destination } from '../../engine/client/destination.ts';
import type { SimulatedSource, SourceLog } from '../log/source-log.ts';
import { QUIC_ERRORS } from '../log/quic-errors.ts';
import type { EmitterFacts } from './emitter-facts.ts';
import { localEndpoint } from './local-endpoint.ts';
import { networkKey } from './stream-key.ts';
import { type UdpSocket, closeUdpSocket, connectUdpSocket, openUdpSocket } from './udp-socket.ts';

/** Payload of a datagram with an Initial packet. */
const INITIAL_SIZE = 1230;

export interface QuicFlow {
  readonly session: SimulatedSource;
  readonly udp: UdpSocket;
  readonly peer: string;
  /** Absent: not known. */
  readonly local?: string;
  readonly earlyData: boolean;
}

/** `owner`: the job or attempt that connects. */
export function openQuicFlow(log: SourceLog, facts: EmitterFacts, owner: SimulatedSource, destination: Destination, connect: Extract<ClientAction, { kind: 'connect-quic' }>, at: Millis): QuicFlow {
  const { ip, serverName, ech, earlyData } = connect;
  const udp = openUdpSocket(log, owner, at);
  connectUdpSocket(log, udp, ip, at);
  const local = localEndpoint(facts, ip.address, udp.socket);
  if (local !== undefined) log.event(udp.socket, 'UDP_LOCAL_ADDRESS', at, { address: local });
  const session = log.source('QUIC_SESSION', at);
  log.begin(session, 'QUIC_SESSION', at, {
    ...(ech !== undefined && { ech_config_list: ech }),
    host: serverName,
    network_anonymization_key: networkKey(destination),
    port: destination.port,
    privacy_mode: 'disabled',
    proxy_chain: '[direct://]',
    require_confirmation: !earlyData,
    source_dependency: log.dependency(owner),
    versions: 'RFCv1',
  });
  log.event(owner, 'QUIC_SESSION_CREATED', at, { source_dependency: log.dependency(session) });
  log.event(owner, 'QUIC_SESSION_POOL_JOB_RESULT', at, { source_dependency: log.dependency(session) });
  const levels = earlyData ? ['ENCRYPTION_INITIAL', 'ENCRYPTION_ZERO_RTT'] : ['ENCRYPTION_INITIAL'];
  for (const [i, level] of levels.entries()) {
    log.event(session, 'QUIC_SESSION_PACKET_SENT', at, { encryption_level: level, packet_number: i + 1, sent_time_us: Math.round(at * 1000), size: INITIAL_SIZE, transmission_type: 'NOT_RETRANSMISSION' });
  }
  log.event(udp.socket, 'UDP_BYTES_SENT', at, { byte_count: INITIAL_SIZE });
  return { session, udp, peer: formatEndpoint(ip), ...(local !== undefined && { local }), earlyData };
}

export function closeQuicFlow(log: SourceLog, { session, udp }: QuicFlow, details: string, error: keyof typeof QUIC_ERRORS, at: Millis): void {
  log.event(session, 'QUIC_SESSION_CLOSED', at, { details, from_peer: false, quic_error: QUIC_ERRORS[error] });
  log.end(session, 'QUIC_SESSION', at);
  closeUdpSocket(log, udp, at);
}
