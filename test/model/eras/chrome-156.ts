/**
 * Chrome 156 as installed: a QUIC job resolves first and ends when there is no h3 endpoint; then
 * TcpConnectJob takes the answer from the cache (CACHE_HIT comes twice). IPv6 is a black hole, so
 * the second connector and a backup job start. The QUIC job's IPv6 probe is no attempt.
 */
import { depOn, timeline } from '../../support/timeline.ts';
import { type Era, HOST, V4, V4_443, V6, V6_443 } from './era.ts';
import {
  A, AAAA, answer, asksPool, cacheEntry, connected, connectJob, connectorAttempt, controlled, data, handedOver, HTTPS, lookup, noData, query,
  request, resolverJob, secured, served, streamJob,
} from './parts.ts';

const page = ['URL_REQUEST', 801] as const;
const controller = ['HTTP_STREAM_JOB_CONTROLLER', 802] as const;
const h3Job = ['HTTP_STREAM_JOB', 804] as const;
const main = ['HTTP_STREAM_JOB', 803] as const;
const quicJob = ['QUIC_SESSION_POOL_DIRECT_JOB', 805] as const;
const probeClient = ['UDP_CLIENT_SOCKET', 806] as const;
const probe = ['UDP_SOCKET', 807] as const;
const resolver = ['HOST_RESOLVER_IMPL_JOB', 808] as const;
const [txHttps, txAaaa, txA] = [['DNS_TRANSACTION', 809], ['DNS_TRANSACTION', 810], ['DNS_TRANSACTION', 811]] as const;
const [udpHttps, udpAaaa, udpA] = [['UDP_SOCKET', 812], ['UDP_SOCKET', 813], ['UDP_SOCKET', 814]] as const;
const sslJob = ['SSL_CONNECT_JOB', 815] as const;
const first = ['SOCKET', 816] as const;
const backupJob = ['SSL_CONNECT_JOB', 817] as const;
const backup = ['SOCKET', 818] as const;
const second = ['SOCKET', 819] as const;

const hit = { results: cacheEntry([V6, V4]) };

const log = timeline({ chrome: '156' })
  .also(request(0, page))
  .also(controlled(0, page, controller))
  .also(streamJob(0, controller, h3Job, 'dns_alpn_h3'))
  .at(0, ...h3Job, 'HTTP_STREAM_JOB_INIT_CONNECTION', 'BEGIN')
  .at(0, ...quicJob, 'QUIC_SESSION_POOL_JOB', 'BEGIN', {
    host: HOST,
    network_anonymization_key: 'https://era.test same_site',
    port: 443,
    privacy_mode: 'disabled',
    proxy_chain: '[direct://]',
  })
  .at(0, ...quicJob, 'QUIC_SESSION_POOL_JOB_BOUND_TO', 'NONE', depOn(h3Job))
  .at(0, ...h3Job, 'BOUND_TO_QUIC_SESSION_POOL_JOB', 'NONE', depOn(quicJob))
  .at(0, ...probe, 'SOCKET_ALIVE', 'BEGIN', depOn(probeClient))
  .at(0, ...probeClient, 'SOCKET_ALIVE', 'BEGIN', depOn(quicJob))
  .at(0, ...probe, 'UDP_CONNECT', 'BEGIN', { address: '[2001:4860:4860::8888]:443' })
  .at(0, ...probe, 'UDP_CONNECT', 'END')
  .at(0, ...probeClient, 'SOCKET_ALIVE', 'END')
  .at(0, ...probe, 'SOCKET_ALIVE', 'END')
  .also(lookup(0, quicJob))
  .also(resolverJob(0, quicJob, resolver))
  .at(0, ...resolver, 'HOST_RESOLVER_DNS_TASK', 'BEGIN', { secure: false, transactions_needed: [{ dns_query_type: 'HTTPS' }, { dns_query_type: 'AAAA' }, { dns_query_type: 'A' }] })
  .also(query(0, resolver, txHttps, udpHttps, HTTPS))
  .also(query(0, resolver, txAaaa, udpAaaa, AAAA))
  .also(query(0, resolver, txA, udpA, A))
  .also(streamJob(1, controller, main, 'main'))
  .at(1, ...main, 'HTTP_STREAM_JOB_WAITING', 'BEGIN', { should_wait: true })
  .also(answer(20, txHttps, udpHttps, 0))
  .at(20, ...resolver, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'NONE', { results: [noData('HTTPS')] })
  .also(answer(21, txA, udpA))
  .at(21, ...resolver, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'NONE', { results: [data('A', [V4])] })
  .also(answer(24, txAaaa, udpAaaa))
  .at(24, ...resolver, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'NONE', { results: [data('AAAA', [V6])] })
  .at(24, ...resolver, 'HOST_RESOLVER_DNS_TASK', 'END', { results: [noData('HTTPS'), data('UNSPECIFIED', [V6, V4])] })
  .at(24, ...resolver, 'HOST_RESOLVER_MANAGER_JOB', 'END')
  .at(24, ...quicJob, 'HOST_RESOLVER_MANAGER_REQUEST', 'END')
  .at(24, ...controller, 'HTTP_STREAM_JOB_DELAYED', 'NONE', { delay: 0 })
  .at(24, ...h3Job, 'HTTP_STREAM_JOB_INIT_CONNECTION', 'END')
  .at(24, ...h3Job, 'HTTP_STREAM_JOB', 'END')
  .at(24, ...quicJob, 'QUIC_SESSION_POOL_JOB', 'END')
  .at(25, ...main, 'HTTP_STREAM_JOB_RESUMED', 'NONE', { delay: 0 })
  .at(25, ...main, 'HTTP_STREAM_JOB_WAITING', 'END')
  .also(asksPool(25, main))
  .also(connectJob(25, sslJob, 'TCP'))
  .at(25, ...sslJob, 'HOST_RESOLVER_MANAGER_TASK_SEQUENCE_CREATED', 'NONE', { tasks: [4, 9, 1, 0] })
  .at(25, ...sslJob, 'HOST_RESOLVER_MANAGER_CACHE_HIT', 'NONE', hit)
  .at(25, ...sslJob, 'HOST_RESOLVER_MANAGER_CACHE_HIT', 'NONE', hit)
  .also(connectorAttempt(25, sslJob, first, V6_443, 'first'))
  .also(connectJob(275, backupJob, 'TCP', true))
  .at(275, ...backupJob, 'HOST_RESOLVER_MANAGER_TASK_SEQUENCE_CREATED', 'NONE', { tasks: [4, 9, 1, 0] })
  .at(275, ...backupJob, 'HOST_RESOLVER_MANAGER_CACHE_HIT', 'NONE', hit)
  .at(275, ...backupJob, 'HOST_RESOLVER_MANAGER_CACHE_HIT', 'NONE', hit)
  .also(connectorAttempt(275, backupJob, backup, V6_443, 'first'))
  .at(325, ...sslJob, 'TCP_CONNECT_JOB_CREATE_SECOND_CONNECTOR')
  .also(connectorAttempt(325, sslJob, second, V4_443, 'second'))
  .also(connected(346, second, '192.0.2.200:40156', V4_443))
  .at(346, ...sslJob, 'TCP_CONNECT_JOB_CONNECTOR_CONNECT_COMPLETE', 'NONE', { connector: 'second' })
  .at(346, ...sslJob, 'TCP_CONNECT_JOB_CONNECTOR_DONE', 'NONE', { connector: 'second' })
  .at(346, ...sslJob, 'CONNECT_JOB_SET_SOCKET', 'NONE', depOn(second))
  .at(346, ...first, 'SOCKET_ALIVE', 'END')
  .at(346, ...sslJob, 'TCP_CONNECT_JOB_CONNECT', 'END')
  .also(secured(346, 389, second))
  .also(handedOver(389, sslJob, second, main))
  .also(served(389, page, main))
  .at(500, ...backup, 'SOCKET_ALIVE', 'END')
  .at(500, ...backupJob, 'CONNECT_JOB', 'END');

