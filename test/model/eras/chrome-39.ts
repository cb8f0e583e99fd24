/**
 * Chrome 39: no transaction sources, no query types on the job, hosts as `host:port`, one source type
 * for all connect jobs, and one socket that tries all addresses in turn. IPv6 is refused.
 */
import { depOn, timeline } from '../../support/timeline.ts';
import { DNS_SERVER, type Era, HOST, V4, V4_443, V6, V6_443 } from './era.ts';

const request = ['URL_REQUEST', 1] as const;
const streamJob = ['HTTP_STREAM_JOB', 2] as const;
const sslJob = ['CONNECT_JOB', 3] as const;
const transportJob = ['CONNECT_JOB', 4] as const;
const resolverJob = ['HOST_RESOLVER_IMPL_JOB', 5] as const;
const udpA = ['UDP_SOCKET', 6] as const;
const udpAaaa = ['UDP_SOCKET', 7] as const;
const socket = ['SOCKET', 8] as const;

const log = timeline({ chrome: '39' })
  .at(0, ...request, 'REQUEST_ALIVE', 'BEGIN')
  .at(0, ...request, 'URL_REQUEST_START_JOB', 'BEGIN', { load_flags: 0, method: 'GET', priority: 'HIGHEST', url: `https://${HOST}/` })
  .at(0, ...request, 'HTTP_STREAM_REQUEST', 'BEGIN')
  .at(0, ...streamJob, 'HTTP_STREAM_JOB', 'BEGIN', { original_url: `https://${HOST}/`, priority: 'HIGHEST', url: `https://${HOST}/` })
  .at(0, ...streamJob, 'SOCKET_POOL', 'BEGIN')
  .at(0, ...sslJob, 'SOCKET_POOL_CONNECT_JOB', 'BEGIN', { group_name: `ssl/${HOST}:443` })
  .at(0, ...sslJob, 'SOCKET_POOL_CONNECT_JOB_CONNECT', 'BEGIN')
  .at(0, ...sslJob, 'TCP_CLIENT_SOCKET_POOL_REQUESTED_SOCKET', 'NONE', { host_and_port: `${HOST}:443` })
  .at(0, ...sslJob, 'SOCKET_POOL', 'BEGIN')
  .at(0, ...transportJob, 'SOCKET_POOL_CONNECT_JOB', 'BEGIN', { group_name: `ssl/${HOST}:443` })
  .at(0, ...transportJob, 'SOCKET_POOL_CONNECT_JOB_CONNECT', 'BEGIN')
  .at(0, ...transportJob, 'HOST_RESOLVER_IMPL_REQUEST', 'BEGIN', { address_family: 0, allow_cached_response: true, host: `${HOST}:443`, is_speculative: false })
  .at(0, ...transportJob, 'HOST_RESOLVER_IMPL_CREATE_JOB')
  .at(0, ...resolverJob, 'HOST_RESOLVER_IMPL_JOB', 'BEGIN', { host: HOST, ...depOn(transportJob) })
  .at(0, ...transportJob, 'HOST_RESOLVER_IMPL_JOB_ATTACH', 'NONE', depOn(resolverJob))
  .at(0, ...resolverJob, 'HOST_RESOLVER_IMPL_JOB_REQUEST_ATTACH', 'NONE', { priority: 'HIGHEST', ...depOn(transportJob) })
  .at(0, ...resolverJob, 'HOST_RESOLVER_IMPL_JOB_STARTED')
  .at(0, ...resolverJob, 'HOST_RESOLVER_IMPL_DNS_TASK', 'BEGIN')
  // Both transactions on the job's source, interleaved.
  .at(0, ...resolverJob, 'DNS_TRANSACTION', 'BEGIN', { hostname: HOST, query_type: 1 })
  .at(0, ...resolverJob, 'DNS_TRANSACTION_QUERY', 'BEGIN', { qname: HOST })
  .at(0, ...udpA, 'SOCKET_ALIVE', 'BEGIN', depOn(resolverJob))
  .at(0, ...udpA, 'UDP_CONNECT', 'BEGIN', { address: DNS_SERVER })
  .at(0, ...udpA, 'UDP_CONNECT', 'END')
  .at(0, ...resolverJob, 'DNS_TRANSACTION_ATTEMPT', 'NONE', depOn(udpA))
  .at(1, ...resolverJob, 'DNS_TRANSACTION', 'BEGIN', { hostname: HOST, query_type: 28 })
  .at(1, ...resolverJob, 'DNS_TRANSACTION_QUERY', 'BEGIN', { qname: HOST })
  .at(1, ...udpAaaa, 'SOCKET_ALIVE', 'BEGIN', depOn(resolverJob))
  .at(1, ...udpAaaa, 'UDP_CONNECT', 'BEGIN', { address: DNS_SERVER })
  .at(1, ...udpAaaa, 'UDP_CONNECT', 'END')
  .at(1, ...resolverJob, 'DNS_TRANSACTION_ATTEMPT', 'NONE', depOn(udpAaaa))
  .at(20, ...resolverJob, 'DNS_TRANSACTION_RESPONSE', 'NONE', { answer_count: 1, rcode: 0, ...depOn(udpAaaa) })
  .at(20, ...resolverJob, 'DNS_TRANSACTION_QUERY', 'END')
  .at(20, ...resolverJob, 'DNS_TRANSACTION', 'END')
  .at(26, ...resolverJob, 'DNS_TRANSACTION_RESPONSE', 'NONE', { answer_count: 1, rcode: 0, ...depOn(udpA) })
  .at(26, ...resolverJob, 'DNS_TRANSACTION_QUERY', 'END')
  .at(26, ...resolverJob, 'DNS_TRANSACTION', 'END')
  .at(27, ...resolverJob, 'HOST_RESOLVER_IMPL_DNS_TASK', 'END', { address_list: [`[${V6}]:0`, `${V4}:0`] })
  .at(27, ...resolverJob, 'HOST_RESOLVER_IMPL_JOB', 'END')
  .at(27, ...transportJob, 'HOST_RESOLVER_IMPL_REQUEST', 'END')
  .at(27, ...socket, 'SOCKET_ALIVE', 'BEGIN', depOn(transportJob))
  .at(27, ...socket, 'TCP_CONNECT', 'BEGIN', { address_list: [V6_443, V4_443] })
  .at(27, ...socket, 'TCP_CONNECT_ATTEMPT', 'BEGIN', { address: V6_443 })
  .at(45, ...socket, 'TCP_CONNECT_ATTEMPT', 'END', { os_error: 111 })
  .at(45, ...socket, 'TCP_CONNECT_ATTEMPT', 'BEGIN', { address: V4_443 })
  .at(64, ...socket, 'TCP_CONNECT_ATTEMPT', 'END')
  .at(64, ...socket, 'TCP_CONNECT', 'END', { source_address: '192.0.2.200:40001' })
  .at(64, ...transportJob, 'CONNECT_JOB_SET_SOCKET', 'NONE', depOn(socket))
  .at(64, ...transportJob, 'SOCKET_POOL_CONNECT_JOB_CONNECT', 'END')
  .at(64, ...sslJob, 'SOCKET_POOL_BOUND_TO_CONNECT_JOB', 'NONE', depOn(transportJob))
  .at(64, ...sslJob, 'SOCKET_POOL_BOUND_TO_SOCKET', 'NONE', depOn(socket))
  .at(64, ...sslJob, 'SOCKET_POOL', 'END')
  .at(64, ...transportJob, 'SOCKET_POOL_CONNECT_JOB', 'END')
  .at(64, ...socket, 'SSL_CONNECT', 'BEGIN')
  .at(105, ...socket, 'SSL_CONNECT', 'END')
  .at(105, ...sslJob, 'CONNECT_JOB_SET_SOCKET', 'NONE', depOn(socket))
  .at(105, ...sslJob, 'SOCKET_POOL_CONNECT_JOB_CONNECT', 'END')
  .at(105, ...streamJob, 'SOCKET_POOL_BOUND_TO_CONNECT_JOB', 'NONE', depOn(sslJob))
  .at(105, ...streamJob, 'SOCKET_POOL_BOUND_TO_SOCKET', 'NONE', depOn(socket))
  .at(105, ...streamJob, 'SOCKET_POOL', 'END')
  .at(105, ...sslJob, 'SOCKET_POOL_CONNECT_JOB', 'END')
  .at(105, ...streamJob, 'HTTP_STREAM_JOB_BOUND_TO_REQUEST', 'NONE', depOn(request))
  .at(105, ...request, 'HTTP_STREAM_REQUEST_BOUND_TO_JOB', 'NONE', depOn(streamJob))
  .at(105, ...streamJob, 'HTTP_STREAM_JOB', 'END')
  .at(105, ...request, 'HTTP_STREAM_REQUEST', 'END')
  .at(140, ...request, 'URL_REQUEST_START_JOB', 'END')
  .at(150, ...request, 'REQUEST_ALIVE', 'END');

