/**
 * Chrome 132: the HttpStreamPool in its first shape. The stream key is on the group only, an
 * attempt's START comes twice and without its address, END without a result, no event ties an
 * attempt to its socket, and QUIC is a task with attempts of its own. IPv6 is a black hole.
 */
import { depOn, timeline } from '../../support/timeline.ts';
import { type Era, HOST, V4, V4_443, V6, V6_443 } from './era.ts';
import { A, AAAA, answer, answered, cacheEntry, connect, connected, data, HTTPS, noData, query, request, resolverJob, secured } from './parts.ts';

const page = ['URL_REQUEST', 551] as const;
const group = ['HTTP_STREAM_POOL_GROUP', 552] as const;
const manager = ['HTTP_STREAM_POOL_ATTEMPT_MANAGER', 553] as const;
const resolver = ['HOST_RESOLVER_IMPL_JOB', 554] as const;
const [txA, txAaaa, txHttps] = [['DNS_TRANSACTION', 555], ['DNS_TRANSACTION', 556], ['DNS_TRANSACTION', 557]] as const;
const [udpA, udpAaaa, udpHttps] = [['UDP_SOCKET', 558], ['UDP_SOCKET', 559], ['UDP_SOCKET', 560]] as const;
const attemptV6 = ['TLS_STREAM_ATTEMPT', 561] as const;
const socketV6 = ['SOCKET', 562] as const;
const attemptV4 = ['TLS_STREAM_ATTEMPT', 563] as const;
const socketV4 = ['SOCKET', 564] as const;
const session = ['HTTP2_SESSION', 565] as const;

const state = { num_inflight_attempts: 1, num_jobs: 1, num_notified_jobs: 0, num_preconnects: 0, num_slow_attempts: 0, quic_task_alive: false };

