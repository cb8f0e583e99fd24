/**
 * Chrome 126: the QUIC session pool under its new name; transactions have sources of their own.
 * IPv6 is a black hole for TCP only, so QUIC over IPv6 wins.
 */
import { depOn, timeline } from '../../support/timeline.ts';
import { type Era, HOST, V4, V6, V6_443 } from './era.ts';
import {
  A, AAAA, answer, answered, asksPool, cacheEntry, connectJob, controlled, HTTPS, lookup, query, request, resolverJob, streamJob, transportAttempt,
} from './parts.ts';
import { quicPacketSent, quicSession, quicSocket } from './quic-parts.ts';

const page = ['URL_REQUEST', 501] as const;
const controller = ['HTTP_STREAM_JOB_CONTROLLER', 502] as const;
const alternative = ['HTTP_STREAM_JOB', 503] as const;
const main = ['HTTP_STREAM_JOB', 504] as const;
const quicJob = ['QUIC_SESSION_POOL_DIRECT_JOB', 505] as const;
const resolver = ['HOST_RESOLVER_IMPL_JOB', 506] as const;
const [txA, txAaaa, txHttps] = [['DNS_TRANSACTION', 507], ['DNS_TRANSACTION', 508], ['DNS_TRANSACTION', 509]] as const;
const [udpA, udpAaaa, udpHttps] = [['UDP_SOCKET', 510], ['UDP_SOCKET', 511], ['UDP_SOCKET', 512]] as const;
const quicUdp = ['UDP_SOCKET', 513] as const;
const session = ['QUIC_SESSION', 514] as const;
const sslJob = ['SSL_CONNECT_JOB', 515] as const;
const tcpV6 = ['SOCKET', 516] as const;

const alpn = ['h3', 'h2', 'http/1.1'];

const log = timeline({ chrome: '126' })
  .also(request(0, page))
  .also(controlled(0, page, controller))
  .also(streamJob(0, controller, alternative, 'dns_alpn_h3'))
  .at(0, ...quicJob, 'QUIC_SESSION_POOL_JOB', 'BEGIN', {
    host: HOST,
    network_anonymization_key: 'https://era.test same_site',
    port: 443,
    privacy_mode: 'disabled',
    proxy_chain: '[direct://]',
  })
  .at(0, ...quicJob, 'QUIC_SESSION_POOL_JOB_BOUND_TO', 'NONE', depOn(alternative))
  .at(0, ...alternative, 'BOUND_TO_QUIC_SESSION_POOL_JOB', 'NONE', depOn(quicJob))
  .also(lookup(0, quicJob))
  .also(resolverJob(0, quicJob, resolver))
  .at(0, ...resolver, 'HOST_RESOLVER_DNS_TASK', 'BEGIN', { secure: false, transactions_needed: [{ dns_query_type: 'A' }, { dns_query_type: 'AAAA' }, { dns_query_type: 'HTTPS' }] })
  .also(query(0, resolver, txA, udpA, A))
  .also(query(0, resolver, txAaaa, udpAaaa, AAAA))
  .also(query(0, resolver, txHttps, udpHttps, HTTPS))
  .also(streamJob(1, controller, main, 'main'))
  .at(1, ...main, 'HTTP_STREAM_JOB_WAITING', 'BEGIN', { should_wait: true })
  .also(answer(20, txHttps, udpHttps))
  .also(answer(22, txA, udpA))
  .also(answer(28, txAaaa, udpAaaa))
  .at(28, ...resolver, 'HOST_RESOLVER_DNS_TASK', 'END', { results: cacheEntry([V6, V4], alpn) })
  .at(28, ...resolver, 'HOST_RESOLVER_MANAGER_JOB', 'END')
  .at(28, ...quicJob, 'HOST_RESOLVER_MANAGER_REQUEST', 'END')
  .at(28, ...quicJob, 'QUIC_SESSION_POOL_JOB_CONNECT', 'BEGIN', { require_confirmation: false })
  .also(quicSocket(28, quicJob, undefined, quicUdp, V6_443))
  .also(quicSession(28, session))
  .also(quicPacketSent(29, session, quicUdp))
  .at(29, ...controller, 'HTTP_STREAM_JOB_DELAYED', 'NONE', { delay: 0 })
  .at(29, ...main, 'HTTP_STREAM_JOB_RESUMED', 'NONE', { delay: 0 })
  .at(29, ...main, 'HTTP_STREAM_JOB_WAITING', 'END')
  .also(asksPool(29, main))
  .also(connectJob(29, sslJob, 'TRANSPORT'))
  .also(lookup(29, sslJob))
  .at(29, ...sslJob, 'HOST_RESOLVER_MANAGER_CACHE_HIT', 'NONE', { results: cacheEntry([V6, V4], alpn) })
  .at(29, ...sslJob, 'HOST_RESOLVER_MANAGER_REQUEST', 'END')
  .also(transportAttempt(29, sslJob, tcpV6, V6_443))
  .at(70, ...session, 'QUIC_SESSION_CERTIFICATE_VERIFIED', 'NONE', { subjects: [HOST] })
  .at(72, ...quicJob, 'QUIC_SESSION_POOL_JOB_CONNECT', 'END')
  .at(72, ...quicJob, 'QUIC_SESSION_POOL_JOB', 'END')
  .at(72, ...page, 'HTTP_STREAM_REQUEST_BOUND_TO_JOB', 'NONE', depOn(alternative))
  .at(72, ...page, 'HTTP_STREAM_REQUEST_BOUND_TO_QUIC_SESSION', 'NONE', depOn(session))
  .at(72, ...page, 'HTTP_STREAM_REQUEST', 'END')
  .at(73, ...main, 'HTTP_STREAM_JOB', 'END')
  .at(73, ...tcpV6, 'SOCKET_ALIVE', 'END')
  .at(73, ...sslJob, 'CONNECT_JOB', 'END')
  .also(answered(112, page))
  .at(900, ...session, 'QUIC_SESSION', 'END')
  .at(900, ...quicUdp, 'SOCKET_ALIVE', 'END');