export const chrome39: Era = {
  chrome: '39',
  about: 'one socket tries IPv6, is refused, and goes on to IPv4',
  log,
  resolutions: [
    {
      id: 5,
      host: HOST,
      source: 'network',
      queryTypes: ['A', 'AAAA'],
      startMs: 0,
      endMs: 27,
      durationMs: 27,
      outcome: 'ok',
      addresses: [V6, V4],
      taskKinds: ['dns'],
      transactions: [
        { name: HOST, type: 'A', startMs: 0, endMs: 26, outcome: 'ok' },
        { name: HOST, type: 'AAAA', startMs: 1, endMs: 20, outcome: 'ok' },
      ],
    },
  ],
  race: {
    engine: 'legacy',
    destination: { scheme: 'https', host: HOST, port: 443 },
    preconnect: false,
    startMs: 0,
    endMs: 105,
    durationMs: 105,
    outcome: 'connected',
    resolutionIds: [5],
    requestIds: [1],
    attempts: [
      { id: 8, part: 1, transport: 'tcp', ipEndpoint: V6_443, family: 'ipv6', startMs: 27, endMs: 45, outcome: 'failed' },
      { id: 8, part: 2, transport: 'tcp', ipEndpoint: V4_443, family: 'ipv4', startMs: 45, connectedMs: 64, secureStartMs: 64, endMs: 105, outcome: 'won' },
    ],
    winner: { attemptId: 8, transport: 'tcp', family: 'ipv4', ipEndpoint: V4_443 },
    fallback: { family: true, transport: false },
  },
};
