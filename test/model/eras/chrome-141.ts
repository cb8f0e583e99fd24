/**
 * Chrome 141: the HttpStreamPool half way to its present names. START and END say TCP_BASED but
 * still belong to the manager's prefix and have no address; requests still START_JOB. Intermediate
 * answers are logged: AAAA is there before A. IPv6 is a black hole.
 */
import { depOn, timeline } from '../../support/timeline.ts';
import { type Era, HOST, V4, V4_443, V6, V6_443 } from './era.ts';
import { A, AAAA, answer, answered, connect, connected, data, HTTPS, noData, query, request, resolverJob, secured } from './parts.ts';

const page = ['URL_REQUEST', 601] as const;
const controller = ['HTTP_STREAM_JOB_CONTROLLER', 602] as const;
const group = ['HTTP_STREAM_POOL_GROUP', 603] as const;
const poolJob = ['HTTP_STREAM_POOL_JOB', 604] as const;
const manager = ['HTTP_STREAM_POOL_ATTEMPT_MANAGER', 605] as const;
const resolver = ['HOST_RESOLVER_IMPL_JOB', 606] as const;
const [txHttps, txAaaa, txA] = [['DNS_TRANSACTION', 607], ['DNS_TRANSACTION', 608], ['DNS_TRANSACTION', 609]] as const;
const [udpHttps, udpAaaa, udpA] = [['UDP_SOCKET', 610], ['UDP_SOCKET', 611], ['UDP_SOCKET', 612]] as const;
const attemptV6 = ['TLS_STREAM_ATTEMPT', 613] as const;
const socketV6 = ['SOCKET', 614] as const;
const attemptV4 = ['TLS_STREAM_ATTEMPT', 615] as const;
const socketV4 = ['SOCKET', 616] as const;
const session = ['HTTP2_SESSION', 617] as const;

const key = { destination: `https://${HOST}`, network_anonymization_key: 'https://era.test same_site', privacy_mode: 'disabled' };
const v6Endpoint = { ipv4_endpoints: [], ipv6_endpoints: [{ address: V6, port: 443 }], metadata: { ech_config_list: '', supported_protocol_alpns: [] } };
const bothEndpoints = { ...v6Endpoint, ipv4_endpoints: [{ address: V4, port: 443 }] };

