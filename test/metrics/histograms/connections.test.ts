/** What connections count, by the two events that bound each (docs/histograms.md). */
import { describe, expect, test } from 'vitest';
import { attempt, raceOf, request, v6 } from '../trace-builder.ts';
import { type Line, counted, linkTo } from './journals.ts';

describe('TCP and TLS', () => {
  test('a connect without an END was cancelled when its socket went, and is an error', () => {
    const begin: Line = [0, 'SOCKET#1', 'TCP_CONNECT_ATTEMPT', 'BEGIN'];
    expect(counted([begin, [22, 'SOCKET#1', 'TCP_CONNECT_ATTEMPT', 'END']])).toEqual({ 'Net.TcpConnectAttempt.Latency.Success': '1/22' });
    expect(counted([begin, [22, 'SOCKET#1', 'TCP_CONNECT_ATTEMPT', 'END', { os_error: 111 }]])).toEqual({ 'Net.TcpConnectAttempt.Latency.Error': '1/22' });
    expect(counted([begin, [300, 'SOCKET#1', 'SOCKET_ALIVE', 'END']])).toEqual({ 'Net.TcpConnectAttempt.Latency.Error': '1/300' });
  });

  test('a handshake that is tried again without ECH does not count', () => {
    const handshake = (error: object): Line[] => [[0, 'SOCKET#1', 'SSL_CONNECT', 'BEGIN'], [25, 'SOCKET#1', 'SSL_CONNECT', 'END', { ...error }]];
    expect(counted(handshake({ cipher_suite: 4865 }))).toEqual({ 'Net.SSL_CipherSuite': '1/4865', 'Net.SSL_Connection_Error': '1/0', 'Net.SSL_Connection_Latency_2': '1/25' });
    expect(counted(handshake({ net_error: -202 }))).toEqual({ 'Net.SSL_Connection_Error': '1/202' });
    expect(counted(handshake({ net_error: -183 }))).toEqual({});
  });
});

