/** HTTP/2 and HTTP/3 connections. */
import type { Session } from '../../model/session.ts';
import { defineTable, integer, number, text, texts } from './table.ts';

export const sessionsTable = defineTable<Session>({
  name: 'sessions',
  meaning: 'an HTTP/2 or HTTP/3 connection',
  rowsOf: ({ sessions }) => sessions,
  columns: [
    integer('id', ({ id }) => id, 'NetLog source'),
    text('protocol', ({ protocol }) => protocol, 'h2, h3'),
    text('ip_endpoint', ({ ipEndpoint }) => ipEndpoint, 'the peer at the start'),
    texts('hosts', ({ hosts }) => hosts),
    texts('pooled_hosts', ({ pooledHosts }) => pooledHosts, 'hosts other than its own whose requests it carried'),
    integer('request_count', ({ requestCount }) => requestCount),
    number('start_ms', ({ startMs }) => startMs),
    number('end_ms', ({ endMs }) => endMs),
    text('close_reason', ({ closeReason }) => closeReason),
    text('ech', ({ ech }) => ech, 'accepted, rejected, not-offered; NULL: the log does not tell'),
    texts('origin_frame', ({ originFrame }) => originFrame?.origins, 'origins of the ORIGIN frame; NULL: none came'),
    integer('migrations', ({ migrations }) => migrations.length),
  ],
});
