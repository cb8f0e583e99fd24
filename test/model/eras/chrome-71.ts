/**
 * Chrome 71: TLS and TCP are still two connect jobs, now of two source types, and the fallback is a
 * second socket with the list turned round. IPv6 is a black hole, so a backup job starts as well,
 * fed from the host cache. A second name is looked up by the system resolver.
 */
import { depOn, timeline } from '../../support/timeline.ts';
import { type Era, HOST, V4, V4_443, V6, V6_443 } from './era.ts';
import { A, AAAA, answer, connect, query, request, secured, served } from './parts.ts';

const page = ['URL_REQUEST', 11] as const;
const controller = ['HTTP_STREAM_JOB_CONTROLLER', 12] as const;
const job = ['HTTP_STREAM_JOB', 13] as const;
const sslJob = ['SSL_CONNECT_JOB', 14] as const;
const transportJob = ['TRANSPORT_CONNECT_JOB', 15] as const;
const resolverJob = ['HOST_RESOLVER_IMPL_JOB', 16] as const;
const udpA = ['UDP_SOCKET', 17] as const;
const udpAaaa = ['UDP_SOCKET', 18] as const;
const main = ['SOCKET', 19] as const;
const backupJob = ['TRANSPORT_CONNECT_JOB', 20] as const;
const backup = ['SOCKET', 21] as const;
const fallback = ['SOCKET', 22] as const;
const prefetch = ['NONE', 30] as const;
const systemJob = ['HOST_RESOLVER_IMPL_JOB', 31] as const;

const group = { group_name: `ssl/${HOST}:443` };
const lookup = { address_family: 0, allow_cached_response: true, host: `${HOST}:443`, is_speculative: false };

