/** Logs made to be slow to analyse: many of one thing, all tied together. Sizes are numbers of events, roughly. */
import { type EventType, MANAGER, type Phase, SlowLog, attempt, manager, on, quicJob, times } from './slow-log.ts';

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
  'sockets and sessions of one QUIC job': (n) =>
    times(n / 5, (log, i) => {
      log
        .event('SOCKET_ALIVE', 'UDP_SOCKET', 10 + i * 2, 1, on(1, 'QUIC_SESSION_POOL_JOB'))
        .event('UDP_CONNECT', 'UDP_SOCKET', 10 + i * 2, 1, { address: '192.0.2.1:443' })
        .event('UDP_BYTES_SENT', 'UDP_SOCKET', 10 + i * 2, 0, { byte_count: 1 })
        .event('QUIC_SESSION', 'QUIC_SESSION', 11 + i * 2, 1, { host: 'slow.test' })
        .event('QUIC_SESSION_CREATED', 'QUIC_SESSION_POOL_JOB', 1, 0, on(11 + i * 2, 'QUIC_SESSION'));
    }, quicJob(new SlowLog(), 1)),
  'QUIC jobs and sessions of one host that name each other nowhere': (n) =>
    times(n / 6, (log, i) => {
      quicJob(log, 10 + i * 3)
        .event('SOCKET_ALIVE', 'UDP_SOCKET', 11 + i * 3, 1, on(10 + i * 3, 'QUIC_SESSION_POOL_JOB'))
        .event('UDP_CONNECT', 'UDP_SOCKET', 11 + i * 3, 1, { address: '192.0.2.1:443' })
        .event('UDP_BYTES_SENT', 'UDP_SOCKET', 11 + i * 3, 0, { byte_count: 1 })
        .event('QUIC_SESSION', 'QUIC_SESSION', 12 + i * 3, 1, { host: 'slow.test' });
    }),
  'verdicts on sessions, and races that end on one': (n) =>
    times(n / 4, (log, i) => {
      log
        .event('QUIC_SESSION_POOL_MATCHING_IP_SESSION_FOUND', 'NONE', 0, 0, { destination: `https://h${i}.test:443`, ...on(1, 'QUIC_SESSION') })
        .event('CONNECT_JOB', 'TCP_CONNECT_JOB', 10 + i, 1, { group_id: `ssl/g${i}.test:443` })
        .event('TCP_CONNECT_JOB_CONNECT', 'TCP_CONNECT_JOB', 10 + i, 1)
        .event('CONNECT_JOB', 'TCP_CONNECT_JOB', 10 + i, 2);
    }),
  'races to one host, one after the other': (n) =>
    times(n / 6, (log, i) => {
      log
        .event('CONNECT_JOB', 'TCP_CONNECT_JOB', 10 + i * 3, 1, { group_id: 'ssl/slow.test:443' })
        .event('SOCKET_POOL_CONNECT_JOB_CREATED', 'TCP_CONNECT_JOB', 10 + i * 3, 0, { group_id: 'ssl/slow.test:443', backup_job: false })
        .event('HTTP_STREAM_JOB', 'HTTP_STREAM_JOB', 11 + i * 3, 1, { destination: 'https://slow.test' })
        .event('SOCKET_POOL_BOUND_TO_CONNECT_JOB', 'HTTP_STREAM_JOB', 11 + i * 3, 0, on(10 + i * 3, 'TCP_CONNECT_JOB'))
        .event('CONNECT_JOB', 'TCP_CONNECT_JOB', 10 + i * 3, 2)
        .event('HTTP_STREAM_JOB_CONTROLLER', 'HTTP_STREAM_JOB_CONTROLLER', 12 + i * 3, 0);
    }),
  'attempts of one asynchronous job': (n) =>
    times(n / 4, (log, i) => {
      const started = { attempt_id: i, ip_endpoint: '192.0.2.1:443', connector: 'first' };
      log
        .event('QUIC_SESSION_POOL_ASYNC_DNS_JOB_ATTEMPT_STARTED', 'QUIC_SESSION_POOL_JOB', 1, 0, started)
        .event('QUIC_SESSION_POOL_ASYNC_DNS_JOB_SLOW_TIMER_FIRED', 'QUIC_SESSION_POOL_JOB', 1, 0)
        .event('QUIC_SESSION_POOL_ASYNC_DNS_JOB_ATTEMPT_FAILED', 'QUIC_SESSION_POOL_JOB', 1, 0, { attempt_id: i, net_error: -102 })
        .event('QUIC_SESSION_POOL_ASYNC_DNS_JOB_SLOW_TIMER_FIRED', 'QUIC_SESSION_POOL_JOB', 1, 0);
    }, quicJob(new SlowLog(), 1)),
  'connects of one QUIC job': (n) =>
    times(n / 3, (log) => {
      log
        .event('QUIC_SESSION_POOL_JOB_CONNECT', 'QUIC_SESSION_POOL_JOB', 1, 1)
        .event('QUIC_SESSION_CREATED', 'QUIC_SESSION_POOL_JOB', 1, 0, on(2, 'QUIC_SESSION'))
        .event('QUIC_SESSION_POOL_JOB_CONNECT', 'QUIC_SESSION_POOL_JOB', 1, 2);
    }, quicJob(new SlowLog(), 1)),
  'migrations of one session that end twice': (n) =>
    times(n / 3, (log) => {
      log
        .event('QUIC_CONNECTION_MIGRATION_TRIGGERED', 'QUIC_SESSION', 1, 0)
        .event('QUIC_CONNECTION_MIGRATION_SUCCESS', 'QUIC_SESSION', 1, 0)
        .event('QUIC_CONNECTION_MIGRATION_SUCCESS', 'QUIC_SESSION', 1, 0);
    }, new SlowLog().event('QUIC_SESSION', 'QUIC_SESSION', 1, 1, { host: 'slow.test' })),
  'tasks and calls of one job': (n) =>
    times(n / 8, (log, i) => {
      const job = (type: EventType, phase: Phase, params?: object): void => void log.event(type, 'HOST_RESOLVER_IMPL_JOB', 1, phase, params);
      job('HOST_RESOLVER_DNS_TASK', 1, { secure: false });
      job('DNS_TRANSACTION', 0, on(10 + i, 'DNS_TRANSACTION'));
      job('HOST_RESOLVER_DNS_TASK', 2, { net_error: -105 });
      job('HOST_RESOLVER_DNS_TASK', 2, { net_error: -105 });
      job('HOST_RESOLVER_SYSTEM_TASK', 1);
      job('HOST_RESOLVER_MANAGER_ATTEMPT_STARTED', 0, { attempt_number: 1 });
      job('HOST_RESOLVER_SYSTEM_TASK', 2, { address_list: ['192.0.2.1'] });
      job('HOST_RESOLVER_MANAGER_ATTEMPT_FINISHED', 0, { attempt_number: 1 });
    }, new SlowLog().event('HOST_RESOLVER_MANAGER_JOB', 'HOST_RESOLVER_IMPL_JOB', 1, 1, { host: 'https://slow.test:443' })),
  'transactions of one DNS task, all answered': (n) =>
    times(n / 4, (log, i) => {
      log
        .event('DNS_TRANSACTION', 'DNS_TRANSACTION', 10 + i, 1, { hostname: 'slow.test', query_type: 1 })
        .event('DNS_TRANSACTION', 'HOST_RESOLVER_IMPL_JOB', 1, 0, on(10 + i, 'DNS_TRANSACTION'))
        .event('DNS_TRANSACTION', 'DNS_TRANSACTION', 10 + i, 2)
        .event('HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'HOST_RESOLVER_IMPL_JOB', 1, 0, { results: [] });
    }, new SlowLog().event('HOST_RESOLVER_MANAGER_JOB', 'HOST_RESOLVER_IMPL_JOB', 1, 1, { host: 'https://slow.test:443' }).event('HOST_RESOLVER_DNS_TASK', 'HOST_RESOLVER_IMPL_JOB', 1, 1)),
  'attempts and answers of one transaction': (n) =>
    times(n / 2, (log, i) => {
      log
        .event('DNS_TRANSACTION_ATTEMPT', 'DNS_TRANSACTION', 1, 0, on(10 + i, 'UDP_SOCKET'))
        .event('DNS_TRANSACTION_RESPONSE', 'DNS_TRANSACTION', 1, 0, { rcode: 0, ...on(10 + i, 'UDP_SOCKET') });
    }, new SlowLog().event('DNS_TRANSACTION', 'DNS_TRANSACTION', 1, 1, { hostname: 'slow.test', query_type: 1 })),
  'transactions of one source that never end': (n) =>
    times(n / 2, (log, i) => void log.event('DNS_TRANSACTION', 'HOST_RESOLVER_IMPL_JOB', 1, 1, { hostname: 'slow.test', query_type: 1 }).event('DNS_TRANSACTION_ATTEMPT', 'HOST_RESOLVER_IMPL_JOB', 1, 0, on(10 + i, 'UDP_SOCKET'))),
  'streams of one request': (n) =>
    times(n / 4, (log, i) => {
      log
        .event('HTTP_STREAM_REQUEST', 'URL_REQUEST', 1, 1)
        .event('HTTP_STREAM_JOB_CONTROLLER_BOUND', 'URL_REQUEST', 1, 0, on(10 + i, 'HTTP_STREAM_JOB_CONTROLLER'))
        .event('HTTP_STREAM_REQUEST', 'URL_REQUEST', 1, 2)
        .event('HTTP_TRANSACTION_SEND_REQUEST_HEADERS', 'URL_REQUEST', 1, 0, { headers: [] });
    }, new SlowLog().event('REQUEST_ALIVE', 'URL_REQUEST', 1, 1, { url: 'https://slow.test/' })),
  'attempts that one manager tells the end of, and sessions of it': (n) =>
    times(n / 6, (log, i) => {
      log
        .event('TLS_STREAM_ATTEMPT_ALIVE', 'TLS_STREAM_ATTEMPT', 10 + i, 1, { host_port: 'slow.test:443' })
        .event('TCP_BASED_ATTEMPT_BOUND_TO_POOL', 'TLS_STREAM_ATTEMPT', 10 + i, 0, on(MANAGER, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER'))
        .event('TLS_STREAM_ATTEMPT_ALIVE', 'TLS_STREAM_ATTEMPT', 10 + i, 2, { cancel_reason: `reason ${i}` })
        .event('HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_END', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', MANAGER, 0, on(10 + i, 'TLS_STREAM_ATTEMPT'))
        .event('HTTP2_SESSION_POOL_IMPORTED_SESSION_FROM_SOCKET', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', MANAGER, 0, on(1_000_000, 'HTTP2_SESSION'))
        .event('HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_COMPLETED', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', MANAGER, 0, { result: 0 });
    }, manager(new SlowLog())),
  'connects of one older connect job': (n) =>
    times(n / 3, (log) => {
      log
        .event('TRANSPORT_CONNECT_JOB_CONNECT', 'TRANSPORT_CONNECT_JOB', 1, 1)
        .event('TRANSPORT_CONNECT_JOB_CONNECT', 'TRANSPORT_CONNECT_JOB', 1, 2)
        .event('TRANSPORT_CONNECT_JOB_CONNECT_ATTEMPT', 'TRANSPORT_CONNECT_JOB', 1, 0);
    }),
  'requests that all go over one session': (n) =>
    times(n / 3, (log, i) => {
      log
        .event('REQUEST_ALIVE', 'URL_REQUEST', 10 + i, 1, { url: `https://h${i}.test/` })
        .event('HTTP_STREAM_REQUEST', 'URL_REQUEST', 10 + i, 1)
        .event('HTTP_TRANSACTION_HTTP2_SEND_REQUEST_HEADERS', 'URL_REQUEST', 10 + i, 0, on(1, 'HTTP2_SESSION'));
    }, new SlowLog().event('HTTP2_SESSION', 'HTTP2_SESSION', 1, 1, { host: 'slow.test:443', proxy: 'direct://' })),
  'host names as long as the log': (n) => times(20, (log, i) => void log.event('HOST_RESOLVER_MANAGER_REQUEST', 'URL_REQUEST', i, 1, { host: `https://${'a.-_[:/ <'.repeat(n / 4)}` }).event('CONNECT_JOB', 'TCP_CONNECT_JOB', 100 + i, 1, { group_id: `${'ssl/'.repeat(n)} <${'pm/ <'.repeat(n)}` }).event('REQUEST_ALIVE', 'URL_REQUEST', 200 + i, 1, { url: 'https:'.repeat(n) })),
};
