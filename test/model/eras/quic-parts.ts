/** The QUIC side of the stories: sockets and sessions, and how a session breaks down. */
import { depOn, type SourceRef } from '../../support/timeline.ts';
import { HOST } from './era.ts';
import { NETWORK_KEY, type Part } from './parts.ts';

/** A QUIC socket. Since about Chrome 140 there is a client socket between it and the job. */
export function quicSocket(at: number, owner: SourceRef, client: SourceRef | undefined, udp: SourceRef, address: string): Part {
  return (log) => {
    log.at(at, ...udp, 'SOCKET_ALIVE', 'BEGIN', depOn(client ?? owner));
    if (client !== undefined) log.at(at, ...client, 'SOCKET_ALIVE', 'BEGIN', depOn(owner));
    log
      .at(at, ...udp, 'UDP_CONNECT', 'BEGIN', { address })
      .at(at, ...udp, 'UDP_CONNECT', 'END')
      .at(at, ...udp, 'UDP_LOCAL_ADDRESS', 'NONE', { address: '[2001:db8::200]:50443' });
  };
}

export function quicSession(at: number, session: SourceRef): Part {
  return (log) => {
    log.at(at, ...session, 'QUIC_SESSION', 'BEGIN', {
      cert_verify_flags: 0,
      connection_id: '0123456789abcdef',
      host: HOST,
      network_anonymization_key: NETWORK_KEY,
      port: 443,
      privacy_mode: 'disabled',
      require_confirmation: false,
      versions: 'RFCv1',
    });
  };
}

/** The first packet of a session leaves through its socket. */
export function quicPacketSent(at: number, session: SourceRef, udp: SourceRef): Part {
  return (log) => {
    log
      .at(at, ...session, 'QUIC_SESSION_PACKET_SENT', 'NONE', { encryption_level: 'ENCRYPTION_INITIAL', packet_number: 1, sent_time_us: `${log.tick(at)}000`, size: 1250 })
      .at(at, ...udp, 'UDP_BYTES_SENT', 'NONE', { byte_count: 1250 });
  };
}

/** A session breaks down before its handshake is done. */
export function quicSessionFailed(at: number, session: SourceRef, udp: SourceRef): Part {
  return (log) => {
    log
      .at(at, ...session, 'QUIC_SESSION_CLOSED', 'NONE', { details: 'Network unreachable', from_peer: false, quic_error: 25 })
      .at(at, ...session, 'QUIC_SESSION', 'END')
      .at(at, ...udp, 'SOCKET_ALIVE', 'END');
  };
}
