/**
 * Groups of events that many stories share word for word: DNS queries and answers, and the socket
 * side of a connection. What differs between versions stays in the stories.
 */
import { depOn, type SourceRef, type Timeline } from '../../support/timeline.ts';
import { DNS_SERVER, HOST } from './era.ts';

export type Part = (log: Timeline) => void;

export const A = 1;
export const AAAA = 28;
export const HTTPS = 65;

/**
 * A query leaves, at one moment. Where `transaction` is a source of its own, the job's link to it
 * comes first; in logs up to about Chrome 120 it is the job itself.
 */
export function query(at: number, job: SourceRef, transaction: SourceRef, udp: SourceRef, type: number): Part {
  return (log) => {
    if (transaction[1] !== job[1]) log.at(at, ...job, 'DNS_TRANSACTION', 'NONE', depOn(transaction));
    log
      .at(at, ...transaction, 'DNS_TRANSACTION', 'BEGIN', { hostname: HOST, query_type: type })
      .at(at, ...transaction, 'DNS_TRANSACTION_QUERY', 'BEGIN', { qname: HOST })
      .at(at, ...udp, 'SOCKET_ALIVE', 'BEGIN', depOn(transaction))
      .at(at, ...transaction, 'DNS_TRANSACTION_ATTEMPT', 'NONE', depOn(udp))
      .at(at, ...udp, 'UDP_CONNECT', 'BEGIN', { address: DNS_SERVER })
      .at(at, ...udp, 'UDP_CONNECT', 'END');
  };
}

/** Its answer, NOERROR. */
export function answer(at: number, transaction: SourceRef, udp: SourceRef, answerCount = 1): Part {
  return (log) => {
    log
      .at(at, ...transaction, 'DNS_TRANSACTION_RESPONSE', 'NONE', { answer_count: answerCount, rcode: 0, ...depOn(udp) })
      .at(at, ...transaction, 'DNS_TRANSACTION_QUERY', 'END')
      .at(at, ...transaction, 'DNS_TRANSACTION', 'END')
      .at(at, ...udp, 'SOCKET_ALIVE', 'END');
  };
}

/** A TCP socket is made and sends its SYN to the first of its addresses. */
export function connect(at: number, owner: SourceRef, socket: SourceRef, addresses: readonly string[]): Part {
  return (log) => {
    log.at(at, ...socket, 'SOCKET_ALIVE', 'BEGIN', depOn(owner)).also(syn(at, socket, addresses));
  };
}

/** The SYN alone, where the connect job says something between. */
export function syn(at: number, socket: SourceRef, addresses: readonly string[]): Part {
  return (log) => {
    log
      .at(at, ...socket, 'TCP_CONNECT', 'BEGIN', { address_list: addresses, aliases: [] })
      .at(at, ...socket, 'TCP_CONNECT_ATTEMPT', 'BEGIN', { address: addresses[0] });
  };
}

export function refused(at: number, socket: SourceRef): Part {
  return (log) => {
    log
      .at(at, ...socket, 'TCP_CONNECT_ATTEMPT', 'END', { os_error: 111 })
      .at(at, ...socket, 'TCP_CONNECT', 'END', { net_error: -102 })
      .at(at, ...socket, 'SOCKET_ALIVE', 'END');
  };
}

/** As since about Chrome 100, when the remote address came into END. */
export function connected(at: number, socket: SourceRef, local: string, remote: string): Part {
  return (log) => {
    log
      .at(at, ...socket, 'TCP_CONNECT_ATTEMPT', 'END')
      .at(at, ...socket, 'TCP_CONNECT', 'END', { local_address: local, remote_address: remote });
  };
}

export function secured(from: number, to: number, socket: SourceRef): Part {
  return (log) => {
    log
      .at(from, ...socket, 'SSL_CONNECT', 'BEGIN')
      .at(to, ...socket, 'SSL_CONNECT', 'END', { cipher_suite: 4865, is_resumed: false, next_proto: 'h2', version: 'TLS 1.3' });
  };
}

/** The page's request begins; its URL is in both events since about Chrome 90, before only in the second. */
export function request(at: number, source: SourceRef): Part {
  return (log) => {
    const url = `https://${HOST}/`;
    const alive = log.shape.chromeMajor >= 90 ? { priority: 'HIGHEST', traffic_annotation: 63171670, url } : undefined;
    log
      .at(at, ...source, 'REQUEST_ALIVE', 'BEGIN', alive)
      .at(at, ...source, 'URL_REQUEST_START_JOB', 'BEGIN', { load_flags: 0, method: 'GET', url })
      .at(at, ...source, 'HTTP_STREAM_REQUEST', 'BEGIN');
  };
}