export const chrome156: Era = {
  chrome: '156',
  about: 'no h3 endpoint, cached answers, a second connector and a backup job',
  log,
  resolutions: [
    {
      id: 808,
      host: HOST,
      scheme: 'https',
      port: 443,
      source: 'network',
      queryTypes: ['A', 'AAAA', 'HTTPS'],
      startMs: 0,
      endMs: 24,
      durationMs: 24,
      outcome: 'ok',
      addresses: [V6, V4],
      taskKinds: ['dns'],
      transactions: [
        { type: 'HTTPS', startMs: 0, endMs: 20, outcome: 'ok', rcode: 'NOERROR' },
        { type: 'AAAA', startMs: 0, endMs: 24, outcome: 'ok', rcode: 'NOERROR' },
        { type: 'A', startMs: 0, endMs: 21, outcome: 'ok', rcode: 'NOERROR' },
      ],
    },
    // Twice logged, once told.
    { id: 815, host: HOST, source: 'cache', queryTypes: [], startMs: 25, endMs: 25, durationMs: 0, outcome: 'ok', addresses: [V6, V4], taskKinds: [], transactions: [] },
    { id: 817, host: HOST, source: 'cache', queryTypes: [], startMs: 275, endMs: 275, durationMs: 0, outcome: 'ok', addresses: [V6, V4], taskKinds: [], transactions: [] },
  ],
  race: {
    id: 805,
    engine: 'hev2',
    destination: { scheme: 'https', host: HOST, port: 443 },
    preconnect: false,
    startMs: 0,
    endMs: 389,
    durationMs: 389,
    outcome: 'connected',
    resolutionIds: [808],
    requestIds: [801],
    attempts: [
      { id: 816, transport: 'tcp', ipEndpoint: V6_443, family: 'ipv6', connector: 'first', startMs: 25, endMs: 346, outcome: 'cancelled' },
      { id: 818, transport: 'tcp', ipEndpoint: V6_443, family: 'ipv6', connector: 'backup', startMs: 275, endMs: 500, outcome: 'lost' },
      {
        id: 819,
        transport: 'tcp',
        ipEndpoint: V4_443,
        localEndpoint: '192.0.2.200:40156',
        family: 'ipv4',
        connector: 'second',
        startMs: 325,
        connectedMs: 346,
        secureStartMs: 346,
        endMs: 389,
        outcome: 'won',
      },
    ],
    winner: { attemptId: 819, transport: 'tcp', family: 'ipv4', ipEndpoint: V4_443, alpn: 'h2' },
    fallback: { family: true, transport: false },
  },
};
