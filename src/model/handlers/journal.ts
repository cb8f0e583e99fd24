/**
 * Keeps the events of the journal, slimmed to the params that decide what Chromium counts.
 *
 * Most events of these types are handled elsewhere as well, so that keeping them costs no parsing.
 */
import type { EventParams, NetLogEvent } from '../../netlog/event.ts';
import type { Journal, JournalEvent } from '../journal.ts';
import type { Handler } from './handler.ts';

export interface JournalHandler extends Handler {
  readonly journal: Journal;
}

const LINK = 'source_dependency';
const ERROR = 'net_error';

/** Event type to the names of the params that are kept. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  CANCELLED: [ERROR],
  HOST_RESOLVER_MANAGER_REQUEST: ['is_speculative'],
  HOST_RESOLVER_MANAGER_TASK_SEQUENCE_CREATED: [],
  HOST_RESOLVER_MANAGER_JOB_ATTACH: [],
  HOST_RESOLVER_MANAGER_JOB: ['dns_query_types', ERROR],
  HOST_RESOLVER_MANAGER_JOB_STARTED: [],
  HOST_RESOLVER_MANAGER_JOB_REQUEST_ATTACH: [LINK],
  HOST_RESOLVER_DNS_TASK: ['secure', 'results', 'failure_result', ERROR],
  HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS: ['results'],
  HOST_RESOLVER_DNS_TASK_EXTRACTION_FAILURE: [],
  HOST_RESOLVER_DNS_TASK_TIMEOUT: [],
  HOST_RESOLVER_SYSTEM_TASK: [ERROR, 'os_error', 'address_list'],
  HOST_RESOLVER_MANAGER_ATTEMPT_STARTED: ['attempt_number'],
  HOST_RESOLVER_MANAGER_ATTEMPT_FINISHED: ['attempt_number', ERROR],
  DNS_TRANSACTION: [LINK, 'query_type', ERROR],
  DNS_TRANSACTION_QUERY: [],
  DNS_TRANSACTION_ATTEMPT: [LINK],
  DNS_TRANSACTION_TCP_ATTEMPT: [LINK],
  DNS_TRANSACTION_HTTPS_ATTEMPT: [LINK],
  DNS_TRANSACTION_RESPONSE: [LINK, 'rcode'],
  HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE: ['tcp_based_attempt_delay'],
  HTTP_STREAM_POOL_ATTEMPT_MANAGER_INITIAL_ATTEMPT_STATE: ['state'],
  HTTP_STREAM_POOL_ATTEMPT_MANAGER_EXISTING_QUIC_SESSION_MATCHED: [],
  HTTP_STREAM_POOL_ATTEMPT_MANAGER_EXISTING_SPDY_SESSION_MATCHED: [],
  HTTP_STREAM_POOL_ATTEMPT_MANAGER_NOTIFY_FAILURE: [ERROR, 'num_jobs', 'num_preconnects', 'num_tcp_based_attempt_slots'],
  HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_BOUND: [LINK],
  HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_COMPLETED: ['result', 'num_tcp_based_attempt_slots'],
  HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_START: [LINK, 'num_tcp_based_attempt_slots'],
  HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_END: [LINK, ERROR, 'num_tcp_based_attempt_slots'],
  HTTP2_SESSION_POOL_IMPORTED_SESSION_FROM_SOCKET: [],
  HTTP_STREAM_POOL_QUIC_ATTEMPT_ALIVE: [LINK],
  HTTP_STREAM_POOL_JOB_ALIVE: [ERROR, 'negotiated_protocol'],
  HTTP_STREAM_POOL_JOB_CONTROLLER_ALIVE: [],
  HTTP_STREAM_JOB_CONTROLLER_BOUND: [LINK],
  HTTP_STREAM_JOB_WAITING: ['should_wait'],
  TLS_STREAM_ATTEMPT_ALIVE: ['cancel_reason'],
  TLS_STREAM_ATTEMPT_CONNECT: [],
  TLS_STREAM_ATTEMPT_WAIT_FOR_SERVICE_ENDPOINT: [],
  TCP_STREAM_ATTEMPT_ALIVE: ['cancel_reason'],
  TCP_BASED_ATTEMPT_BOUND_TO_POOL: [LINK],
  TRANSPORT_CONNECT_JOB_CONNECT: [ERROR],
  TRANSPORT_CONNECT_JOB_CONNECT_ATTEMPT: [],
  TCP_CONNECT_ATTEMPT: ['os_error'],
  SOCKET_ALIVE: [],
  SSL_CONNECT: [ERROR, 'cipher_suite', 'key_exchange_group', 'peer_signature_algorithm'],
  QUIC_SESSION: [],
  QUIC_SESSION_CERTIFICATE_VERIFIED: [],
  QUIC_SESSION_CREATED: [LINK],
  QUIC_SESSION_CRYPTO_HANDSHAKE_COMPLETE: [],
  QUIC_SESSION_ZERO_RTT_STATE: ['state'],
  QUIC_SESSION_POOL_JOB_CONNECT: [ERROR],
  QUIC_SESSION_POOL_ASYNC_DNS_JOB_ATTEMPT_STARTED: ['attempt_id'],
  QUIC_SESSION_POOL_ASYNC_DNS_JOB_COMPLETE: ['attempt_count', ERROR],
  QUIC_SESSION_POOL_ASYNC_DNS_JOB_CONNECTOR_SETTLED_JOB: ['attempt_id', 'completion_reason'],
  QUIC_SESSION_POOL_ASYNC_DNS_JOB_SERVICE_ENDPOINT_REQUEST_FINISHED: [],
  QUIC_SESSION_POOL_MATCHING_IP_SESSION_FOUND: [],
  QUIC_SESSION_POOL_CAN_POOL_BUT_DIFFERENT_IP: [],
  QUIC_SESSION_POOL_CANNOT_POOL_WITH_EXISTING_SESSIONS: [],
  QUIC_SESSION_POOL_POOLED_WITH_DIFFERENT_IP_SESSION: [],
  URL_REQUEST_START_JOB: [ERROR],
  URL_REQUEST_DELEGATE_RECEIVED_REDIRECT: [],
  HTTP_CACHE_READ_INFO: [],
  HTTP_STREAM_REQUEST: [],
  HTTP_TRANSACTION_SEND_REQUEST_HEADERS: [],
  HTTP_TRANSACTION_HTTP2_SEND_REQUEST_HEADERS: [],
  HTTP_TRANSACTION_QUIC_SEND_REQUEST_HEADERS: [],
};

export function createJournalHandler(): JournalHandler {
  const journal: JournalEvent[] = [];

  function keep(names: readonly string[]): (event: NetLogEvent) => void {
    return ({ time, index, type, phase, source, params }) => {
      // Of sockets only the end of those that connect counts, and most sockets carry datagrams.
      if (type === 'SOCKET_ALIVE' && (phase !== 'END' || source.type !== 'SOCKET')) return;
      const kept = params === undefined || names.length === 0 ? undefined : slim(params, names);
      journal.push({ time, index, type, phase, sourceId: source.id, sourceType: source.type, params: kept });
    };
  }

  const types = Object.entries(KEPT);
  return {
    journal,
    headersOnly: types.filter(([, names]) => names.length === 0).map(([type]) => type),
    on: Object.fromEntries(types.map(([type, names]) => [type, keep(names)])),
  };
}

function slim(params: EventParams, names: readonly string[]): EventParams | undefined {
  let kept: Record<string, unknown> | undefined;
  for (const name of names) {
    const value = params[name];
    if (value !== undefined) (kept ??= {})[name] = value;
  }
  return kept;
}