const log = timeline({ chrome: '141' })
  .also(request(0, page))
  .at(0, ...group, 'HTTP_STREAM_POOL_GROUP_ALIVE', 'BEGIN', { force_quic: false, stream_key: key })
  .at(0, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE', 'BEGIN', { should_block_tcp_based_attempt: false, stream_key: key, tcp_based_attempt_delay: 0, ...depOn(group) })
  .at(0, ...poolJob, 'HTTP_STREAM_POOL_JOB_ALIVE', 'BEGIN', { allowed_alpns: [], num_streams: 0, quic_version: '0', stream_key: key, ...depOn(controller) })
  .at(0, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_START_JOB', 'NONE', {
    allowed_bad_certs: [],
    enable_alternative_services: true,
    enable_ip_based_pooling: true,
    priority: 5,
    quic_version: '0',
    ...depOn(poolJob),
  })
  .at(0, ...page, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_JOB_BOUND', 'NONE', depOn(manager))
  .at(0, ...poolJob, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_JOB_BOUND', 'NONE', depOn(manager))
  .also(resolverJob(0, manager, resolver))
  .at(0, ...resolver, 'HOST_RESOLVER_DNS_TASK', 'BEGIN', { secure: false, transactions_needed: [{ dns_query_type: 'HTTPS' }, { dns_query_type: 'AAAA' }, { dns_query_type: 'A' }] })
  .also(query(0, resolver, txHttps, udpHttps, HTTPS))
  .also(query(0, resolver, txAaaa, udpAaaa, AAAA))
  .also(query(0, resolver, txA, udpA, A))
  .also(answer(14, txHttps, udpHttps, 0))
  .at(14, ...resolver, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'NONE', { results: [noData('HTTPS')] })
  .also(answer(16, txAaaa, udpAaaa))
  .at(16, ...resolver, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'NONE', { results: [data('AAAA', [V6])] })
  .at(16, ...resolver, 'HOST_RESOLVER_SERVICE_ENDPOINTS_UPDATED', 'NONE', { endpoints: [v6Endpoint] })
  .at(16, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_DNS_RESOLUTION_UPDATED', 'NONE', { endpoints: [v6Endpoint], endpoints_crypto_ready: true })
  .at(16, ...attemptV6, 'TLS_STREAM_ATTEMPT_ALIVE', 'BEGIN', { host_port: `${HOST}:443` })
  .at(16, ...attemptV6, 'TCP_STREAM_ATTEMPT_ALIVE', 'BEGIN', { ip_endpoint: V6_443 })
  .also(connect(16, attemptV6, socketV6, [V6_443]))
  .at(16, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_TCP_BASED_ATTEMPT_START', 'NONE', { num_jobs: 1, ...depOn(attemptV6) })
  .at(16, ...attemptV6, 'TCP_BASED_ATTEMPT_BOUND_TO_POOL', 'NONE', depOn(manager))
  .also(answer(40, txA, udpA))
  .at(40, ...resolver, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'NONE', { results: [data('A', [V4])] })
  .at(40, ...resolver, 'HOST_RESOLVER_DNS_TASK', 'END', { results: [noData('HTTPS'), data('AAAA', [V6]), data('A', [V4])] })
  .at(40, ...resolver, 'HOST_RESOLVER_MANAGER_JOB', 'END')
  .at(40, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_DNS_RESOLUTION_FINISHED', 'NONE', {
    endpoints: [bothEndpoints],
    endpoints_crypto_ready: true,
    resolve_error: 0,
    result: 'net::OK',
  })
  .at(266, ...attemptV4, 'TLS_STREAM_ATTEMPT_ALIVE', 'BEGIN', { host_port: `${HOST}:443` })
  .at(266, ...attemptV4, 'TCP_STREAM_ATTEMPT_ALIVE', 'BEGIN', { ip_endpoint: V4_443 })
  .also(connect(266, attemptV4, socketV4, [V4_443]))
  .at(266, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_TCP_BASED_ATTEMPT_START', 'NONE', { num_jobs: 1, ...depOn(attemptV4) })
  .at(266, ...attemptV4, 'TCP_BASED_ATTEMPT_BOUND_TO_POOL', 'NONE', depOn(manager))
  .also(connected(284, socketV4, '192.0.2.200:40141', V4_443))
  .at(284, ...attemptV4, 'TCP_STREAM_ATTEMPT_ALIVE', 'END')
  .at(284, ...attemptV4, 'TLS_STREAM_ATTEMPT_WAIT_FOR_SSL_CONFIG', 'BEGIN')
  .at(284, ...attemptV4, 'TLS_STREAM_ATTEMPT_WAIT_FOR_SSL_CONFIG', 'END')
  .at(284, ...attemptV4, 'TLS_STREAM_ATTEMPT_CONNECT', 'BEGIN')
  .also(secured(284, 325, socketV4))
  .at(325, ...attemptV4, 'TLS_STREAM_ATTEMPT_CONNECT', 'END')
  .at(325, ...attemptV4, 'TLS_STREAM_ATTEMPT_ALIVE', 'END')
  .at(325, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_TCP_BASED_ATTEMPT_END', 'NONE', { num_jobs: 1, ...depOn(attemptV4) })
  .at(325, ...session, 'HTTP2_SESSION', 'BEGIN', { host: `${HOST}:443`, proxy: '[direct://]' })
  .at(325, ...session, 'HTTP2_SESSION_INITIALIZED', 'NONE', { protocol: 'h2', ...depOn(socketV4) })
  .at(325, ...manager, 'HTTP2_SESSION_POOL_IMPORTED_SESSION_FROM_SOCKET', 'NONE', depOn(session))
  .at(325, ...attemptV6, 'TCP_STREAM_ATTEMPT_ALIVE', 'END', { net_error: -3 })
  .at(325, ...attemptV6, 'TLS_STREAM_ATTEMPT_ALIVE', 'END', { cancel_reason: 'SpdySessionCreated', net_error: -3 })
  .at(325, ...socketV6, 'SOCKET_ALIVE', 'END')
  .at(325, ...poolJob, 'HTTP_STREAM_POOL_JOB_ALIVE', 'END', { negotiated_protocol: 'h2' })
  .at(325, ...page, 'HTTP_STREAM_REQUEST', 'END')
  .at(326, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE', 'END')
  .also(answered(366, page));

export const chrome141: Era = {
  chrome: '141',
  about: 'the HttpStreamPool half way to its present names',
  log,
  resolutions: [
    {
      id: 606,
      host: HOST,
      scheme: 'https',
      port: 443,
      source: 'network',
      queryTypes: ['A', 'AAAA', 'HTTPS'],
      startMs: 0,
      endMs: 40,
      durationMs: 40,
      outcome: 'ok',
      addresses: [V6, V4],
      taskKinds: ['dns'],
      transactions: [
        { type: 'HTTPS', startMs: 0, endMs: 14, outcome: 'ok' },
        { type: 'AAAA', startMs: 0, endMs: 16, outcome: 'ok' },
        { type: 'A', startMs: 0, endMs: 40, outcome: 'ok' },
      ],
    },
  ],
  race: {
    id: 605,
    engine: 'hev3',
    destination: { scheme: 'https', host: HOST, port: 443 },
    preconnect: false,
    startMs: 0,
    endMs: 325,
    durationMs: 325,
    outcome: 'connected',
    resolutionIds: [606],
    requestIds: [601],
    attempts: [
      { id: 614, transport: 'tcp', ipEndpoint: V6_443, family: 'ipv6', startMs: 16, endMs: 325, outcome: 'lost' },
      { id: 616, transport: 'tcp', ipEndpoint: V4_443, family: 'ipv4', startMs: 266, connectedMs: 284, secureStartMs: 284, endMs: 325, outcome: 'won' },
    ],
    winner: { attemptId: 616, transport: 'tcp', family: 'ipv4', ipEndpoint: V4_443, alpn: 'h2' },
    fallback: { family: true, transport: false },
  },
};
