/**
 * One name for each event type and source type, whatever the Chromium version called it.
 *
 * Chromium renames event types without notice and promises no compatibility. The tables here fold
 * every older name that matters to us into its role: the name that the newest Chromium uses. A
 * name that is not listed is its own role, so names we never heard of pass through untouched.
 * Only names are folded: params that were called otherwise in older versions, or were missing, are
 * the business of the handler. Where the shape changed with the name, a remark says so.
 */

type Renames = Readonly<Record<string, string>>;

/** Event types, older name to role name. */
const EVENT_RENAMES: Renames = {
  // Host resolution. The system resolver was a "proc" (getaddrinfo) task up to about Chrome 105.
  HOST_RESOLVER_IMPL_PROC_TASK: 'HOST_RESOLVER_SYSTEM_TASK',
  HOST_RESOLVER_MANAGER_PROC_TASK: 'HOST_RESOLVER_SYSTEM_TASK',

  // Connect jobs, up to Chrome 73. BEGIN names the group (`group_name`); later CREATED does.
  // SOCKET_POOL_CONNECT_JOB_CONNECT is absent on purpose: it was the Connect() of every kind of
  // job, and has become one event type per kind.
  SOCKET_POOL_CONNECT_JOB: 'CONNECT_JOB',
  SOCKET_POOL_CONNECT_JOB_TIMED_OUT: 'CONNECT_JOB_TIMED_OUT',
  // Logged for backup jobs only, and without params: no `backup_job` there means a backup job.
  SOCKET_BACKUP_CREATED: 'SOCKET_POOL_CONNECT_JOB_CREATED',
  BACKUP_CONNECT_JOB_CREATED: 'SOCKET_POOL_CONNECT_JOB_CREATED',
  WEB_SOCKET_TRANSPORT_CONNECT_JOB_CONNECT: 'TRANSPORT_CONNECT_JOB_CONNECT',
  SSL_ENCYPTED_CLIENT_HELLO: 'SSL_ENCRYPTED_CLIENT_HELLO',

  // QUIC pool. QUIC_SESSION_POOL_JOB_BOUND_TO_HTTP_STREAM_JOB and its reverse lived about Chrome 122 to 125.
  QUIC_SESSION_POOL_JOB_BOUND_TO_HTTP_STREAM_JOB: 'QUIC_SESSION_POOL_JOB_BOUND_TO',
  HTTP_STREAM_JOB_BOUND_TO_QUIC_STREAM_FACTORY_JOB: 'BOUND_TO_QUIC_SESSION_POOL_JOB',
  HTTP_STREAM_JOB_BOUND_TO_QUIC_SESSION_POOL_JOB: 'BOUND_TO_QUIC_SESSION_POOL_JOB',
  QUIC_CONNECTION_MIGRATION_PLATFORM_NOTIFICATION: 'QUIC_SESSION_POOL_PLATFORM_NOTIFICATION',

  // HttpStreamPool, up to about Chrome 145. The GROUP_ forms are logged on the group, not on the manager.
  HTTP_STREAM_POOL_GROUP_START_JOB: 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_REQUEST_STREAM',
  HTTP_STREAM_POOL_GROUP_PRECONNECT: 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_PRECONNECT',
  HTTP_STREAM_POOL_GROUP_JOB_BOUND: 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_JOB_BOUND',
  HTTP_STREAM_POOL_ATTEMPT_MANAGER_START_JOB: 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_REQUEST_STREAM',
  // START can come twice for one attempt: once with the dependency alone, once with the state. No `ip_endpoint`.
  HTTP_STREAM_POOL_ATTEMPT_MANAGER_ATTEMPT_START: 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_START',
  HTTP_STREAM_POOL_ATTEMPT_MANAGER_ATTEMPT_END: 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_END',
  HTTP_STREAM_POOL_ATTEMPT_MANAGER_TCP_BASED_ATTEMPT_START: 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_START',
  HTTP_STREAM_POOL_ATTEMPT_MANAGER_TCP_BASED_ATTEMPT_END: 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_END',
  HTTP_STREAM_POOL_ATTEMPT_MANAGER_STREAM_ATTEMPT_DELAY_PASSED:
    'HTTP_STREAM_POOL_ATTEMPT_MANAGER_TCP_BASED_ATTEMPT_DELAY_PASSED',
  HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_TASK_BOUND: 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_BOUND',
  HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_TASK_COMPLETED: 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_COMPLETED',
  // The task's endpoint is not in BEGIN but in HTTP_STREAM_POOL_QUIC_ATTEMPT_START, its error in …_ATTEMPT_END.
  HTTP_STREAM_POOL_QUIC_TASK_ALIVE: 'HTTP_STREAM_POOL_QUIC_ATTEMPT_ALIVE',
  STREAM_ATTEMPT_BOUND_TO_POOL: 'TCP_BASED_ATTEMPT_BOUND_TO_POOL',
  TLS_STREAM_ATTEMPT_WAIT_FOR_SSL_CONFIG: 'TLS_STREAM_ATTEMPT_WAIT_FOR_SERVICE_ENDPOINT',

  // HTTP/2, up to about Chrome 56; the SPDY_ spellings of these fall under the families below.
  HTTP2_SESSION_SYN_STREAM: 'HTTP2_SESSION_SEND_HEADERS',
  HTTP2_SESSION_SYN_REPLY: 'HTTP2_SESSION_RECV_HEADERS',
  HTTP2_SESSION_RST_STREAM: 'HTTP2_SESSION_RECV_RST_STREAM',
  HTTP2_SESSION_GOAWAY: 'HTTP2_SESSION_RECV_GOAWAY',
  HTTP2_SESSION_RECEIVED_WINDOW_UPDATE_FRAME: 'HTTP2_SESSION_RECV_WINDOW_UPDATE',
  HTTP2_SESSION_SENT_WINDOW_UPDATE_FRAME: 'HTTP2_SESSION_SEND_WINDOW_UPDATE',
  HTTP_TRANSACTION_SPDY_SEND_REQUEST_HEADERS: 'HTTP_TRANSACTION_HTTP2_SEND_REQUEST_HEADERS',

  PRIVATE_NETWORK_ACCESS_CHECK: 'LOCAL_NETWORK_ACCESS_CHECK',
};

