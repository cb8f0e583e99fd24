/** Logs made to be slow to analyse: many of one thing, all tied together. Sizes are numbers of events, roughly. */

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
] as const;

const SOURCES = [
  'NONE', 'URL_REQUEST', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', 'TLS_STREAM_ATTEMPT', 'TCP_CONNECT_JOB', 'SOCKET', 'HTTP_STREAM_JOB', 'HTTP_STREAM_JOB_CONTROLLER',
  'HOST_RESOLVER_IMPL_JOB', 'DNS_TRANSACTION', 'QUIC_SESSION_POOL_JOB', 'QUIC_SESSION', 'HTTP2_SESSION', 'TRANSPORT_CONNECT_JOB',
] as const;

type Phase = 0 | 1 | 2;

class SlowLog {
  readonly #lines: string[] = [];

  event(type: (typeof TYPES)[number], source: (typeof SOURCES)[number], id: number, phase: Phase, params?: object): this {
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

const on = (id: number, type: (typeof SOURCES)[number] = 'NONE'): { source_dependency: object } => ({ source_dependency: { id, type: SOURCES.indexOf(type) } });

const MANAGER = 1;
const KEY = { stream_key: { destination: 'https://slow.test:443', privacy_mode: 'disabled', network_anonymization_key: 'a' } };

function manager(log: SlowLog, id = MANAGER): SlowLog {
  return log.event('HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', id, 1, KEY);
}

function attempt(log: SlowLog, id: number, address: string): SlowLog {
  const socket = id + 1;
  return log
    .event('TLS_STREAM_ATTEMPT_ALIVE', 'TLS_STREAM_ATTEMPT', id, 1, { host_port: 'slow.test:443' })
    .event('SOCKET_ALIVE', 'SOCKET', socket, 1, on(id, 'TLS_STREAM_ATTEMPT'))
    .event('TCP_CONNECT', 'SOCKET', socket, 1, { address_list: [address] })
    .event('TCP_CONNECT_ATTEMPT', 'SOCKET', socket, 1, { address })
    .event('TCP_CONNECT_ATTEMPT', 'SOCKET', socket, 2, { net_error: -102 });
}

function times(n: number, what: (log: SlowLog, i: number) => void, log = new SlowLog()): string {
  for (let i = 0; i < n; i++) what(log, i);
  return log.text();
}

/** Each makes a log of about so many events. */
export const SLOW_LOGS: Readonly<Record<string, (events: number) => string>> = {
  'attempts in one race': (n) =>
    times(n / 6, (log, i) => {
      attempt(log, 10 + i * 2, '192.0.2.1:443').event('HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_START', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', MANAGER, 0, on(10 + i * 2));
    }, manager(new SlowLog())),
  'slow attempts in one race, all to one address': (n) =>
    times(n / 7, (log, i) => {
      attempt(log, 10 + i * 2, '192.0.2.1:443')
        .event('HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_START', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', MANAGER, 0, on(10 + i * 2))
        .event('HTTP_STREAM_POOL_ATTEMPT_MANAGER_TCP_BASED_ATTEMPT_SLOW', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', MANAGER, 0, { ip_endpoint: '192.0.2.1:443' });
    }, manager(new SlowLog())),
  'attempts that no manager of many claims': (n) => times(n / 6, (log, i) => void attempt(manager(log, 1_000_000 + i), 10 + i * 2, '192.0.2.1:443')),
  'attempts after many updates of endpoints': (n) => {
    const log = manager(new SlowLog());
    const endpoints = { endpoints: [{ ipv4: ['192.0.2.9:443'], ipv6: [] }] };
    for (let i = 0; i < n / 2; i++) log.event('HTTP_STREAM_POOL_ATTEMPT_MANAGER_DNS_RESOLUTION_UPDATED', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', MANAGER, 0, endpoints);
    return times(n / 12, (l, i) => {
      attempt(l, 10 + i * 2, '192.0.2.1:443').event('HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_START', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', MANAGER, 0, on(10 + i * 2));
    }, log);
  },
  'requests bound to one manager': (n) =>
    times(n / 2, (log, i) => {
      log.event('REQUEST_ALIVE', 'URL_REQUEST', 10 + i, 1).event('HTTP_STREAM_POOL_ATTEMPT_MANAGER_JOB_BOUND', 'URL_REQUEST', 10 + i, 0, on(MANAGER, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER'));
    }, manager(new SlowLog())),
  'QUIC jobs that no manager of many claims': (n) =>
    times(n / 3, (log, i) => void manager(log, 1_000_000 + i).event('QUIC_SESSION_POOL_JOB', 'QUIC_SESSION_POOL_JOB', 10 + i, 1, { host: 'slow.test', port: 443 }).event('HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_BOUND', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', 1_000_000 + i, 0, on(-1 - i))),
  'spans of one connect job': (n) => times(n / 2, (log) => void log.event('TCP_CONNECT_JOB_CONNECT', 'TCP_CONNECT_JOB', 1, 1).event('TCP_CONNECT_JOB_CONNECT', 'TCP_CONNECT_JOB', 1, 2)),
  'spans of one connect job that end and never began': (n) => times(n, (log) => void log.event('TCP_CONNECT_JOB_CONNECT', 'TCP_CONNECT_JOB', 1, 2)),
  'sockets of one connect job': (n) =>
    times(n / 4, (log, i) => {
      log
        .event('SOCKET_ALIVE', 'SOCKET', 10 + i, 1, on(1, 'TCP_CONNECT_JOB'))
        .event('TCP_CONNECT_ATTEMPT', 'SOCKET', 10 + i, 1, { address: '192.0.2.1:443' })
        .event('TCP_CONNECT_JOB_CONNECTOR_CONNECT_START', 'TCP_CONNECT_JOB', 1, 0, { connector: 'primary', ...on(10 + i, 'SOCKET') })
        .event('CONNECT_JOB_SET_SOCKET', 'TCP_CONNECT_JOB', 1, 0, on(10 + i, 'SOCKET'));
    }, new SlowLog().event('CONNECT_JOB', 'TCP_CONNECT_JOB', 1, 1, { group_id: 'ssl/slow.test:443' }).event('TCP_CONNECT_JOB_CONNECT', 'TCP_CONNECT_JOB', 1, 1)),
  'connect jobs of one group, and requests for it': (n) =>
    times(n / 5, (log, i) => {
      log
        .event('CONNECT_JOB', 'TCP_CONNECT_JOB', 10 + i * 3, 1, { group_id: 'ssl/slow.test:443' })
        .event('SOCKET_POOL_CONNECT_JOB_CREATED', 'TCP_CONNECT_JOB', 10 + i * 3, 0, { group_id: 'ssl/slow.test:443', backup_job: false })
        .event('HTTP_STREAM_JOB', 'HTTP_STREAM_JOB', 11 + i * 3, 1, { destination: 'https://slow.test' })
        .event('SOCKET_POOL_BOUND_TO_CONNECT_JOB', 'HTTP_STREAM_JOB', 11 + i * 3, 0, on(10, 'TCP_CONNECT_JOB'))
        .event('HTTP_STREAM_JOB_BOUND_TO_REQUEST', 'HTTP_STREAM_JOB', 11 + i * 3, 0, on(12 + i * 3, 'URL_REQUEST'));
    }),
  'controllers with ever other proxies for one destination': (n) =>
    times(n / 3, (log, i) => {
      log
        .event('HTTP_STREAM_JOB_CONTROLLER', 'HTTP_STREAM_JOB_CONTROLLER', 10 + i * 2, 1, { url: 'https://slow.test/' })
        .event('HTTP_STREAM_JOB_CONTROLLER_PROXY_SERVER_RESOLVED', 'HTTP_STREAM_JOB_CONTROLLER', 10 + i * 2, 0, { proxy_chain: `[p${i}.test:1]` })
        .event('CONNECT_JOB', 'TCP_CONNECT_JOB', 11 + i * 2, 1, { group_id: 'ssl/slow.test:443' });
    }),
  'requests that all ask one job': (n) =>
    times(n / 3, (log, i) => {
      log
        .event('HOST_RESOLVER_MANAGER_REQUEST', 'URL_REQUEST', 10 + i, 1, { host: 'https://slow.test:443' })
        .event('HOST_RESOLVER_MANAGER_JOB_ATTACH', 'URL_REQUEST', 10 + i, 0, on(1, 'HOST_RESOLVER_IMPL_JOB'))
        .event('HOST_RESOLVER_MANAGER_JOB_REQUEST_ATTACH', 'HOST_RESOLVER_IMPL_JOB', 1, 0, on(10 + i, 'URL_REQUEST'));
    }, new SlowLog().event('HOST_RESOLVER_MANAGER_JOB', 'HOST_RESOLVER_IMPL_JOB', 1, 1, { host: 'https://slow.test:443' })),
  'transactions and updates of one job': (n) =>
    times(n / 3, (log, i) => {
      log
        .event('DNS_TRANSACTION', 'DNS_TRANSACTION', 10 + i, 1, { hostname: 'slow.test', query_type: 1, ...on(1, 'HOST_RESOLVER_IMPL_JOB') })
        .event('DNS_TRANSACTION_ATTEMPT', 'DNS_TRANSACTION', 10 + i, 1, { server: '192.0.2.53:53' })
        .event('HOST_RESOLVER_SERVICE_ENDPOINTS_UPDATED', 'HOST_RESOLVER_IMPL_JOB', 1, 0, { endpoints: [{ ipv4: ['192.0.2.9:443'] }] });
    }, new SlowLog().event('HOST_RESOLVER_MANAGER_JOB', 'HOST_RESOLVER_IMPL_JOB', 1, 1, { host: 'https://slow.test:443' })),
  'resolver requests of one source': (n) => times(n / 2, (log, i) => void log.event('HOST_RESOLVER_MANAGER_REQUEST', 'URL_REQUEST', 1, 1, { host: `https://h${i}.test:443` }).event('HOST_RESOLVER_MANAGER_REQUEST', 'URL_REQUEST', 1, 2)),
  'a deep chain of sources': (n) => times(n, (log, i) => void log.event('HTTP_STREAM_JOB_CONTROLLER_BOUND', 'HTTP_STREAM_JOB_CONTROLLER', i, 0, on(i + 1, 'URL_REQUEST'))),
  'a chain of jobs of every kind, closed to a cycle': (n) =>
    times(n / 4, (log, i) => {
      const next = on((i + 1) % Math.ceil(n / 4), 'HTTP_STREAM_JOB');
      log
        .event('HTTP_STREAM_JOB', 'HTTP_STREAM_JOB', i, 1, next)
        .event('CONNECT_JOB', 'TCP_CONNECT_JOB', i, 1, next)
        .event('SOCKET_ALIVE', 'SOCKET', i, 1, next)
        .event('HTTP_STREAM_JOB_BOUND_TO_REQUEST', 'HTTP_STREAM_JOB', i, 0, next);
    }),
  'requests of one source that never end': (n) => times(n, (log) => void log.event('REQUEST_ALIVE', 'URL_REQUEST', 1, 1, { url: 'https://slow.test/' })),
  'sessions on one socket': (n) => times(n / 2, (log, i) => void log.event('HTTP2_SESSION', 'HTTP2_SESSION', 10 + i, 1, { host: 'slow.test:443', proxy: 'direct://' }).event('HTTP2_SESSION_INITIALIZED', 'HTTP2_SESSION', 10 + i, 0, on(1, 'SOCKET'))),
  'host names as long as the log': (n) => times(20, (log, i) => void log.event('HOST_RESOLVER_MANAGER_REQUEST', 'URL_REQUEST', i, 1, { host: `https://${'a.-_[:/ <'.repeat(n / 4)}` }).event('CONNECT_JOB', 'TCP_CONNECT_JOB', 100 + i, 1, { group_id: `${'ssl/'.repeat(n)} <${'pm/ <'.repeat(n)}` }).event('REQUEST_ALIVE', 'URL_REQUEST', 200 + i, 1, { url: 'https:'.repeat(n) })),
};
