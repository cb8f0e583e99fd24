/**
 * Chrome 120: a QUIC job of the stream factory resolves, TCP takes the answer from the cache. IPv6
 * is unreachable for QUIC and refuses TCP; IPv4 wins. The QUIC job's END tells no error, and nothing
 * links it to its session.
 */
import { depOn, timeline } from '../../support/timeline.ts';
import { type Era, HOST, V4, V4_443, V6, V6_443 } from './era.ts';
import {
  A, AAAA, answer, asksPool, cacheEntry, connected, connectJob, controlled, handedOver, HTTPS, lookup, query, refused, request, resolverJob, secured,
  served, streamJob, transportAttempt,
} from './parts.ts';
import { quicPacketSent, quicSession, quicSessionFailed, quicSocket } from './quic-parts.ts';

const page = ['URL_REQUEST', 401] as const;
const controller = ['HTTP_STREAM_JOB_CONTROLLER', 402] as const;
const alternative = ['HTTP_STREAM_JOB', 403] as const;
const main = ['HTTP_STREAM_JOB', 404] as const;
const quicJob = ['QUIC_STREAM_FACTORY_JOB', 405] as const;
const resolver = ['HOST_RESOLVER_IMPL_JOB', 406] as const;
const udpA = ['UDP_SOCKET', 407] as const;
const udpAaaa = ['UDP_SOCKET', 408] as const;
const udpHttps = ['UDP_SOCKET', 409] as const;
const quicUdp = ['UDP_SOCKET', 410] as const;
const session = ['QUIC_SESSION', 411] as const;
const sslJob = ['SSL_CONNECT_JOB', 412] as const;
const tcpV6 = ['SOCKET', 413] as const;
const tcpV4 = ['SOCKET', 414] as const;

const log = timeline({ chrome: '120' })
  .also(request(0, page))
  .also(controlled(0, page, controller))
  .also(streamJob(0, controller, alternative, 'dns_alpn_h3'))
  .at(0, ...quicJob, 'QUIC_STREAM_FACTORY_JOB', 'BEGIN', { host: HOST, network_anonymization_key: 'https://era.test same_site', port: 443, privacy_mode: 'disabled' })
  .at(0, ...quicJob, 'QUIC_STREAM_FACTORY_JOB_BOUND_TO_HTTP_STREAM_JOB', 'NONE', depOn(alternative))
  .at(0, ...alternative, 'HTTP_STREAM_JOB_BOUND_TO_QUIC_STREAM_FACTORY_JOB', 'NONE', depOn(quicJob))
  .also(lookup(0, quicJob))
  .also(resolverJob(0, quicJob, resolver))
  .at(0, ...resolver, 'HOST_RESOLVER_MANAGER_DNS_TASK', 'BEGIN', { secure: false, transactions_needed: [{ dns_query_type: 1 }, { dns_query_type: 2 }, { dns_query_type: 7 }] })
  .also(query(0, resolver, resolver, udpA, A))
  .also(query(0, resolver, resolver, udpAaaa, AAAA))
  .also(query(0, resolver, resolver, udpHttps, HTTPS))
  .also(streamJob(1, controller, main, 'main'))
  .at(1, ...main, 'HTTP_STREAM_JOB_WAITING', 'BEGIN', { should_wait: true })
  .also(answer(20, resolver, udpHttps))
  .also(answer(21, resolver, udpAaaa))
  .also(answer(25, resolver, udpA))
  .at(25, ...resolver, 'HOST_RESOLVER_MANAGER_DNS_TASK', 'END', { results: cacheEntry([V6, V4], ['h3', 'h2', 'http/1.1']) })
  .at(25, ...resolver, 'HOST_RESOLVER_MANAGER_JOB', 'END')
  .at(25, ...quicJob, 'HOST_RESOLVER_MANAGER_REQUEST', 'END')
  .at(25, ...quicJob, 'QUIC_STREAM_FACTORY_JOB_CONNECT', 'BEGIN', { require_confirmation: false })
  .also(quicSocket(25, quicJob, undefined, quicUdp, V6_443))
  .also(quicSession(25, session))
  .also(quicPacketSent(26, session, quicUdp))
  .at(26, ...controller, 'HTTP_STREAM_JOB_DELAYED', 'NONE', { delay: 0 })
  .at(27, ...main, 'HTTP_STREAM_JOB_RESUMED', 'NONE', { delay: 0 })
  .at(27, ...main, 'HTTP_STREAM_JOB_WAITING', 'END')
  .also(asksPool(27, main))
  .also(connectJob(27, sslJob, 'TRANSPORT'))
  .also(lookup(27, sslJob))
  .at(27, ...sslJob, 'HOST_RESOLVER_MANAGER_CACHE_HIT', 'NONE', { results: cacheEntry([V6, V4], ['h3', 'h2', 'http/1.1']) })
  .at(27, ...sslJob, 'HOST_RESOLVER_MANAGER_REQUEST', 'END')
  .also(transportAttempt(27, sslJob, tcpV6, V6_443))
  .also(refused(45, tcpV6))
  .also(transportAttempt(45, sslJob, tcpV4, V4_443))
  .also(quicSessionFailed(60, session, quicUdp))
  .at(60, ...quicJob, 'QUIC_STREAM_FACTORY_JOB_CONNECT', 'END')
  .at(60, ...quicJob, 'QUIC_STREAM_FACTORY_JOB', 'END')
  .also(connected(65, tcpV4, '192.0.2.200:40120', V4_443))
  .at(65, ...sslJob, 'CONNECT_JOB_SET_SOCKET', 'NONE', depOn(tcpV4))
  .at(65, ...sslJob, 'TRANSPORT_CONNECT_JOB_CONNECT', 'END')
  .also(secured(65, 106, tcpV4))
  .also(handedOver(106, sslJob, tcpV4, main))
  .also(served(106, page, main));

