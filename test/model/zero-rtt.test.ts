/** A second visit to www.era.test by 0-RTT: usable at 2 ms, whether or not anybody is there. */
import { describe, expect, it } from 'vitest';
import { judge } from '../../src/findings/judge.ts';
import { createModel } from '../../src/model/model.ts';
import type { Trace } from '../../src/model/trace.ts';
import { depOn, timeline, type Timeline } from '../support/timeline.ts';
import { HOST, V6_443 } from './eras/era.ts';
import { NETWORK_KEY } from './eras/parts.ts';
import { quicPacketSent, quicSession, quicSocket } from './eras/quic-parts.ts';

const job = ['QUIC_SESSION_POOL_DIRECT_JOB', 1] as const;
const client = ['UDP_CLIENT_SOCKET', 2] as const;
const udp = ['UDP_SOCKET', 3] as const;
const session = ['QUIC_SESSION', 4] as const;

function visit(then: (log: Timeline) => Timeline): Trace {
  const log = timeline({ chrome: '156' })
    .at(0, ...job, 'QUIC_SESSION_POOL_JOB', 'BEGIN', { host: HOST, network_anonymization_key: NETWORK_KEY, port: 443, privacy_mode: 'disabled', proxy_chain: '[direct://]' })
    .at(0, ...job, 'QUIC_SESSION_POOL_JOB_CONNECT', 'BEGIN')
    .also(quicSocket(1, job, client, udp, V6_443))
    .also(quicSession(1, session))
    .at(1, ...job, 'QUIC_SESSION_CREATED', 'NONE', depOn(session))
    .also(quicPacketSent(2, session, udp))
    .at(2, ...session, 'QUIC_SESSION_PACKET_SENT', 'NONE', { encryption_level: 'ENCRYPTION_ZERO_RTT' })
    .at(2, ...job, 'QUIC_SESSION_POOL_JOB_CONNECT', 'END')
    .at(2, ...job, 'QUIC_SESSION_POOL_JOB', 'END')
    .at(3, ...session, 'QUIC_CHROMIUM_CLIENT_STREAM_SEND_REQUEST_HEADERS');
  const model = createModel();
  then(log).feed(model);
  return model.trace();
}

const closed = (at: number) => (log: Timeline) => log.at(at, ...session, 'QUIC_SESSION_CLOSED', 'NONE', { quic_error: 25, details: 'No recent network activity', from_peer: false });
const answered = (log: Timeline): Timeline => log.at(24, ...session, 'QUIC_SESSION_PACKET_RECEIVED', 'NONE', { peer_address: V6_443, self_address: '[2001:db8::200]:50443', size: 1250 });
const finished = (log: Timeline): Timeline => log.at(25, ...session, 'QUIC_SESSION_CRYPTO_HANDSHAKE_COMPLETE');

describe('a success by 0-RTT', () => {
  it('that never had an answer says so, for as long as the session lived', () => {
    const trace = visit(closed(4002));
    expect(trace.races[0]?.attempts).toMatchObject([{ transport: 'quic', outcome: 'won', zeroRtt: true, unansweredMs: 4000 }]);
    expect(trace.races[0]?.attempts[0]?.connectedMs).toBeUndefined();
    expect(trace.sessions).toMatchObject([{ id: 4, unansweredMs: 4000, requestCount: 1 }]);
    expect(judge(trace)[0]).toMatchObject({ id: 'quic.zero_rtt_unanswered', severity: 'error', numbers: { connections: 1, withoutPacket: 1, requests: 1 } });
  });

  it('of a session that lives on has waited until the log ends, and is no fault while that is a moment', () => {
    const trace = visit((log) => log.at(40, ...session, 'QUIC_SESSION_PACKET_SENT', 'NONE', { encryption_level: 'ENCRYPTION_INITIAL' }));
    expect(trace.races[0]?.attempts).toMatchObject([{ zeroRtt: true, unansweredMs: 38 }]);
    expect(judge(trace)).toEqual([]);
  });

  it('that was answered is like any other', () => {
    const trace = visit((log) => closed(4002)(finished(answered(log))));
    expect(trace.races[0]?.attempts).toMatchObject([{ outcome: 'won', zeroRtt: true, connectedMs: 25 }]);
    expect(trace.races[0]?.attempts[0]?.unansweredMs).toBeUndefined();
    expect(trace.sessions[0]?.unansweredMs).toBeUndefined();
    expect(judge(trace)).toEqual([]);
  });

  it('whose handshake breaks off after a packet is told apart', () => {
    const trace = visit((log) => closed(4002)(answered(log)));
    expect(trace.races[0]?.attempts[0]?.unansweredMs).toBeUndefined();
    expect(judge(trace)[0]).toMatchObject({ id: 'quic.zero_rtt_unanswered', numbers: { withoutPacket: 0 } });
  });
});
