/** Builds logs made to be slow to analyse: one event a millisecond, of types and sources by name. */

const TYPES = [
  'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE',
  'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_START',
  'HTTP_STREAM_POOL_ATTEMPT_MANAGER_TCP_BASED_ATTEMPT_SLOW',
  'HTTP_STREAM_POOL_ATTEMPT_MANAGER_JOB_BOUND',
  'HTTP_STREAM_POOL_ATTEMPT_MANAGER_DNS_RESOLUTION_UPDATED',
  'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_BOUND',
  'HTTP_STREAM_JOB_CONTROLLER',
  'HTTP_STREAM_JOB_CONTROLLER_BOUND',
  'HTTP_STREAM_JOB_CONTROLLER_PROXY_SERVER_RESOLVED',
  'HTTP_STREAM_REQUEST_STARTED_JOB',
  'HTTP_STREAM_JOB',
  'HTTP_STREAM_JOB_BOUND_TO_REQUEST',
  'SOCKET_POOL_BOUND_TO_CONNECT_JOB',
  'TLS_STREAM_ATTEMPT_ALIVE',
  'TCP_BASED_ATTEMPT_BOUND_TO_POOL',
  'CONNECT_JOB',
  'SOCKET_POOL_CONNECT_JOB_CREATED',
  'CONNECT_JOB_SET_SOCKET',
  'TCP_CONNECT_JOB_CONNECT',
  'TCP_CONNECT_JOB_CONNECTOR_CONNECT_START',
  'TRANSPORT_CONNECT_JOB_CONNECT',
  'SOCKET_ALIVE',
  'TCP_CONNECT',
  'TCP_CONNECT_ATTEMPT',
  'SSL_CONNECT',
  'HOST_RESOLVER_MANAGER_REQUEST',
  'HOST_RESOLVER_MANAGER_JOB',
  'HOST_RESOLVER_MANAGER_JOB_ATTACH',
  'HOST_RESOLVER_MANAGER_JOB_REQUEST_ATTACH',
  'HOST_RESOLVER_SERVICE_ENDPOINTS_UPDATED',
  'DNS_TRANSACTION',
  'DNS_TRANSACTION_ATTEMPT',
  'QUIC_SESSION_POOL_JOB',
  'QUIC_SESSION',
  'REQUEST_ALIVE',
  'URL_REQUEST_START_JOB',
  'HTTP2_SESSION',
  'HTTP2_SESSION_INITIALIZED',
  'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_END',
  'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_COMPLETED',
  'HTTP2_SESSION_POOL_IMPORTED_SESSION_FROM_SOCKET',
  'QUIC_SESSION_POOL_JOB_CONNECT',
  'QUIC_SESSION_CREATED',
  'QUIC_SESSION_POOL_MATCHING_IP_SESSION_FOUND',
  'QUIC_SESSION_POOL_ASYNC_DNS_JOB_ATTEMPT_STARTED',
  'QUIC_SESSION_POOL_ASYNC_DNS_JOB_ATTEMPT_FAILED',
  'QUIC_SESSION_POOL_ASYNC_DNS_JOB_SLOW_TIMER_FIRED',
  'QUIC_CONNECTION_MIGRATION_TRIGGERED',
  'QUIC_CONNECTION_MIGRATION_SUCCESS',
  'UDP_CONNECT',
  'UDP_BYTES_SENT',
  'HOST_RESOLVER_DNS_TASK',
  'HOST_RESOLVER_SYSTEM_TASK',
  'HOST_RESOLVER_MANAGER_ATTEMPT_STARTED',
  'HOST_RESOLVER_MANAGER_ATTEMPT_FINISHED',
  'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS',
  'DNS_TRANSACTION_RESPONSE',
  'HTTP_STREAM_REQUEST',
  'HTTP_TRANSACTION_SEND_REQUEST_HEADERS',
  'TRANSPORT_CONNECT_JOB_CONNECT_ATTEMPT',
  'HTTP_TRANSACTION_HTTP2_SEND_REQUEST_HEADERS',
  'SSL_CONNECT_JOB_CONNECT',
  'HTTP_STREAM_POOL_ATTEMPT_MANAGER_DNS_RESOLUTION_FINISHED',
  'TCP_STREAM_ATTEMPT_CONNECT',
  'BOUND_TO_QUIC_SESSION_POOL_JOB',
  'HTTP_STREAM_REQUEST_BOUND_TO_JOB',
  'HTTP_STREAM_REQUEST_BOUND_TO_QUIC_SESSION',
  'HTTP_TRANSACTION_QUIC_SEND_REQUEST_HEADERS',
  'HTTP_TRANSACTION_SEND_REQUEST',
  'HTTP_TRANSACTION_READ_HEADERS',
  'QUIC_SESSION_ORIGIN_FRAME_RECEIVED',
  'HTTP_STREAM_POOL_GROUP_ALIVE',
  'SSL_CERTIFICATES_RECEIVED',
  'TCP_CLIENT_SOCKET_POOL_REQUESTED_SOCKET',
] as const;