const log = timeline({ chrome: '132' })
  .also(request(0, page))
  .at(0, ...group, 'HTTP_STREAM_POOL_GROUP_ALIVE', 'BEGIN', {
    force_quic: false,
    stream_key: { destination: `https://${HOST}`, network_anonymization_key: 'https://era.test same_site', privacy_mode: 'disabled' },
  })
  .at(0, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE', 'BEGIN', { stream_attempt_delay: 0, ...depOn(group) })
  .at(0, ...group, 'HTTP_STREAM_POOL_GROUP_ATTEMPT_MANAGER_CREATED', 'NONE', depOn(manager))
  .at(0, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_START_JOB', 'NONE', { allowed_bad_certs: [], enable_ip_based_pooling: true, priority: 5, quic_version: '0', ...depOn(page) })
  .at(0, ...page, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_JOB_BOUND', 'NONE', depOn(manager))
  .also(resolverJob(0, manager, resolver))
  .at(0, ...resolver, 'HOST_RESOLVER_DNS_TASK', 'BEGIN', { secure: false, transactions_needed: [{ dns_query_type: 'A' }, { dns_query_type: 'AAAA' }, { dns_query_type: 'HTTPS' }] })
  .also(query(0, resolver, txA, udpA, A))
  .also(query(0, resolver, txAaaa, udpAaaa, AAAA))
  .also(query(0, resolver, txHttps, udpHttps, HTTPS))
  .also(answer(15, txHttps, udpHttps, 0))
  .at(15, ...resolver, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'NONE', { results: [noData('HTTPS')] })
  .also(answer(18, txAaaa, udpAaaa))
  .at(18, ...resolver, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'NONE', { results: [data('AAAA', [V6])] })
  .also(answer(19, txA, udpA))
  .at(19, ...resolver, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'NONE', { results: [data('A', [V4])] })
  .at(19, ...resolver, 'HOST_RESOLVER_DNS_TASK', 'END', { results: cacheEntry([V6, V4]) })
  .at(19, ...resolver, 'HOST_RESOLVER_MANAGER_JOB', 'END')
  .at(19, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ATTEMPT_START', 'NONE', depOn(attemptV6))
  .at(19, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ATTEMPT_START', 'NONE', { ...state, ...depOn(attemptV6) })
  .at(19, ...attemptV6, 'TLS_STREAM_ATTEMPT_ALIVE', 'BEGIN', { host_port: `${HOST}:443` })
  .at(19, ...attemptV6, 'TCP_STREAM_ATTEMPT_ALIVE', 'BEGIN', { ip_endpoint: V6_443 })
  .also(connect(19, attemptV6, socketV6, [V6_443]))
  .at(19, ...attemptV6, 'STREAM_ATTEMPT_BOUND_TO_POOL', 'NONE', depOn(manager))
  .at(269, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ATTEMPT_START', 'NONE', depOn(attemptV4))
  .at(269, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ATTEMPT_START', 'NONE', { ...state, num_inflight_attempts: 2, num_slow_attempts: 1, ...depOn(attemptV4) })
  .at(269, ...attemptV4, 'TLS_STREAM_ATTEMPT_ALIVE', 'BEGIN', { host_port: `${HOST}:443` })
  .at(269, ...attemptV4, 'TCP_STREAM_ATTEMPT_ALIVE', 'BEGIN', { ip_endpoint: V4_443 })
  .also(connect(269, attemptV4, socketV4, [V4_443]))
  .at(269, ...attemptV4, 'STREAM_ATTEMPT_BOUND_TO_POOL', 'NONE', depOn(manager))
  .also(connected(290, socketV4, '192.0.2.200:40132', V4_443))
  .at(290, ...attemptV4, 'TCP_STREAM_ATTEMPT_ALIVE', 'END')
  .at(290, ...attemptV4, 'TLS_STREAM_ATTEMPT_WAIT_FOR_SSL_CONFIG', 'BEGIN')
  .at(290, ...attemptV4, 'TLS_STREAM_ATTEMPT_WAIT_FOR_SSL_CONFIG', 'END')
  .at(290, ...attemptV4, 'TLS_STREAM_ATTEMPT_CONNECT', 'BEGIN')
  .also(secured(290, 333, socketV4))
  .at(333, ...attemptV4, 'TLS_STREAM_ATTEMPT_CONNECT', 'END')
  .at(333, ...attemptV4, 'TLS_STREAM_ATTEMPT_ALIVE', 'END')
  .at(333, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ATTEMPT_END', 'NONE', { ...state, num_slow_attempts: 1, ...depOn(attemptV4) })
  .at(333, ...session, 'HTTP2_SESSION', 'BEGIN', { host: `${HOST}:443`, proxy: '[direct://]' })
  .at(333, ...session, 'HTTP2_SESSION_INITIALIZED', 'NONE', depOn(socketV4))
  .at(333, ...manager, 'HTTP2_SESSION_POOL_IMPORTED_SESSION_FROM_SOCKET', 'NONE', depOn(session))
  .at(333, ...attemptV6, 'TCP_STREAM_ATTEMPT_ALIVE', 'END', { net_error: -3 })
  .at(333, ...attemptV6, 'TLS_STREAM_ATTEMPT_ALIVE', 'END', { net_error: -3 })
  .at(333, ...socketV6, 'SOCKET_ALIVE', 'END')
  .at(333, ...page, 'HTTP_STREAM_REQUEST', 'END')
  .at(334, ...manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE', 'END')
  .at(334, ...group, 'HTTP_STREAM_POOL_GROUP_ATTEMPT_MANAGER_DESTROYED', 'NONE', depOn(manager))
  .also(answered(375, page));

export const chrome132: Era = {
  chrome: '132',
  about: 'the HttpStreamPool in its first shape',
  log,
  resolutions: [
    {
      id: 554,
      host: HOST,
      scheme: 'https',
      port: 443,
      source: 'network',
      queryTypes: ['A', 'AAAA', 'HTTPS'],
      startMs: 0,
      endMs: 19,
      durationMs: 19,
      outcome: 'ok',
      addresses: [V6, V4],
      taskKinds: ['dns'],
      transactions: [
        { type: 'A', startMs: 0, endMs: 19, outcome: 'ok' },
        { type: 'AAAA', startMs: 0, endMs: 18, outcome: 'ok' },
        { type: 'HTTPS', startMs: 0, endMs: 15, outcome: 'ok' },
      ],
    },
  ],
  race: {
    id: 553,
    engine: 'hev3',
    destination: { scheme: 'https', host: HOST, port: 443 },
    preconnect: false,
    startMs: 0,
    endMs: 333,
    durationMs: 333,
    outcome: 'connected',
    resolutionIds: [554],
    requestIds: [551],
    attempts: [
      { id: 562, transport: 'tcp', ipEndpoint: V6_443, family: 'ipv6', startMs: 19, endMs: 333, outcome: 'lost' },
      { id: 564, transport: 'tcp', ipEndpoint: V4_443, family: 'ipv4', startMs: 269, connectedMs: 290, secureStartMs: 290, endMs: 333, outcome: 'won' },
    ],
    winner: { attemptId: 564, transport: 'tcp', family: 'ipv4', ipEndpoint: V4_443, alpn: 'h2' },
    fallback: { family: true, transport: false },
  },
};
