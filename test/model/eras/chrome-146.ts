/**
 * Chrome 146: the HttpStreamPool with the names it still has. An HTTPS record offers h3, so QUIC and
 * TCP start together on IPv6; QUIC finds the network unreachable, TCP meets a black hole, IPv4 wins.
 */
import { depOn, timeline } from '../../support/timeline.ts';
import { type Era, HOST, V4, V4_443, V6, V6_443 } from './era.ts';
import { A, AAAA, answer, answered, connect, connected, data, HTTPS, metadata, query, request, resolverJob, secured } from './parts.ts';
import { quicPacketSent, quicSession, quicSessionFailed, quicSocket } from './quic-parts.ts';

const page = ['URL_REQUEST', 651] as const;
const controller = ['HTTP_STREAM_JOB_CONTROLLER', 652] as const;
const group = ['HTTP_STREAM_POOL_GROUP', 653] as const;
const poolJob = ['HTTP_STREAM_POOL_JOB', 654] as const;
const manager = ['HTTP_STREAM_POOL_ATTEMPT_MANAGER', 655] as const;
const resolver = ['HOST_RESOLVER_IMPL_JOB', 656] as const;
const [txHttps, txAaaa, txA] = [['DNS_TRANSACTION', 657], ['DNS_TRANSACTION', 658], ['DNS_TRANSACTION', 659]] as const;
const [udpHttps, udpAaaa, udpA] = [['UDP_SOCKET', 660], ['UDP_SOCKET', 661], ['UDP_SOCKET', 662]] as const;
const quicAttempt = ['HTTP_STREAM_POOL_QUIC_ATTEMPT', 663] as const;
const quicClient = ['UDP_CLIENT_SOCKET', 664] as const;
const quicUdp = ['UDP_SOCKET', 665] as const;
const quicSessionSource = ['QUIC_SESSION', 666] as const;
const attemptV6 = ['TLS_STREAM_ATTEMPT', 667] as const;
const socketV6 = ['SOCKET', 668] as const;
const attemptV4 = ['TLS_STREAM_ATTEMPT', 669] as const;
const socketV4 = ['SOCKET', 670] as const;
const session = ['HTTP2_SESSION', 671] as const;

const alpn = ['h3', 'h2', 'http/1.1'];
const key = { destination: `https://${HOST}`, network_anonymization_key: 'https://era.test same_site', privacy_mode: 'disabled' };
const addresses = { ipv4_endpoints: [{ address: V4, port: 443 }], ipv6_endpoints: [{ address: V6, port: 443 }] };
const endpoints = [
  { ...addresses, metadata: { ech_config_list: '', supported_protocol_alpns: alpn, target_name: HOST } },
  { ...addresses, metadata: { ech_config_list: '', supported_protocol_alpns: [] } },
];