const SOURCES = [
  'NONE', 'URL_REQUEST', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', 'TLS_STREAM_ATTEMPT', 'TCP_CONNECT_JOB', 'SOCKET', 'HTTP_STREAM_JOB', 'HTTP_STREAM_JOB_CONTROLLER',
  'HOST_RESOLVER_IMPL_JOB', 'DNS_TRANSACTION', 'QUIC_SESSION_POOL_JOB', 'QUIC_SESSION', 'HTTP2_SESSION', 'TRANSPORT_CONNECT_JOB', 'UDP_SOCKET',
  'HTTP_STREAM_POOL_GROUP',
] as const;

export type EventType = (typeof TYPES)[number];
type SourceType = (typeof SOURCES)[number];
export type Phase = 0 | 1 | 2;

export class SlowLog {
  readonly #lines: string[] = [];

  event(type: EventType, source: SourceType, id: number, phase: Phase, params?: object): this {
    const time = String(this.#lines.length);
    const logged = { ...(params && { params }), phase, source: { id, start_time: time, type: SOURCES.indexOf(source) }, time, type: TYPES.indexOf(type) };
    this.#lines.push(JSON.stringify(logged));
    return this;
  }

  text(): string {
    const table = (names: readonly string[]): object => Object.fromEntries(names.map((name, number) => [name, number]));
    const constants = { logEventTypes: table(TYPES), logSourceType: table(SOURCES), timeTickOffset: 0 };
    return `{"constants":${JSON.stringify(constants)},\n"events": [\n${this.#lines.join(',\n')}]}\n`;
  }
}

export const on = (id: number, type: SourceType = 'NONE'): { source_dependency: object } => ({ source_dependency: { id, type: SOURCES.indexOf(type) } });

export const MANAGER = 1;
const KEY = { stream_key: { destination: 'https://slow.test:443', privacy_mode: 'disabled', network_anonymization_key: 'a' } };

export function manager(log: SlowLog, id = MANAGER): SlowLog {
  return log.event('HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', id, 1, KEY);
}

export function attempt(log: SlowLog, id: number, address: string): SlowLog {
  const socket = id + 1;
  return log
    .event('TLS_STREAM_ATTEMPT_ALIVE', 'TLS_STREAM_ATTEMPT', id, 1, { host_port: 'slow.test:443' })
    .event('SOCKET_ALIVE', 'SOCKET', socket, 1, on(id, 'TLS_STREAM_ATTEMPT'))
    .event('TCP_CONNECT', 'SOCKET', socket, 1, { address_list: [address] })
    .event('TCP_CONNECT_ATTEMPT', 'SOCKET', socket, 1, { address })
    .event('TCP_CONNECT_ATTEMPT', 'SOCKET', socket, 2, { net_error: -102 });
}

export function quicJob(log: SlowLog, id: number): SlowLog {
  return log.event('QUIC_SESSION_POOL_JOB', 'QUIC_SESSION_POOL_JOB', id, 1, { host: 'slow.test', port: 443 }).event('QUIC_SESSION_POOL_JOB_CONNECT', 'QUIC_SESSION_POOL_JOB', id, 1);
}

export function times(n: number, what: (log: SlowLog, i: number) => void, log = new SlowLog()): string {
  for (let i = 0; i < n; i++) what(log, i);
  return log.text();
}