/** A controller starts a job to find the request a stream. */
export function streamJob(at: number, controller: SourceRef, job: SourceRef, type: 'main' | 'alternative' | 'dns_alpn_h3'): Part {
  return (log) => {
    const destination =
      log.shape.chromeMajor >= 122
        ? { destination: `https://${HOST}`, logical_destination: `https://${HOST}` }
        : { original_url: `https://${HOST}/`, url: `https://${HOST}/` };
    log
      .at(at, ...job, 'HTTP_STREAM_JOB', 'BEGIN', { ...destination, expect_spdy: false, priority: 'HIGHEST', type, using_quic: type !== 'main', ...depOn(controller) })
      .at(at, ...controller, 'HTTP_STREAM_REQUEST_STARTED_JOB', 'NONE', depOn(job));
  };
}

/** The stream of `job` goes to the request, which gets its answer and is over. */
export function served(at: number, source: SourceRef, job: SourceRef): Part {
  return (log) => {
    log
      .at(at, ...source, 'HTTP_STREAM_REQUEST_BOUND_TO_JOB', 'NONE', depOn(job))
      .at(at, ...job, 'HTTP_STREAM_JOB_BOUND_TO_REQUEST', 'NONE', depOn(source))
      .at(at, ...source, 'HTTP_STREAM_REQUEST', 'END')
      .at(at, ...job, 'HTTP_STREAM_JOB', 'END')
      .also(answered(at + 40, source));
  };
}

export function answered(at: number, source: SourceRef): Part {
  return (log) => {
    log
      .at(at, ...source, 'HTTP_TRANSACTION_READ_RESPONSE_HEADERS', 'NONE', { headers: ['HTTP/1.1 200'] })
      .at(at, ...source, 'URL_REQUEST_START_JOB', 'END')
      .at(at + 5, ...source, 'REQUEST_ALIVE', 'END');
  };
}

export const NETWORK_KEY = 'https://era.test same_site';
const GROUP_ID = `https://${HOST} <${NETWORK_KEY}>`;

/** A look-up with a BEGIN of its own, as connect jobs and QUIC jobs make them. */
export function lookup(at: number, requester: SourceRef): Part {
  return (log) => {
    log
      .at(at, ...requester, 'HOST_RESOLVER_MANAGER_REQUEST', 'BEGIN', {
        allow_cached_response: true,
        // A number of the resolver's own up to about Chrome 125.
        dns_query_type: log.shape.chromeMajor >= 126 ? 'UNSPECIFIED' : 0,
        host: `https://${HOST}`,
        is_speculative: false,
        network_anonymization_key: NETWORK_KEY,
        secure_dns_policy: 0,
      })
      .at(at, ...requester, 'HOST_RESOLVER_MANAGER_IPV6_REACHABILITY_CHECK', 'NONE', { cached: true, ipv6_available: true });
    if (log.shape.chromeMajor >= 146) log.at(at, ...requester, 'HOST_RESOLVER_MANAGER_TASK_SEQUENCE_CREATED', 'NONE', { tasks: [4, 9, 1, 0] });
  };
}

/** The look-up finds no answer in a cache: a resolver job is made, and starts at once. */
export function resolverJob(at: number, requester: SourceRef, job: SourceRef): Part {
  return (log) => {
    const tasks = log.shape.chromeMajor >= 146 ? { tasks: [1, 0] } : {};
    log
      .at(at, ...requester, 'HOST_RESOLVER_MANAGER_CREATE_JOB')
      .at(at, ...job, 'HOST_RESOLVER_MANAGER_JOB', 'BEGIN', {
        dns_query_types: ['A', 'AAAA', 'HTTPS'],
        host: `https://${HOST}`,
        network_anonymization_key: NETWORK_KEY,
        secure_dns_mode: 0,
        ...depOn(requester),
        ...tasks,
      })
      .at(at, ...requester, 'HOST_RESOLVER_MANAGER_JOB_ATTACH', 'NONE', depOn(job))
      .at(at, ...job, 'HOST_RESOLVER_MANAGER_JOB_REQUEST_ATTACH', 'NONE', { priority: 'HIGHEST', ...depOn(requester) })
      .at(at, ...job, 'HOST_RESOLVER_MANAGER_JOB_STARTED');
  };
}

/** A cache entry: what CACHE_HIT shows, and up to about Chrome 140 the end of a DNS task too. */
export function cacheEntry(addresses: readonly string[], alpn: readonly string[] = []): Readonly<Record<string, unknown>> {
  const metadata = { ech_config_list: '', supported_protocol_alpns: alpn, target_name: HOST };
  return {
    aliases: [HOST],
    canonical_names: [HOST],
    endpoint_metadatas: alpn.length === 0 ? [] : [{ endpoint_metadata_value: metadata, endpoint_metadata_weight: 1 }],
    expiration: '13348540860000000',
    ip_endpoints: addresses.map((address) => ({ endpoint_address: address, endpoint_port: 0 })),
  };
}