const log = timeline({ chrome: '146' })
  .also(request(0, page))
  .at(0, ...controller, 'HTTP_STREAM_POOL_JOB_CONTROLLER_ALIVE', 'BEGIN', { origin_destination: `https://${HOST}`, respect_limits: true })
  .at(0, ...group, 'HTTP_STREAM_POOL_GROUP_ALIVE', 'BEGIN', { force_quic: false, stream_key: key })
  .at(0, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE', 'BEGIN', {
    should_block_tcp_based_attempt: false,
    stream_key: key,
    supports_spdy: false,
    tcp_based_attempt_delay: 0,
    ...depOn(group),
  })
  .at(0, ...poolJob, 'HTTP_STREAM_POOL_JOB_ALIVE', 'BEGIN', { allowed_alpns: [], num_streams: 0, quic_version: '0', stream_key: key, type: 0, ...depOn(controller) })
  .at(0, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_REQUEST_STREAM', 'NONE', { allowed_alpns: 'h2,http/1.1,quic', priority: 5, quic_version: '0', ...depOn(poolJob) })
  .at(0, ...page, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_JOB_BOUND', 'NONE', depOn(manager))
  .at(0, ...manager, 'HOST_RESOLVER_MANAGER_IPV6_REACHABILITY_CHECK', 'NONE', { cached: true, ipv6_available: true })
  .at(0, ...manager, 'HOST_RESOLVER_MANAGER_TASK_SEQUENCE_CREATED', 'NONE', { tasks: [4, 9, 1, 0] })
  .also(resolverJob(0, manager, resolver))
  .at(0, ...resolver, 'HOST_RESOLVER_DNS_TASK', 'BEGIN', { secure: false, transactions_needed: [{ dns_query_type: 'HTTPS' }, { dns_query_type: 'AAAA' }, { dns_query_type: 'A' }] })
  .also(query(0, resolver, txHttps, udpHttps, HTTPS))
  .also(query(0, resolver, txAaaa, udpAaaa, AAAA))
  .also(query(0, resolver, txA, udpA, A))
  .also(answer(20, txA, udpA))
  .at(20, ...resolver, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'NONE', { results: [data('A', [V4])] })
  // A is there first: 50 ms for the preferred family.
  .at(20, ...resolver, 'HOST_RESOLVER_SERVICE_ENDPOINTS_RESOLUTION_DELAY', 'BEGIN')
  .also(answer(23, txHttps, udpHttps))
  .at(23, ...resolver, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'NONE', { results: [metadata(alpn)] })
  .also(answer(30, txAaaa, udpAaaa))
  .at(30, ...resolver, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'NONE', { results: [data('AAAA', [V6])] })
  .at(30, ...resolver, 'HOST_RESOLVER_SERVICE_ENDPOINTS_RESOLUTION_DELAY', 'END', { elapsed: '10', timedout: false })
  .at(30, ...resolver, 'HOST_RESOLVER_DNS_TASK', 'END', { results: [metadata(alpn), data('AAAA', [V6]), data('A', [V4])] })
  .at(30, ...resolver, 'HOST_RESOLVER_MANAGER_JOB', 'END')
  .at(30, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_DNS_RESOLUTION_FINISHED', 'NONE', { endpoints, endpoints_crypto_ready: true, resolve_error: 0, result: 'net::OK' })
  .at(30, ...quicAttempt, 'HTTP_STREAM_POOL_QUIC_ATTEMPT_ALIVE', 'BEGIN', { ip_endpoint: V6_443, metadata: {}, quic_version: 'RFCv1', ...depOn(manager) })
  .at(30, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_BOUND', 'NONE', depOn(quicAttempt))
  .at(30, ...quicAttempt, 'QUIC_SESSION_POOL_JOB_CONNECT', 'BEGIN', { require_confirmation: false })
  .also(quicSocket(30, quicAttempt, quicClient, quicUdp, V6_443))
  .also(quicSession(30, quicSessionSource))
  .at(30, ...quicAttempt, 'QUIC_SESSION_POOL_JOB_RESULT', 'NONE', depOn(quicSessionSource))
  .also(quicPacketSent(31, quicSessionSource, quicUdp))
  .at(31, ...attemptV6, 'TLS_STREAM_ATTEMPT_ALIVE', 'BEGIN', { host_port: `${HOST}:443` })
  .at(31, ...attemptV6, 'TCP_STREAM_ATTEMPT_ALIVE', 'BEGIN', { ip_endpoint: V6_443 })
  .also(connect(31, attemptV6, socketV6, [V6_443]))
  .at(31, ...attemptV6, 'TCP_STREAM_ATTEMPT_CONNECT', 'NONE', depOn(socketV6))
  .at(31, ...manager, 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_START', 'NONE', { ip_endpoint: V6_443, num_jobs: 1, ...depOn(attemptV6) })
  .at(31, ...attemptV6, 'TCP_BASED_ATTEMPT_BOUND_TO_POOL', 'NONE', depOn(manager))
  .also(quicSessionFailed(60, quicSessionSource, quicUdp))
  .at(60, ...quicClient, 'SOCKET_ALIVE', 'END')
  .at(60, ...quicAttempt, 'QUIC_SESSION_POOL_JOB_CONNECT', 'END', { net_error: -356 })
  .at(60, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_COMPLETED', 'NONE', { quic_error: 'QUIC_PACKET_WRITE_ERROR', result: -356 })
  .at(60, ...quicAttempt, 'HTTP_STREAM_POOL_QUIC_ATTEMPT_ALIVE', 'END', { net_error: -356 })
  .at(281, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_TCP_BASED_ATTEMPT_SLOW', 'NONE', { ip_endpoint: V6_443 })
  .at(281, ...attemptV4, 'TLS_STREAM_ATTEMPT_ALIVE', 'BEGIN', { host_port: `${HOST}:443` })
  .at(281, ...attemptV4, 'TCP_STREAM_ATTEMPT_ALIVE', 'BEGIN', { ip_endpoint: V4_443 })
  .also(connect(281, attemptV4, socketV4, [V4_443]))
  .at(281, ...attemptV4, 'TCP_STREAM_ATTEMPT_CONNECT', 'NONE', depOn(socketV4))
  .at(281, ...manager, 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_START', 'NONE', { ip_endpoint: V4_443, num_jobs: 1, ...depOn(attemptV4) })
  .at(281, ...attemptV4, 'TCP_BASED_ATTEMPT_BOUND_TO_POOL', 'NONE', depOn(manager))
  .also(connected(300, socketV4, '192.0.2.200:40146', V4_443))
  .at(300, ...attemptV4, 'TCP_STREAM_ATTEMPT_ALIVE', 'END', { net_error: 0 })
  .at(300, ...attemptV4, 'TLS_STREAM_ATTEMPT_WAIT_FOR_SERVICE_ENDPOINT', 'BEGIN')
  .at(300, ...attemptV4, 'TLS_STREAM_ATTEMPT_WAIT_FOR_SERVICE_ENDPOINT', 'END')
  .at(300, ...attemptV4, 'TLS_STREAM_ATTEMPT_CONNECT', 'BEGIN')
  .also(secured(300, 341, socketV4))
  .at(341, ...attemptV4, 'TLS_STREAM_ATTEMPT_CONNECT', 'END')
  .at(341, ...attemptV4, 'TLS_STREAM_ATTEMPT_ALIVE', 'END', { net_error: 0 })
  .at(341, ...manager, 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_END', 'NONE', { ip_endpoint: V4_443, net_error: 0, ...depOn(attemptV4) })
  .at(341, ...session, 'HTTP2_SESSION', 'BEGIN', { host: `${HOST}:443`, proxy: '[direct://]' })
  .at(341, ...session, 'HTTP2_SESSION_INITIALIZED', 'NONE', { protocol: 'h2', ...depOn(socketV4) })
  .at(341, ...manager, 'HTTP2_SESSION_POOL_IMPORTED_SESSION_FROM_SOCKET', 'NONE', depOn(session))
  .at(341, ...attemptV6, 'TLS_STREAM_ATTEMPT_ALIVE', 'END', { cancel_reason: 'SpdySessionCreated', net_error: -3 })
  .at(341, ...attemptV6, 'TCP_STREAM_ATTEMPT_ALIVE', 'END', { net_error: -3 })
  .at(341, ...socketV6, 'SOCKET_ALIVE', 'END')
  .at(341, ...poolJob, 'HTTP_STREAM_POOL_JOB_ALIVE', 'END', { negotiated_protocol: 'h2', net_error: 0 })
  .at(341, ...page, 'HTTP_STREAM_REQUEST', 'END')
  .at(342, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE', 'END')
  .also(answered(382, page));

export const chrome146: Era = {
  chrome: '146',
  about: 'QUIC and TCP start together in the HttpStreamPool; both fail on IPv6',
  log,
  resolutions: [
    {
      id: 656,
      host: HOST,
      scheme: 'https',
      port: 443,
      source: 'network',
      queryTypes: ['A', 'AAAA', 'HTTPS'],
      startMs: 0,
      endMs: 30,
      durationMs: 30,
      outcome: 'ok',
      addresses: [V6, V4],
      taskKinds: ['dns'],
      transactions: [
        { type: 'HTTPS', startMs: 0, endMs: 23, outcome: 'ok' },
        { type: 'AAAA', startMs: 0, endMs: 30, outcome: 'ok' },
        { type: 'A', startMs: 0, endMs: 20, outcome: 'ok' },
      ],
    },
  ],
  race: {
    id: 655,
    engine: 'hev3',
    destination: { scheme: 'https', host: HOST, port: 443 },
    preconnect: false,
    startMs: 0,
    endMs: 341,
    durationMs: 341,
    outcome: 'connected',
    resolutionIds: [656],
    requestIds: [651],
    attempts: [
      // The contract lets the id of a pool's QUIC attempt be the socket's or the attempt's own.
      { transport: 'quic', ipEndpoint: V6_443, family: 'ipv6', startMs: 31, endMs: 60, outcome: 'failed' },
      { id: 668, transport: 'tcp', ipEndpoint: V6_443, family: 'ipv6', startMs: 31, endMs: 341, outcome: 'lost', slow: true },
      {
        id: 670,
        transport: 'tcp',
        ipEndpoint: V4_443,
        localEndpoint: '192.0.2.200:40146',
        family: 'ipv4',
        startMs: 281,
        connectedMs: 300,
        secureStartMs: 300,
        endMs: 341,
        outcome: 'won',
      },
    ],
    winner: { attemptId: 670, transport: 'tcp', family: 'ipv4', ipEndpoint: V4_443, alpn: 'h2' },
    fallback: { family: true, transport: true },
  },
};