export const chrome126: Era = {
  chrome: '126',
  about: 'a QUIC session pool job wins; its END has no params either way',
  log,
  resolutions: [
    {
      id: 506,
      host: HOST,
      scheme: 'https',
      port: 443,
      source: 'network',
      queryTypes: ['A', 'AAAA', 'HTTPS'],
      startMs: 0,
      endMs: 28,
      durationMs: 28,
      outcome: 'ok',
      addresses: [V6, V4],
      taskKinds: ['dns'],
      transactions: [
        { type: 'A', startMs: 0, endMs: 22, outcome: 'ok' },
        { type: 'AAAA', startMs: 0, endMs: 28, outcome: 'ok' },
        { type: 'HTTPS', startMs: 0, endMs: 20, outcome: 'ok' },
      ],
    },
    { id: 515, host: HOST, source: 'cache', queryTypes: [], startMs: 29, endMs: 29, durationMs: 0, outcome: 'ok', addresses: [V6, V4], taskKinds: [], transactions: [] },
  ],
  race: {
    id: 505,
    engine: 'legacy',
    destination: { scheme: 'https', host: HOST, port: 443 },
    preconnect: false,
    startMs: 0,
    endMs: 72,
    durationMs: 72,
    outcome: 'connected',
    resolutionIds: [506],
    requestIds: [501],
    attempts: [
      { id: 513, transport: 'quic', ipEndpoint: V6_443, family: 'ipv6', startMs: 29, endMs: 72, outcome: 'won' },
      { id: 516, transport: 'tcp', ipEndpoint: V6_443, family: 'ipv6', startMs: 29, endMs: 73, outcome: 'lost' },
    ],
    winner: { attemptId: 513, transport: 'quic', family: 'ipv6', ipEndpoint: V6_443 },
    fallback: { family: false, transport: false },
  },
};