const log = timeline({ chrome: '71' })
  .also(request(0, page))
  .at(0, ...controller, 'HTTP_STREAM_JOB_CONTROLLER', 'BEGIN', { is_preconnect: false, url: `https://${HOST}/` })
  .at(0, ...page, 'HTTP_STREAM_JOB_CONTROLLER_BOUND', 'NONE', depOn(controller))
  .at(0, ...controller, 'HTTP_STREAM_JOB_CONTROLLER_BOUND', 'NONE', depOn(page))
  .at(0, ...job, 'HTTP_STREAM_JOB', 'BEGIN', { original_url: `https://${HOST}/`, priority: 'HIGHEST', url: `https://${HOST}/`, ...depOn(controller) })
  .at(0, ...controller, 'HTTP_STREAM_REQUEST_STARTED_JOB', 'NONE', depOn(job))
  .at(0, ...job, 'SOCKET_POOL', 'BEGIN')
  .at(0, ...sslJob, 'SOCKET_POOL_CONNECT_JOB', 'BEGIN', group)
  .at(0, ...sslJob, 'SOCKET_POOL_CONNECT_JOB_CONNECT', 'BEGIN')
  .at(0, ...sslJob, 'TCP_CLIENT_SOCKET_POOL_REQUESTED_SOCKET', 'NONE', { host_and_port: `${HOST}:443` })
  .at(0, ...sslJob, 'SOCKET_POOL', 'BEGIN')
  .at(0, ...transportJob, 'SOCKET_POOL_CONNECT_JOB', 'BEGIN', group)
  .at(0, ...transportJob, 'SOCKET_POOL_CONNECT_JOB_CONNECT', 'BEGIN')
  .at(0, ...transportJob, 'HOST_RESOLVER_IMPL_REQUEST', 'BEGIN', lookup)
  .at(0, ...transportJob, 'HOST_RESOLVER_IMPL_CREATE_JOB')
  .at(0, ...resolverJob, 'HOST_RESOLVER_IMPL_JOB', 'BEGIN', { host: HOST, ...depOn(transportJob) })
  .at(0, ...transportJob, 'HOST_RESOLVER_IMPL_JOB_ATTACH', 'NONE', depOn(resolverJob))
  .at(0, ...resolverJob, 'HOST_RESOLVER_IMPL_JOB_REQUEST_ATTACH', 'NONE', { priority: 'HIGHEST', ...depOn(transportJob) })
  .at(2, ...resolverJob, 'HOST_RESOLVER_IMPL_JOB_STARTED')
  .at(2, ...resolverJob, 'HOST_RESOLVER_IMPL_DNS_TASK', 'BEGIN')
  .also(query(2, resolverJob, resolverJob, udpA, A))
  .also(query(2, resolverJob, resolverJob, udpAaaa, AAAA))
  .also(answer(22, resolverJob, udpA))
  .also(answer(24, resolverJob, udpAaaa))
  .at(24, ...resolverJob, 'HOST_RESOLVER_IMPL_DNS_TASK', 'END', { address_list: [`[${V6}]:0`, `${V4}:0`] })
  .at(24, ...resolverJob, 'HOST_RESOLVER_IMPL_JOB', 'END')
  .at(24, ...transportJob, 'HOST_RESOLVER_IMPL_REQUEST', 'END')
  .also(connect(24, transportJob, main, [V6_443, V4_443]))
  .at(100, ...prefetch, 'HOST_RESOLVER_IMPL_REQUEST', 'BEGIN', { address_family: 0, allow_cached_response: true, host: 'other.era.test:80', is_speculative: true })
  .at(100, ...prefetch, 'HOST_RESOLVER_IMPL_CREATE_JOB')
  .at(100, ...systemJob, 'HOST_RESOLVER_IMPL_JOB', 'BEGIN', { host: 'other.era.test', ...depOn(prefetch) })
  .at(100, ...prefetch, 'HOST_RESOLVER_IMPL_JOB_ATTACH', 'NONE', depOn(systemJob))
  .at(100, ...systemJob, 'HOST_RESOLVER_IMPL_JOB_REQUEST_ATTACH', 'NONE', { priority: 'IDLE', ...depOn(prefetch) })
  .at(100, ...systemJob, 'HOST_RESOLVER_IMPL_JOB_STARTED')
  .at(100, ...systemJob, 'HOST_RESOLVER_IMPL_PROC_TASK', 'BEGIN')
  .at(100, ...systemJob, 'HOST_RESOLVER_IMPL_ATTEMPT_STARTED', 'NONE', { attempt_number: 1 })
  .at(133, ...systemJob, 'HOST_RESOLVER_IMPL_PROC_TASK', 'END', { address_list: ['192.0.2.20:0'] })
  .at(133, ...systemJob, 'HOST_RESOLVER_IMPL_ATTEMPT_FINISHED', 'NONE', { attempt_number: 1 })
  .at(133, ...systemJob, 'HOST_RESOLVER_IMPL_JOB', 'END')
  .at(133, ...prefetch, 'HOST_RESOLVER_IMPL_REQUEST', 'END')
  .at(250, ...backupJob, 'SOCKET_POOL_CONNECT_JOB', 'BEGIN', group)
  .at(250, ...backupJob, 'BACKUP_CONNECT_JOB_CREATED')
  .at(250, ...backupJob, 'SOCKET_POOL_CONNECT_JOB_CONNECT', 'BEGIN')
  .at(250, ...backupJob, 'HOST_RESOLVER_IMPL_REQUEST', 'BEGIN', lookup)
  .at(250, ...backupJob, 'HOST_RESOLVER_IMPL_CACHE_HIT')
  .at(250, ...backupJob, 'HOST_RESOLVER_IMPL_REQUEST', 'END')
  .also(connect(250, backupJob, backup, [V6_443, V4_443]))
  .also(connect(324, transportJob, fallback, [V4_443, V6_443]))
  .at(344, ...fallback, 'TCP_CONNECT_ATTEMPT', 'END')
  .at(344, ...fallback, 'TCP_CONNECT', 'END', { source_address: '192.0.2.200:40071' })
  .at(344, ...transportJob, 'CONNECT_JOB_SET_SOCKET', 'NONE', depOn(fallback))
  .at(344, ...main, 'SOCKET_ALIVE', 'END')
  .at(344, ...transportJob, 'SOCKET_POOL_CONNECT_JOB_CONNECT', 'END')
  .at(344, ...sslJob, 'SOCKET_POOL_BOUND_TO_CONNECT_JOB', 'NONE', depOn(transportJob))
  .at(344, ...sslJob, 'SOCKET_POOL_BOUND_TO_SOCKET', 'NONE', depOn(fallback))
  .at(344, ...sslJob, 'SOCKET_POOL', 'END')
  .at(344, ...transportJob, 'SOCKET_POOL_CONNECT_JOB', 'END')
  .also(secured(344, 385, fallback))
  .at(385, ...sslJob, 'CONNECT_JOB_SET_SOCKET', 'NONE', depOn(fallback))
  .at(385, ...sslJob, 'SOCKET_POOL_CONNECT_JOB_CONNECT', 'END')
  .at(385, ...job, 'SOCKET_POOL_BOUND_TO_CONNECT_JOB', 'NONE', depOn(sslJob))
  .at(385, ...job, 'SOCKET_POOL_BOUND_TO_SOCKET', 'NONE', depOn(fallback))
  .at(385, ...job, 'SOCKET_POOL', 'END')
  .at(385, ...sslJob, 'SOCKET_POOL_CONNECT_JOB', 'END')
  .also(served(385, page, job))
  .at(500, ...backup, 'SOCKET_ALIVE', 'END')
  .at(500, ...backupJob, 'SOCKET_POOL_CONNECT_JOB', 'END');

