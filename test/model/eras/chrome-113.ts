/**
 * Chrome 113: the legacy engine with one socket per address, each named by the connect job, and an
 * event for the fallback. Transactions are still on the job's source, query types numbers.
 */
import { depOn, timeline } from '../../support/timeline.ts';
import { type Era, HOST, V4, V4_443, V6, V6_443 } from './era.ts';
import {
  A, AAAA, answer, asksPool, cacheEntry, connected, connectJob, controlled, handedOver, HTTPS, lookup, query, request, resolverJob, secured, served,
  streamJob, transportAttempt,
} from './parts.ts';

const page = ['URL_REQUEST', 301] as const;
const controller = ['HTTP_STREAM_JOB_CONTROLLER', 302] as const;
const job = ['HTTP_STREAM_JOB', 303] as const;
const sslJob = ['SSL_CONNECT_JOB', 304] as const;
const resolver = ['HOST_RESOLVER_IMPL_JOB', 305] as const;
const udpA = ['UDP_SOCKET', 306] as const;
const udpAaaa = ['UDP_SOCKET', 307] as const;
const udpHttps = ['UDP_SOCKET', 308] as const;
const main = ['SOCKET', 309] as const;
const fallback = ['SOCKET', 310] as const;

const log = timeline({ chrome: '113' })
  .also(request(0, page))
  .also(controlled(0, page, controller))
  .also(streamJob(0, controller, job, 'main'))
  .also(asksPool(0, job))
  .also(connectJob(0, sslJob, 'TRANSPORT'))
  .also(lookup(0, sslJob))
  .also(resolverJob(0, sslJob, resolver))
  .at(0, ...resolver, 'HOST_RESOLVER_MANAGER_DNS_TASK', 'BEGIN', { secure: false, transactions_needed: [{ dns_query_type: 1 }, { dns_query_type: 2 }, { dns_query_type: 7 }] })
  .also(query(0, resolver, resolver, udpA, A))
  .also(query(0, resolver, resolver, udpAaaa, AAAA))
  .also(query(0, resolver, resolver, udpHttps, HTTPS))
  .also(answer(18, resolver, udpA))
  .also(answer(30, resolver, udpAaaa))
  .also(answer(31, resolver, udpHttps, 0))
  .at(31, ...resolver, 'HOST_RESOLVER_MANAGER_DNS_TASK', 'END', { results: cacheEntry([V6, V4]) })
  .at(31, ...resolver, 'HOST_RESOLVER_MANAGER_JOB', 'END')
  .at(31, ...sslJob, 'HOST_RESOLVER_MANAGER_REQUEST', 'END')
  .also(transportAttempt(31, sslJob, main, V6_443))
  .at(331, ...sslJob, 'TRANSPORT_CONNECT_JOB_IPV6_FALLBACK')
  .also(transportAttempt(331, sslJob, fallback, V4_443))
  .also(connected(352, fallback, '192.0.2.200:40113', V4_443))
  .at(352, ...sslJob, 'CONNECT_JOB_SET_SOCKET', 'NONE', depOn(fallback))
  .at(352, ...main, 'SOCKET_ALIVE', 'END')
  .at(352, ...sslJob, 'TRANSPORT_CONNECT_JOB_CONNECT', 'END')
  .also(secured(352, 395, fallback))
  .also(handedOver(395, sslJob, fallback, job))
  .also(served(395, page, job));

export const chrome113: Era = {
  chrome: '113',
  about: 'one socket per address, an event for the fallback',
  log,
  resolutions: [
    {
      id: 305,
      host: HOST,
      scheme: 'https',
      port: 443,
      source: 'network',
      queryTypes: ['A', 'AAAA', 'HTTPS'],
      startMs: 0,
      endMs: 31,
      durationMs: 31,
      outcome: 'ok',
      addresses: [V6, V4],
      taskKinds: ['dns'],
      transactions: [
        { name: HOST, type: 'A', startMs: 0, endMs: 18, outcome: 'ok' },
        { name: HOST, type: 'AAAA', startMs: 0, endMs: 30, outcome: 'ok' },
        { name: HOST, type: 'HTTPS', startMs: 0, endMs: 31, outcome: 'ok' },
      ],
    },
  ],
  race: {
    id: 304,
    engine: 'legacy',
    destination: { scheme: 'https', host: HOST, port: 443 },
    preconnect: false,
    startMs: 0,
    endMs: 395,
    durationMs: 395,
    outcome: 'connected',
    resolutionIds: [305],
    requestIds: [301],
    attempts: [
      { id: 309, transport: 'tcp', ipEndpoint: V6_443, family: 'ipv6', connector: 'main', startMs: 31, endMs: 352, outcome: 'cancelled' },
      {
        id: 310,
        transport: 'tcp',
        ipEndpoint: V4_443,
        localEndpoint: '192.0.2.200:40113',
        family: 'ipv4',
        connector: 'fallback',
        startMs: 331,
        connectedMs: 352,
        secureStartMs: 352,
        endMs: 395,
        outcome: 'won',
      },
    ],
    winner: { attemptId: 310, transport: 'tcp', family: 'ipv4', ipEndpoint: V4_443, alpn: 'h2' },
    fallback: { family: true, transport: false },
  },
};
