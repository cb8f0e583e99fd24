/** Logs made to be slow to analyse: one thing that many others name, each of which might go through all that it holds. */
import { type EventType, MANAGER, SlowLog, attempt, manager, on, quicJob, times } from './slow-log.ts';

const JOB = 1;
const HOST = { host: 'https://slow.test:443' };

function resolverJob(log: SlowLog, id = JOB): SlowLog {
  return log.event('HOST_RESOLVER_MANAGER_JOB', 'HOST_RESOLVER_IMPL_JOB', id, 1, HOST);
}

function asks(log: SlowLog, job: number, requester: number, type: 'HTTP_STREAM_POOL_ATTEMPT_MANAGER' | 'TCP_CONNECT_JOB'): SlowLog {
  return log
    .event('HOST_RESOLVER_MANAGER_JOB_ATTACH', type, requester, 0, on(job, 'HOST_RESOLVER_IMPL_JOB'))
    .event('HOST_RESOLVER_MANAGER_JOB_REQUEST_ATTACH', 'HOST_RESOLVER_IMPL_JOB', job, 0, on(requester, type));
}

const updated = (addresses: readonly string[]): object => ({ endpoints: [{ ipv4_endpoints: addresses.map((address) => ({ address })) }] });
const someAddress = (i: number): string => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;
const addresses = (n: number): string[] => Array.from({ length: n }, (_, i) => someAddress(i));

function endsJob(log: SlowLog, n: number): SlowLog {
  const results = [{ type: 'data', endpoints: addresses(n).map((address) => ({ address })) }];
  return log
    .event('HOST_RESOLVER_DNS_TASK', 'HOST_RESOLVER_IMPL_JOB', JOB, 1)
    .event('HOST_RESOLVER_SERVICE_ENDPOINTS_UPDATED', 'HOST_RESOLVER_IMPL_JOB', JOB, 0, updated(addresses(n)))
    .event('HOST_RESOLVER_DNS_TASK', 'HOST_RESOLVER_IMPL_JOB', JOB, 2, { results })
    .event('HOST_RESOLVER_MANAGER_JOB', 'HOST_RESOLVER_IMPL_JOB', JOB, 2);
}

/** A connect job of a race of its own, whose socket connects. */
function connects(log: SlowLog, id: number, host: string): SlowLog {
  return log
    .event('CONNECT_JOB', 'TCP_CONNECT_JOB', id, 1, { group_id: `http://${host}` })
    .event('TCP_CONNECT_JOB_CONNECT', 'TCP_CONNECT_JOB', id, 1)
    .event('SOCKET_ALIVE', 'SOCKET', id + 1, 1, on(id, 'TCP_CONNECT_JOB'))
    .event('TCP_CONNECT_ATTEMPT', 'SOCKET', id + 1, 1, { address: '192.0.2.1:80' })
    .event('TCP_CONNECT', 'SOCKET', id + 1, 2, { remote_address: '192.0.2.1:80' });
}

/** DER of a certificate that has these names and nothing else; lengths take four bytes. */
function certificate(names: readonly string[]): string {
  const u32 = (n: number): string => String.fromCharCode(0x84, n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255);
  const wrap = (tag: number, contents: string): string => String.fromCharCode(tag) + u32(contents.length) + contents;
  const list = wrap(0x30, names.map((name) => wrap(0x82, name)).join(''));
  const extension = wrap(0x30, `${wrap(0x06, '\x55\x1d\x11')}${wrap(0x04, list)}`);
  return `-----BEGIN CERTIFICATE-----\n${btoa(wrap(0x30, wrap(0x30, wrap(0xa3, wrap(0x30, extension)))))}\n-----END CERTIFICATE-----\n`;
}