/** Results of the newer DNS task. */
export function data(queryType: string, addresses: readonly string[]): Readonly<Record<string, unknown>> {
  return { domain_name: HOST, endpoints: addresses.map((address) => ({ address, port: 0 })), hosts: [], query_type: queryType, source: 'dns', strings: [], type: 'data' };
}

export function noData(queryType: string): Readonly<Record<string, unknown>> {
  return { domain_name: HOST, error: -105, query_type: queryType, source: 'dns', type: 'error' };
}

export function metadata(alpn: readonly string[]): Readonly<Record<string, unknown>> {
  const value = { ech_config_list: '', supported_protocol_alpns: alpn, target_name: HOST };
  return { address_hints: {}, domain_name: HOST, metadatas: [{ metadata_value: value, metadata_weight: 1 }], query_type: 'HTTPS', source: 'dns', type: 'metadata' };
}

/** A controller takes the request on. */
export function controlled(at: number, source: SourceRef, controller: SourceRef): Part {
  return (log) => {
    log
      .at(at, ...controller, 'HTTP_STREAM_JOB_CONTROLLER', 'BEGIN', { is_preconnect: false, privacy_mode: 'disabled', url: `https://${HOST}/` })
      .at(at, ...source, 'HTTP_STREAM_JOB_CONTROLLER_BOUND', 'NONE', depOn(controller))
      .at(at, ...controller, 'HTTP_STREAM_JOB_CONTROLLER_BOUND', 'NONE', depOn(source));
  };
}

/** A stream job asks the socket pool. */
export function asksPool(at: number, job: SourceRef): Part {
  return (log) => {
    log
      .at(at, ...job, 'TCP_CLIENT_SOCKET_POOL_REQUESTED_SOCKET', 'NONE', { group_id: GROUP_ID })
      .at(at, ...job, 'SOCKET_POOL', 'BEGIN');
  };
}

/** The pool makes a connect job for a stream job (or a backup job, for none). `layer` is the job's TCP part. */
export function connectJob(at: number, job: SourceRef, layer: 'TRANSPORT' | 'TCP', backup = false): Part {
  return (log) => {
    log
      .at(at, ...job, 'CONNECT_JOB', 'BEGIN')
      .at(at, ...job, 'SOCKET_POOL_CONNECT_JOB_CREATED', 'NONE', { backup_job: backup, group_id: GROUP_ID })
      .at(at, ...job, 'SSL_CONNECT_JOB_CONNECT', 'BEGIN')
      .at(at, ...job, `${layer}_CONNECT_JOB_CONNECT`, 'BEGIN');
  };
}

/** Legacy since about Chrome 100: the job names each socket it makes, which has one address. */
export function transportAttempt(at: number, job: SourceRef, socket: SourceRef, address: string): Part {
  return (log) => {
    log
      .at(at, ...socket, 'SOCKET_ALIVE', 'BEGIN', depOn(job))
      .at(at, ...job, 'TRANSPORT_CONNECT_JOB_CONNECT_ATTEMPT', 'NONE', { address, ...depOn(socket) })
      .also(syn(at, socket, [address]));
  };
}

/** HEv2: the job names each socket it makes, and which connector made it. */
export function connectorAttempt(at: number, job: SourceRef, socket: SourceRef, address: string, connector: 'first' | 'second'): Part {
  return (log) => {
    log
      .at(at, ...socket, 'SOCKET_ALIVE', 'BEGIN', depOn(job))
      .at(at, ...job, 'TCP_CONNECT_JOB_CONNECTOR_CONNECT_START', 'NONE', { address, connector, ...depOn(socket) })
      .also(syn(at, socket, [address]));
  };
}

/** TLS is done: the socket goes from the connect job to the stream job. */
export function handedOver(at: number, connecting: SourceRef, socket: SourceRef, waiting: SourceRef): Part {
  return (log) => {
    log
      .at(at, ...connecting, 'CONNECT_JOB_SET_SOCKET', 'NONE', depOn(socket))
      .at(at, ...connecting, 'SSL_CONNECT_JOB_CONNECT', 'END')
      .at(at, ...waiting, 'SOCKET_POOL_BOUND_TO_CONNECT_JOB', 'NONE', depOn(connecting))
      .at(at, ...waiting, 'SOCKET_POOL_BOUND_TO_SOCKET', 'NONE', depOn(socket))
      .at(at, ...waiting, 'SOCKET_POOL', 'END')
      .at(at, ...connecting, 'CONNECT_JOB', 'END');
  };
}