/**
 * Prefixes of event types of which the whole family was renamed; the longest that fits counts.
 * An exact name above wins over a family, before and after the family's renaming.
 */
const EVENT_FAMILY_RENAMES: Renames = {
  HOST_RESOLVER_IMPL_: 'HOST_RESOLVER_MANAGER_',
  HOST_RESOLVER_IMPL_DNS_TASK: 'HOST_RESOLVER_DNS_TASK',
  HOST_RESOLVER_MANAGER_DNS_TASK: 'HOST_RESOLVER_DNS_TASK',
  QUIC_STREAM_FACTORY_: 'QUIC_SESSION_POOL_',
  SPDY_SESSION: 'HTTP2_SESSION',
  SPDY_STREAM: 'HTTP2_STREAM',
  SPDY_PROXY_CLIENT_SESSION: 'HTTP2_PROXY_CLIENT_SESSION',
  PROXY_SERVICE: 'PROXY_RESOLUTION_SERVICE',
  PROXY_SCRIPT_DECIDER: 'PAC_FILE_DECIDER',
};

/**
 * Source types. HOST_RESOLVER_IMPL_JOB is missing on purpose: as a source type it was never
 * renamed and is the role name, whereas the event type of that name is an old one.
 */
const SOURCE_RENAMES: Renames = {
  // Up to about Chrome 55 one type for all connect jobs, those of TLS and of proxies too.
  CONNECT_JOB: 'TRANSPORT_CONNECT_JOB',
  WEB_SOCKET_TRANSPORT_CONNECT_JOB: 'TRANSPORT_CONNECT_JOB',
  SPDY_SESSION: 'HTTP2_SESSION',
  QUIC_STREAM_FACTORY: 'QUIC_SESSION_POOL',
  QUIC_STREAM_FACTORY_JOB: 'QUIC_SESSION_POOL_DIRECT_JOB',
  QUIC_SESSION_POOL_JOB: 'QUIC_SESSION_POOL_DIRECT_JOB',
  HTTP_STREAM_POOL_QUIC_TASK: 'HTTP_STREAM_POOL_QUIC_ATTEMPT',
  PROXY_SCRIPT_DECIDER: 'PAC_FILE_DECIDER',
  QUIC_TRANSPORT_CLIENT: 'WEB_TRANSPORT_CLIENT',
};

const exactEvents = new Map(Object.entries(EVENT_RENAMES));
const exactSources = new Map(Object.entries(SOURCE_RENAMES));
const families = Object.entries(EVENT_FAMILY_RENAMES).toSorted(([a], [b]) => b.length - a.length);

/** The role name of an event type; the name itself where no Chromium version renamed it. */
export function roleOfEvent(loggedName: string): string {
  const exact = exactEvents.get(loggedName);
  if (exact !== undefined) return exact;
  const family = families.find(([prefix]) => loggedName.startsWith(prefix));
  if (family === undefined) return loggedName;
  const renamed = family[1] + loggedName.slice(family[0].length);
  return exactEvents.get(renamed) ?? renamed;
}

/** The role name of a source type; the name itself where no Chromium version renamed it. */
export function roleOfSource(loggedName: string): string {
  return exactSources.get(loggedName) ?? loggedName;
}
