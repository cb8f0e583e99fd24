/**
 * Chrome 92: TCP is nested in the TLS job and logs on its source; the pool names the group when it
 * makes a job. Still one socket per address list. IPv6 is a black hole; the answer to the HTTPS
 * query is empty.
 */
import { depOn, timeline } from '../../support/timeline.ts';
import { type Era, HOST, V4, V4_443, V6, V6_443 } from './era.ts';
import { A, AAAA, answer, connect, connected, HTTPS, query, request, secured, served, streamJob } from './parts.ts';

const page = ['URL_REQUEST', 201] as const;
const controller = ['HTTP_STREAM_JOB_CONTROLLER', 202] as const;
const job = ['HTTP_STREAM_JOB', 203] as const;
const sslJob = ['SSL_CONNECT_JOB', 204] as const;
const resolverJob = ['HOST_RESOLVER_IMPL_JOB', 205] as const;
const udpA = ['UDP_SOCKET', 206] as const;
const udpAaaa = ['UDP_SOCKET', 207] as const;
const udpHttps = ['UDP_SOCKET', 208] as const;
const main = ['SOCKET', 209] as const;
const fallback = ['SOCKET', 210] as const;

const group = { group_id: `ssl/${HOST}:443 <https://era.test https://era.test>` };

const log = timeline({ chrome: '92' })
  .also(request(0, page))
  .at(0, ...controller, 'HTTP_STREAM_JOB_CONTROLLER', 'BEGIN', { is_preconnect: false, privacy_mode: 'disabled', url: `https://${HOST}/` })
  .at(0, ...page, 'HTTP_STREAM_JOB_CONTROLLER_BOUND', 'NONE', depOn(controller))
  .at(0, ...controller, 'HTTP_STREAM_JOB_CONTROLLER_BOUND', 'NONE', depOn(page))
  .also(streamJob(0, controller, job, 'main'))
  .at(1, ...job, 'TCP_CLIENT_SOCKET_POOL_REQUESTED_SOCKET', 'NONE', group)
  .at(1, ...job, 'SOCKET_POOL', 'BEGIN')
  .at(1, ...sslJob, 'CONNECT_JOB', 'BEGIN')
  .at(1, ...sslJob, 'SOCKET_POOL_CONNECT_JOB_CREATED', 'NONE', { backup_job: false, ...group })
  .at(1, ...sslJob, 'SSL_CONNECT_JOB_CONNECT', 'BEGIN')
  .at(1, ...sslJob, 'TRANSPORT_CONNECT_JOB_CONNECT', 'BEGIN')
  .at(1, ...sslJob, 'HOST_RESOLVER_IMPL_REQUEST', 'BEGIN', {
    allow_cached_response: true,
    dns_query_type: 0,
    host: `${HOST}:443`,
    is_speculative: false,
    network_isolation_key: 'https://era.test https://era.test',
  })
  .at(1, ...sslJob, 'HOST_RESOLVER_IMPL_IPV6_REACHABILITY_CHECK', 'NONE', { cached: true, ipv6_available: true })
  .at(1, ...sslJob, 'HOST_RESOLVER_IMPL_CREATE_JOB')
  .at(1, ...resolverJob, 'HOST_RESOLVER_IMPL_JOB', 'BEGIN', { host: HOST, ...depOn(sslJob) })
  .at(1, ...sslJob, 'HOST_RESOLVER_IMPL_JOB_ATTACH', 'NONE', depOn(resolverJob))
  .at(1, ...resolverJob, 'HOST_RESOLVER_IMPL_JOB_REQUEST_ATTACH', 'NONE', { priority: 'HIGHEST', ...depOn(sslJob) })
  .at(1, ...resolverJob, 'HOST_RESOLVER_IMPL_JOB_STARTED')
  .at(1, ...resolverJob, 'HOST_RESOLVER_IMPL_DNS_TASK', 'BEGIN')
  .also(query(1, resolverJob, resolverJob, udpA, A))
  .also(query(1, resolverJob, resolverJob, udpAaaa, AAAA))
  .also(query(1, resolverJob, resolverJob, udpHttps, HTTPS))
  .also(answer(19, resolverJob, udpHttps, 0))
  .also(answer(21, resolverJob, udpAaaa))
  .also(answer(23, resolverJob, udpA))
  // The form of a cache entry, with no key around it.
  .at(23, ...resolverJob, 'HOST_RESOLVER_IMPL_DNS_TASK', 'END', { addresses: [V6, V4], expiration: '13271472000000000' })
  .at(23, ...resolverJob, 'HOST_RESOLVER_IMPL_JOB', 'END')
  .at(23, ...sslJob, 'HOST_RESOLVER_IMPL_REQUEST', 'END')
  .also(connect(23, sslJob, main, [V6_443, V4_443]))
  .also(connect(323, sslJob, fallback, [V4_443, V6_443]))
  .also(connected(341, fallback, '192.0.2.200:40092', V4_443))
  .at(341, ...sslJob, 'CONNECT_JOB_SET_SOCKET', 'NONE', depOn(fallback))
  .at(341, ...main, 'SOCKET_ALIVE', 'END')
  .at(341, ...sslJob, 'TRANSPORT_CONNECT_JOB_CONNECT', 'END')
  .also(secured(341, 380, fallback))
  .at(380, ...sslJob, 'CONNECT_JOB_SET_SOCKET', 'NONE', depOn(fallback))
  .at(380, ...sslJob, 'SSL_CONNECT_JOB_CONNECT', 'END')
  .at(380, ...job, 'SOCKET_POOL_BOUND_TO_CONNECT_JOB', 'NONE', depOn(sslJob))
  .at(380, ...job, 'SOCKET_POOL_BOUND_TO_SOCKET', 'NONE', depOn(fallback))
  .at(380, ...job, 'SOCKET_POOL', 'END')
  .at(380, ...sslJob, 'CONNECT_JOB', 'END')
  .also(served(380, page, job));

export const chrome92: Era = {
  chrome: '92',
  about: 'TCP nested in the TLS job; a second socket falls back to IPv4',
  log,
  resolutions: [
    {
      id: 205,
      host: HOST,
      source: 'network',
      queryTypes: ['A', 'AAAA', 'HTTPS'],
      startMs: 1,
      endMs: 23,
      durationMs: 22,
      outcome: 'ok',
      addresses: [V6, V4],
      taskKinds: ['dns'],
      transactions: [
        { name: HOST, type: 'A', startMs: 1, endMs: 23, outcome: 'ok' },
        { name: HOST, type: 'AAAA', startMs: 1, endMs: 21, outcome: 'ok' },
        { name: HOST, type: 'HTTPS', startMs: 1, endMs: 19, outcome: 'ok' },
      ],
    },
  ],
  race: {
    id: 204,
    engine: 'legacy',
    destination: { scheme: 'https', host: HOST, port: 443 },
    preconnect: false,
    startMs: 1,
    endMs: 380,
    durationMs: 379,
    outcome: 'connected',
    resolutionIds: [205],
    requestIds: [201],
    attempts: [
      { id: 209, transport: 'tcp', ipEndpoint: V6_443, family: 'ipv6', connector: 'main', startMs: 23, endMs: 341, outcome: 'cancelled' },
      { id: 210, transport: 'tcp', ipEndpoint: V4_443, family: 'ipv4', connector: 'fallback', startMs: 323, connectedMs: 341, secureStartMs: 341, endMs: 380, outcome: 'won' },
    ],
    winner: { attemptId: 210, transport: 'tcp', family: 'ipv4', ipEndpoint: V4_443, alpn: 'h2' },
    fallback: { family: true, transport: false },
  },
};