describe('attempts of the HttpStreamPool', () => {
  const MANAGER = 'HTTP_STREAM_POOL_ATTEMPT_MANAGER#1';
  const alive: Line = [0, MANAGER, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE', 'BEGIN'];
  const state: Line = [30, MANAGER, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_INITIAL_ATTEMPT_STATE', 'NONE', { state: 'CanUseQuicWithUnknownVersion' }];
  const start = (id: number, slots: number): Line[] => [
    [30, `TLS_STREAM_ATTEMPT#${id}`, 'TLS_STREAM_ATTEMPT_ALIVE', 'BEGIN'],
    [30, `TLS_STREAM_ATTEMPT#${id}`, 'TCP_STREAM_ATTEMPT_ALIVE', 'BEGIN'],
    [31, MANAGER, 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_START', 'NONE', { ...linkTo(id), num_tcp_based_attempt_slots: slots }],
    [31, `TLS_STREAM_ATTEMPT#${id}`, 'TCP_BASED_ATTEMPT_BOUND_TO_POOL', 'NONE', linkTo(1)],
  ];
  const tcpDone = (id: number): Line => [52, `TLS_STREAM_ATTEMPT#${id}`, 'TCP_STREAM_ATTEMPT_ALIVE', 'END'];
  const race: Line[] = [
    alive,
    state,
    ...start(2, 1),
    ...start(3, 2),
    tcpDone(2),
    [52, 'TLS_STREAM_ATTEMPT#2', 'TLS_STREAM_ATTEMPT_WAIT_FOR_SERVICE_ENDPOINT', 'BEGIN'],
    [60, 'TLS_STREAM_ATTEMPT#2', 'TLS_STREAM_ATTEMPT_WAIT_FOR_SERVICE_ENDPOINT', 'END'],
    [60, 'TLS_STREAM_ATTEMPT#2', 'TLS_STREAM_ATTEMPT_CONNECT', 'BEGIN'],
    [84, 'TLS_STREAM_ATTEMPT#2', 'TLS_STREAM_ATTEMPT_CONNECT', 'END'],
    [84, 'TLS_STREAM_ATTEMPT#2', 'TLS_STREAM_ATTEMPT_ALIVE', 'END'],
    [85, MANAGER, 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_END', 'NONE', { ...linkTo(2), net_error: 0, num_tcp_based_attempt_slots: 2 }],
    [86, MANAGER, 'HTTP2_SESSION_POOL_IMPORTED_SESSION_FROM_SOCKET', 'NONE'],
    [86, 'TLS_STREAM_ATTEMPT#3', 'TLS_STREAM_ATTEMPT_ALIVE', 'END', { cancel_reason: 'SpdySessionCreated' }],
  ];

  test('the winner’s time ends where the manager hears of it, and its TLS time has the wait for HTTPS in it', () => {
    expect(counted(race)).toMatchObject({
      'Net.HttpStreamPool.TcpBasedAttemptTime2.Success': '1/55',
      'Net.HttpStreamPool.TcpBasedAttemptSuccessTime.Tls': '1/55',
      'Net.HttpStreamPool.TcpBasedAttemptStartDelay': '1/30',
      'Net.HttpStreamPool.TcpBasedAttemptServiceEndpointWaitTime': '1/8',
      'Net.HttpStreamPool.TcpHandshakeTime.Tls': '1/22',
      'Net.HttpStreamPool.TlsHandshakeTime': '1/32',
      'Net.HttpStreamPool.NewSpdySessionEstablishTime': '1/56',
      'Net.HttpStreamPool.InitialAttemptState2': '1/3',
    });
  });

  test('the loser is counted with the reason, the manager’s state, and the slots that the winner left', () => {
    expect(counted(race)).toMatchObject({
      'Net.HttpStreamPool.TcpBasedAttemptTime2.Canceled': '1/56',
      'Net.HttpStreamPool.TcpBasedAttemptCancelReason': '1/5',
      'Net.HttpStreamPool.TcpBasedAttemptCanceledTime2.NewSpdySession': '1/56',
      'Net.HttpStreamPool.TcpBasedAttemptCanceledInitialAttemptState.NewSpdySession': '1/3',
      'Net.HttpStreamPool.TcpBasedAttemptTotalCancelCount.SpdySessionCreated': '1/1',
      'Net.HttpStreamPool.TcpBasedAttemptSlotCancelCount.SpdySessionCreated': '1/1',
    });
  });

  test('a QUIC attempt without an h3 endpoint sent nothing and does not count', () => {
    const quic = (result: number): Line[] => [
      alive,
      [30, 'HTTP_STREAM_POOL_QUIC_ATTEMPT#4', 'HTTP_STREAM_POOL_QUIC_ATTEMPT_ALIVE', 'BEGIN', linkTo(1)],
      [30, MANAGER, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_BOUND', 'NONE', linkTo(4)],
      [70, MANAGER, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_COMPLETED', 'NONE', { result }],
    ];
    expect(counted(quic(0))).toEqual({ 'Net.HttpStreamPool.QuicAttemptTime.Success': '1/40' });
    expect(counted(quic(-356))).toEqual({ 'Net.HttpStreamPool.QuicAttemptTime.Failure': '1/40' });
    expect(counted(quic(-811))).toEqual({});
  });

  test('a pool job that a sibling made needless does not count', () => {
    const job = (end: object): Line[] => [[0, 'HTTP_STREAM_POOL_JOB#5', 'HTTP_STREAM_POOL_JOB_ALIVE', 'BEGIN'], [40, 'HTTP_STREAM_POOL_JOB#5', 'HTTP_STREAM_POOL_JOB_ALIVE', 'END', { ...end }]];
    expect(counted(job({ net_error: 0, negotiated_protocol: 'quic' }))).toEqual({ 'Net.HttpStreamPool.JobCompleteTime4.H3': '1/40' });
    expect(counted(job({ net_error: 0 }))).toEqual({ 'Net.HttpStreamPool.JobCompleteTime4.H1': '1/40' });
    expect(counted(job({}))).toEqual({});
  });
});

describe('QUIC sessions', () => {
  const connect = (zeroRtt: string): Line[] => [
    [0, 'QUIC_SESSION_POOL_DIRECT_JOB#1', 'HOST_RESOLVER_MANAGER_REQUEST', 'BEGIN', { is_speculative: true }],
    [20, 'QUIC_SESSION_POOL_DIRECT_JOB#1', 'QUIC_SESSION_POOL_JOB_CONNECT', 'BEGIN'],
    [21, 'QUIC_SESSION#2', 'QUIC_SESSION', 'BEGIN'],
    [21, 'QUIC_SESSION_POOL_DIRECT_JOB#1', 'QUIC_SESSION_CREATED', 'NONE', linkTo(2)],
    [60, 'QUIC_SESSION#2', 'QUIC_SESSION_CERTIFICATE_VERIFIED', 'NONE'],
    [61, 'QUIC_SESSION#2', 'QUIC_SESSION_CRYPTO_HANDSHAKE_COMPLETE', 'NONE'],
    [61, 'QUIC_SESSION#2', 'QUIC_SESSION_ZERO_RTT_STATE', 'NONE', { state: zeroRtt }],
    [62, 'QUIC_SESSION_POOL_DIRECT_JOB#1', 'QUIC_SESSION_POOL_JOB_CONNECT', 'END'],
  ];
  const session = {
    'Net.QuicSession.EncryptionEstablishedTime': '1/39',
    'Net.QuicSession.HandshakeConfirmedTime': '1/40',
    'Net.QuicSession.TimeFromResolveHostToConfirmConnection': '1/62',
  };

  test('an attempt is timed from its connect, its cryptography from the session', () => {
    expect(counted(connect('NotAttempted'))).toEqual({
      ...session,
      'Net.QuicSessionAttempt.CompleteTime.Success': '1/42',
      'Net.QuicSessionAttempt.CryptoConnectTime.Success': '1/41',
    });
  });

  test('a success by 0-RTT proves no server, and is not counted as an attempt', () => {
    expect(counted(connect('AttemptedAndSucceeded'))).toEqual(session);
  });
});

describe('requests', () => {
  const source = 'URL_REQUEST#1';
  const lines = (...after: Line[]): Line[] => [
    [0, source, 'URL_REQUEST_START_JOB', 'BEGIN'],
    [1, source, 'HTTP_STREAM_REQUEST', 'BEGIN'],
    [31, source, 'HTTP_STREAM_REQUEST', 'END'],
    ...after,
  ];
  const end = (error: object): Line => [60, source, 'URL_REQUEST_START_JOB', 'END', { ...error }];

  test('request headers tell that there was a stream, and of which HTTP version', () => {
    const sent: Line = [31, source, 'HTTP_TRANSACTION_HTTP2_SEND_REQUEST_HEADERS', 'NONE'];
    expect(counted(lines(sent, end({})))).toEqual({
      'Net.HttpTimeToFirstByte': '1/60',
      'Net.NetworkTransaction.CreateHttpStreamTime4.H2': '1/30',
      'Net.NetworkTransaction.StreamRequestCompleteTime4.Success': '1/30',
    });
  });

  test('the family is that of the address that the attempt went to, and a WebSocket has a name of its own', () => {
    const sent: Line = [31, source, 'HTTP_TRANSACTION_SEND_REQUEST_HEADERS', 'NONE'];
    const route = { requests: [request({ id: 1, url: 'wss://a.example/', attemptId: 7 })], races: [raceOf([attempt({ id: 7, ...v6 })])] };
    expect(counted(lines(sent), route)).toEqual({
      'Net.NetworkTransaction.CreateWebSocketStreamTime4.H1': '1/30',
      'Net.NetworkTransaction.CreateWebSocketStreamTime4.H1.IPv6': '1/30',
      'Net.NetworkTransaction.StreamAddressFamily3': '1/2',
      'Net.NetworkTransaction.StreamRequestCompleteTime4.Success': '1/30',
    });
  });

  test('without them the error is the job’s, that of the upgrade to https if a redirect follows', () => {
    expect(counted(lines(end({ net_error: -105 })))).toMatchObject({ 'Net.NetworkTransaction.StreamRequestErrorCode4': '1/105' });
    const redirect: Line = [31, source, 'URL_REQUEST_DELEGATE_RECEIVED_REDIRECT', 'BEGIN'];
    expect(counted(lines(redirect, end({})))).toMatchObject({ 'Net.NetworkTransaction.StreamRequestErrorCode4': '1/809' });
  });

  test('a retry after a lost connection is not counted again', () => {
    const sent: Line = [31, source, 'HTTP_TRANSACTION_QUIC_SEND_REQUEST_HEADERS', 'NONE'];
    const retry: Line[] = [[32, source, 'HTTP_STREAM_REQUEST', 'BEGIN'], [40, source, 'HTTP_STREAM_REQUEST', 'END'], [40, source, 'HTTP_TRANSACTION_SEND_REQUEST_HEADERS', 'NONE']];
    expect(counted(lines(sent, ...retry, end({})))).toMatchObject({ 'Net.NetworkTransaction.StreamRequestCompleteTime4.Success': '1/30' });
  });

  test('a job that never came to the network or the cache has no first byte', () => {
    expect(counted([[0, source, 'URL_REQUEST_START_JOB', 'BEGIN'], end({ net_error: -20 })])).toEqual({});
  });
});