export const chrome71: Era = {
  chrome: '71',
  about: 'a second socket falls back to IPv4, and a backup job starts over with IPv6',
  log,
  resolutions: [
    {
      id: 16,
      host: HOST,
      source: 'network',
      queryTypes: ['A', 'AAAA'],
      startMs: 0,
      endMs: 24,
      durationMs: 24,
      outcome: 'ok',
      addresses: [V6, V4],
      taskKinds: ['dns'],
      transactions: [
        { name: HOST, type: 'A', startMs: 2, endMs: 22, outcome: 'ok', rcode: 'NOERROR' },
        { name: HOST, type: 'AAAA', startMs: 2, endMs: 24, outcome: 'ok', rcode: 'NOERROR' },
      ],
    },
    // A hit in the cache did not tell what it found.
    {
      id: 20,
      host: HOST,
      source: 'cache',
      queryTypes: [],
      startMs: 250,
      endMs: 250,
      durationMs: 0,
      outcome: 'ok',
      addresses: [],
      taskKinds: [],
      transactions: [],
    },
    {
      id: 31,
      host: 'other.era.test',
      source: 'network',
      speculative: true,
      // The system resolver does not tell what it asked.
      queryTypes: [],
      startMs: 100,
      endMs: 133,
      durationMs: 33,
      outcome: 'ok',
      addresses: ['192.0.2.20'],
      taskKinds: ['system'],
      transactions: [],
    },
  ],
  race: {
    engine: 'legacy',
    destination: { scheme: 'https', host: HOST, port: 443 },
    preconnect: false,
    startMs: 0,
    endMs: 385,
    durationMs: 385,
    outcome: 'connected',
    resolutionIds: [16],
    requestIds: [11],
    attempts: [
      // Given up when the fallback's TCP handshake was done, before its TLS was.
      { id: 19, transport: 'tcp', ipEndpoint: V6_443, family: 'ipv6', connector: 'main', startMs: 24, endMs: 344, outcome: 'cancelled' },
      { id: 21, transport: 'tcp', ipEndpoint: V6_443, family: 'ipv6', connector: 'backup', startMs: 250, endMs: 500, outcome: 'lost' },
      {
        id: 22,
        transport: 'tcp',
        ipEndpoint: V4_443,
        localEndpoint: '192.0.2.200:40071',
        family: 'ipv4',
        connector: 'fallback',
        startMs: 324,
        connectedMs: 344,
        secureStartMs: 344,
        endMs: 385,
        outcome: 'won',
      },
    ],
    winner: { attemptId: 22, transport: 'tcp', family: 'ipv4', ipEndpoint: V4_443, alpn: 'h2' },
    fallback: { family: true, transport: false },
  },
};