export const chrome120: Era = {
  chrome: '120',
  about: 'a QUIC job of the stream factory fails without saying so, and IPv4 wins over TCP',
  log,
  resolutions: [
    {
      id: 406,
      host: HOST,
      scheme: 'https',
      port: 443,
      source: 'network',
      queryTypes: ['A', 'AAAA', 'HTTPS'],
      startMs: 0,
      endMs: 25,
      durationMs: 25,
      outcome: 'ok',
      addresses: [V6, V4],
      taskKinds: ['dns'],
      transactions: [
        { type: 'A', startMs: 0, endMs: 25, outcome: 'ok' },
        { type: 'AAAA', startMs: 0, endMs: 21, outcome: 'ok' },
        { type: 'HTTPS', startMs: 0, endMs: 20, outcome: 'ok' },
      ],
    },
    { id: 412, host: HOST, source: 'cache', queryTypes: [], startMs: 27, endMs: 27, durationMs: 0, outcome: 'ok', addresses: [V6, V4], taskKinds: [], transactions: [] },
  ],
  race: {
    id: 405,
    engine: 'legacy',
    destination: { scheme: 'https', host: HOST, port: 443 },
    preconnect: false,
    startMs: 0,
    endMs: 106,
    durationMs: 106,
    outcome: 'connected',
    resolutionIds: [406],
    requestIds: [401],
    attempts: [
      { id: 410, transport: 'quic', ipEndpoint: V6_443, family: 'ipv6', startMs: 26, endMs: 60, outcome: 'failed' },
      { id: 413, transport: 'tcp', ipEndpoint: V6_443, family: 'ipv6', startMs: 27, endMs: 45, outcome: 'failed' },
      { id: 414, transport: 'tcp', ipEndpoint: V4_443, family: 'ipv4', startMs: 45, connectedMs: 65, secureStartMs: 65, endMs: 106, outcome: 'won' },
    ],
    winner: { attemptId: 414, transport: 'tcp', family: 'ipv4', ipEndpoint: V4_443, alpn: 'h2' },
    fallback: { family: true, transport: true },
  },
};