/** Each makes a log of about so many events, or of as many things in few events. */
export const LOGS_OF_SHARED_THINGS: Readonly<Record<string, (n: number) => string>> = {
  'updates of one job that many managers hear': (n) =>
    times(n / 6, (log, i) => {
      log.event('HOST_RESOLVER_SERVICE_ENDPOINTS_UPDATED', 'HOST_RESOLVER_IMPL_JOB', JOB, 0, updated([]));
      asks(manager(log, 10 + i), JOB, 10 + i, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER');
      if (i % 2 === 0) log.event('HTTP_STREAM_POOL_ATTEMPT_MANAGER_DNS_RESOLUTION_UPDATED', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', 10 + i, 0, updated([]));
    }, resolverJob(new SlowLog())),
  'updates of one job that one manager hears': (n) =>
    times(n / 2, (log) => {
      log
        .event('HOST_RESOLVER_SERVICE_ENDPOINTS_UPDATED', 'HOST_RESOLVER_IMPL_JOB', JOB, 0, updated([]))
        .event('HTTP_STREAM_POOL_ATTEMPT_MANAGER_DNS_RESOLUTION_FINISHED', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', 2, 0, updated([]));
    }, asks(manager(resolverJob(new SlowLog()), 2), JOB, 2, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER')),
  'jobs that one manager asks, and its many updates': (n) =>
    times(n / 5, (log, i) => {
      asks(resolverJob(log, 10 + i), 10 + i, MANAGER, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER');
      log.event('HTTP_STREAM_POOL_ATTEMPT_MANAGER_DNS_RESOLUTION_UPDATED', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', MANAGER, 0, updated([]));
      log.event('HOST_RESOLVER_SERVICE_ENDPOINTS_UPDATED', 'HOST_RESOLVER_IMPL_JOB', 10 + i, 0, updated([]));
    }, manager(new SlowLog())),
  'tasks of one job that many races ask': (n) =>
    times(n / 6, (log, i) => {
      log.event('HOST_RESOLVER_SYSTEM_TASK', 'HOST_RESOLVER_IMPL_JOB', JOB, 1).event('HOST_RESOLVER_SYSTEM_TASK', 'HOST_RESOLVER_IMPL_JOB', JOB, 2, { net_error: -105 });
      asks(log.event('CONNECT_JOB', 'TCP_CONNECT_JOB', 10 + i, 1, { group_id: `http://h${i}.test` }), JOB, 10 + i, 'TCP_CONNECT_JOB');
    }, resolverJob(new SlowLog())),
  'transactions of one source that many jobs link': (n) =>
    times(n / 3, (log, i) => {
      log.event('DNS_TRANSACTION', 'HOST_RESOLVER_IMPL_JOB', JOB, 1, { hostname: 'slow.test', query_type: 1 });
      resolverJob(log, 10 + i).event('DNS_TRANSACTION', 'HOST_RESOLVER_IMPL_JOB', 10 + i, 0, on(JOB, 'HOST_RESOLVER_IMPL_JOB'));
    }, resolverJob(new SlowLog())),
  'transactions over one carrier, and answers by it': (n) =>
    times(n / 3, (log) => {
      log
        .event('DNS_TRANSACTION', 'HOST_RESOLVER_IMPL_JOB', JOB, 1, { hostname: 'slow.test', query_type: 1 })
        .event('DNS_TRANSACTION_ATTEMPT', 'HOST_RESOLVER_IMPL_JOB', JOB, 0, on(5, 'UDP_SOCKET'))
        .event('DNS_TRANSACTION_RESPONSE', 'HOST_RESOLVER_IMPL_JOB', JOB, 0, { rcode: 0, ...on(5, 'UDP_SOCKET') });
    }, resolverJob(new SlowLog())),
  'queries of one job that are lost': (n) =>
    times(n / 6, (log, i) => {
      const [id, first, second] = [10 + i * 3, 11 + i * 3, 12 + i * 3];
      const attempted = { hostname: 'slow.test', query_type: 28, ...on(JOB, 'HOST_RESOLVER_IMPL_JOB') };
      log.event('DNS_TRANSACTION', 'DNS_TRANSACTION', id, 1, attempted).event('DNS_TRANSACTION', 'HOST_RESOLVER_IMPL_JOB', JOB, 0, on(id, 'DNS_TRANSACTION'));
      for (const [socket, answer] of [[first, {}], [second, { rcode: 0 }]] as const) {
        log.event('DNS_TRANSACTION_ATTEMPT', 'DNS_TRANSACTION', id, 0, on(socket, 'UDP_SOCKET')).event('DNS_TRANSACTION_RESPONSE', 'DNS_TRANSACTION', id, 0, { ...answer, ...on(socket, 'UDP_SOCKET') });
      }
      log.event('DNS_TRANSACTION', 'DNS_TRANSACTION', id, 2);
    }, resolverJob(new SlowLog())),
  'one socket that many attempts name': (n) =>
    times(n / 5, (log, i) => {
      const id = 10 + i;
      attempt(log, 10, '192.0.2.1:443')
        .event('TCP_STREAM_ATTEMPT_CONNECT', 'TLS_STREAM_ATTEMPT', id, 0, on(11, 'SOCKET'))
        .event('HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_START', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', MANAGER, 0, on(id, 'TLS_STREAM_ATTEMPT'));
    }, manager(new SlowLog())),
  'one socket that many connect jobs name': (n) =>
    times(n / 4, (log, i) => {
      log
        .event('CONNECT_JOB', 'TCP_CONNECT_JOB', 10 + i, 1, { group_id: `http://h${i}.test` })
        .event('TCP_CONNECT_ATTEMPT', 'SOCKET', 5, 1, { address: '192.0.2.1:80' })
        .event('TCP_CONNECT_ATTEMPT', 'SOCKET', 5, 2)
        .event('CONNECT_JOB_SET_SOCKET', 'TCP_CONNECT_JOB', 10 + i, 0, on(5, 'SOCKET'));
    }),
  'one connect job of many sockets that many stream jobs are bound to': (n) =>
    times(n / 4, (log, i) => {
      log
        .event('SOCKET_ALIVE', 'SOCKET', 10 + i * 2, 1, on(JOB, 'TCP_CONNECT_JOB'))
        .event('TCP_CONNECT_ATTEMPT', 'SOCKET', 10 + i * 2, 1, { address: '192.0.2.1:443' })
        .event('HTTP_STREAM_JOB', 'HTTP_STREAM_JOB', 11 + i * 2, 1)
        .event('SOCKET_POOL_BOUND_TO_CONNECT_JOB', 'HTTP_STREAM_JOB', 11 + i * 2, 0, on(JOB, 'TCP_CONNECT_JOB'));
    }, new SlowLog().event('SSL_CONNECT_JOB_CONNECT', 'TCP_CONNECT_JOB', JOB, 1)),
  'one stream job of many QUIC jobs that many requests have': (n) =>
    times(n / 4, (log, i) => {
      log
        .event('BOUND_TO_QUIC_SESSION_POOL_JOB', 'HTTP_STREAM_JOB', JOB, 0, on(1_000_000 + i, 'QUIC_SESSION_POOL_JOB'))
        .event('REQUEST_ALIVE', 'URL_REQUEST', 10 + i, 1, { url: 'https://slow.test/' })
        .event('HTTP_STREAM_REQUEST_BOUND_TO_JOB', 'URL_REQUEST', 10 + i, 0, on(JOB, 'HTTP_STREAM_JOB'))
        .event('HTTP_TRANSACTION_QUIC_SEND_REQUEST_HEADERS', 'URL_REQUEST', 10 + i, 0);
    }),
  'one QUIC job of many sessions that many requests had': (n) =>
    times(n / 4, (log, i) => {
      log
        .event('QUIC_SESSION_CREATED', 'QUIC_SESSION_POOL_JOB', 2, 0, on(1_000_000 + i, 'QUIC_SESSION'))
        .event('REQUEST_ALIVE', 'URL_REQUEST', 10 + i, 1, { url: 'https://slow.test/' })
        .event('HTTP_STREAM_REQUEST_BOUND_TO_JOB', 'URL_REQUEST', 10 + i, 0, on(JOB, 'HTTP_STREAM_JOB'))
        .event('HTTP_TRANSACTION_QUIC_SEND_REQUEST_HEADERS', 'URL_REQUEST', 10 + i, 0);
    }, quicJob(new SlowLog(), 2).event('BOUND_TO_QUIC_SESSION_POOL_JOB', 'HTTP_STREAM_JOB', JOB, 0, on(2, 'QUIC_SESSION_POOL_JOB'))),
  'races won after one resolution to many addresses': (n) =>
    times(n / 14, (log, i) => void asks(connects(log, 10 + i * 2, `h${i}.test`), JOB, 10 + i * 2, 'TCP_CONNECT_JOB'), endsJob(resolverJob(new SlowLog()), n / 2)),
  'races lost to one name of many addresses': (n) =>
    times(n / 14, (log, i) => {
      connects(log, 10 + i * 2, 'slow.test');
      asks(log, JOB, 10 + i * 2, 'TCP_CONNECT_JOB').event('TCP_CONNECT_JOB_CONNECT', 'TCP_CONNECT_JOB', 10 + i * 2, 2, { net_error: -102 }).event('CONNECT_JOB', 'TCP_CONNECT_JOB', 10 + i * 2, 2);
    }, endsJob(resolverJob(new SlowLog()), n / 2)),
  'one race of many resolutions and attempts': (n) =>
    times(n / 9, (log, i) => {
      const job = 1_000_000 + i;
      connects(log, 10 + i * 2, 'slow.test');
      asks(resolverJob(log, job), job, 10 + i * 2, 'TCP_CONNECT_JOB').event('HOST_RESOLVER_SERVICE_ENDPOINTS_UPDATED', 'HOST_RESOLVER_IMPL_JOB', job, 0, updated([someAddress(i)]));
    }),
  'requests to hosts of one long ORIGIN frame': (n) =>
    times(n / 8, (log, i) => {
      log
        .event('REQUEST_ALIVE', 'URL_REQUEST', 10 + i, 1, { url: `https://h${i}.test/` })
        .event('HTTP_STREAM_REQUEST_BOUND_TO_QUIC_SESSION', 'URL_REQUEST', 10 + i, 0, on(1, 'QUIC_SESSION'))
        .event('HTTP_TRANSACTION_QUIC_SEND_REQUEST_HEADERS', 'URL_REQUEST', 10 + i, 0);
    }, new SlowLog().event('QUIC_SESSION', 'QUIC_SESSION', 1, 1, { host: 'slow.test' }).event('QUIC_SESSION_ORIGIN_FRAME_RECEIVED', 'QUIC_SESSION', 1, 0, { origins: Array.from({ length: n / 2 }, (_, i) => `https://o${i}.test`) })),
  'migrations of one session, and its requests': (n) =>
    times(n / 8, (log, i) => {
      log
        .event('QUIC_CONNECTION_MIGRATION_TRIGGERED', 'QUIC_SESSION', 1, 0)
        .event('SOCKET_ALIVE', 'UDP_SOCKET', 11 + i * 2, 1, on(1, 'QUIC_SESSION'))
        .event('REQUEST_ALIVE', 'URL_REQUEST', 10 + i * 2, 1, { url: 'https://slow.test/' })
        .event('HTTP_STREAM_REQUEST_BOUND_TO_QUIC_SESSION', 'URL_REQUEST', 10 + i * 2, 0, on(1, 'QUIC_SESSION'))
        .event('HTTP_TRANSACTION_SEND_REQUEST', 'URL_REQUEST', 10 + i * 2, 2)
        .event('HTTP_TRANSACTION_QUIC_SEND_REQUEST_HEADERS', 'URL_REQUEST', 10 + i * 2, 0)
        .event('HTTP_TRANSACTION_READ_HEADERS', 'URL_REQUEST', 10 + i * 2, 2)
        .event('QUIC_CONNECTION_MIGRATION_SUCCESS', 'QUIC_SESSION', 1, 0);
    }, new SlowLog().event('QUIC_SESSION', 'QUIC_SESSION', 1, 1, { host: 'slow.test' })),
  'sessions on one socket with a certificate of many names': (n) =>
    times(n / 4, (log, i) => void log.event('HTTP2_SESSION', 'HTTP2_SESSION', 10 + i, 1, { host: 'slow.test:443' }).event('HTTP2_SESSION_INITIALIZED', 'HTTP2_SESSION', 10 + i, 0, on(1, 'SOCKET')),
      new SlowLog().event('SSL_CERTIFICATES_RECEIVED', 'SOCKET', 1, 0, { certificates: [certificate(Array.from({ length: n / 2 }, (_, i) => `n${i}.test`))] })),
  'managers of one group with a long key': (n) =>
    times(n / 2, (log, i) => void log.event('HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', 10 + i, 1, on(1, 'HTTP_STREAM_POOL_GROUP')),
      new SlowLog().event('HTTP_STREAM_POOL_GROUP_ALIVE', 'HTTP_STREAM_POOL_GROUP', 1, 1, { stream_key: { destination: `https://${'a'.repeat(n * 8)}`, network_anonymization_key: 'b'.repeat(n * 8) } })),
  'connect jobs of one stream job with a long group': (n) =>
    times(n / 3, (log, i) => {
      log
        .event('CONNECT_JOB', 'TCP_CONNECT_JOB', 10 + i, 1)
        .event('SOCKET_POOL_BOUND_TO_CONNECT_JOB', 'HTTP_STREAM_JOB', JOB, 0, on(10 + i, 'TCP_CONNECT_JOB'))
        .event('CONNECT_JOB', 'TCP_CONNECT_JOB', 10 + i, 2);
    }, new SlowLog().event('TCP_CLIENT_SOCKET_POOL_REQUESTED_SOCKET', 'HTTP_STREAM_JOB', JOB, 0, { group_id: `https://${'a'.repeat(n * 8)} <${'b'.repeat(n * 8)}>` })),
  'spans of one connect job that end in another layer': (n) =>
    times(n / 2, (log, i) => {
      const type: EventType = i < n / 4 ? 'SSL_CONNECT_JOB_CONNECT' : 'TCP_CONNECT_JOB_CONNECT';
      log.event(type, 'TCP_CONNECT_JOB', JOB, i < n / 4 ? 1 : 2).event(type, 'TCP_CONNECT_JOB', JOB, i < n / 4 ? 1 : 2);
    }),
  'services and addresses of one answer': (n) => {
    const metadatas = Array.from({ length: n / 2 }, (_, i) => ({ metadata_weight: 1, metadata_value: { supported_protocol_alpns: ['h3'], target_name: `t${i}.test` } }));
    const results = [{ type: 'data', endpoints: addresses(n / 2).map((address) => ({ address })) }, { type: 'metadata', domain_name: 'a'.repeat(n), metadatas, address_hints: {} }];
    return resolverJob(new SlowLog())
      .event('HOST_RESOLVER_DNS_TASK', 'HOST_RESOLVER_IMPL_JOB', JOB, 1)
      .event('HOST_RESOLVER_DNS_TASK', 'HOST_RESOLVER_IMPL_JOB', JOB, 2, { results })
      .event('HOST_RESOLVER_MANAGER_JOB', 'HOST_RESOLVER_IMPL_JOB', JOB, 2)
      .text();
  },
  'addresses of one answer': (n) => endsJob(resolverJob(new SlowLog()), n * 4).text(),
  'texts that begin like a token of the web': (n) => times(1, (log) => void log.event('REQUEST_ALIVE', 'URL_REQUEST', 1, 1, { url: '-eyJ'.repeat(n * 2) })),
  'names of very many labels': (n) => times(1, (log) => void log.event('HOST_RESOLVER_MANAGER_REQUEST', 'URL_REQUEST', 1, 1, { host: `${'a.'.repeat(n * 2)}test` })),
};
