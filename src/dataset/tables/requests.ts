/** URL requests and where their connection came from. */
import { hostOfUrl } from '../../address.ts';
import { elapsed } from '../../metrics/subjects/values.ts';
import type { Request } from '../../model/request.ts';
import { defineTable, flag, integer, number, text, type TableColumn } from './table.ts';

const phase = (name: string, key: keyof Request['phases']): TableColumn<Request> => number(name, ({ phases }) => phases[key]);

export const requestsTable = defineTable<Request>({
  name: 'requests',
  meaning: 'a URL request; a redirect is a row of its own',
  rowsOf: ({ requests }) => requests,
  columns: [
    integer('id', ({ id }) => id, 'NetLog source'),
    integer('part', ({ part }) => part, '1, 2, … where one source made several: redirects'),
    text('url', ({ url }) => url, 'without credentials, as in every report; NULL only where the head of the log is lost'),
    text('host', ({ url }) => hostOfUrl(url)),
    text('method', ({ method }) => method),
    flag('for_resolver', ({ forResolver }) => forResolver === true, 'a DNS-over-HTTPS query'),
    text('connection', ({ connection }) => connection, 'new, reused, pooled, cache, none'),
    text('alpn', ({ alpn }) => alpn),
    integer('status', ({ status }) => status),
    text('net_error', ({ netError }) => netError?.name),
    number('start_ms', ({ startMs }) => startMs),
    number('end_ms', ({ endMs }) => endMs),
    number('duration_ms', ({ startMs, endMs }) => elapsed(startMs, endMs)),
    integer('race_id', ({ raceId }) => raceId),
    integer('attempt_id', ({ attemptId }) => attemptId),
    integer('session_id', ({ sessionId }) => sessionId),
    phase('blocked_ms', 'blockedMs'),
    phase('dns_ms', 'dnsMs'),
    phase('connect_ms', 'connectMs'),
    phase('ssl_ms', 'sslMs'),
    phase('send_ms', 'sendMs'),
    phase('wait_ms', 'waitMs'),
    phase('receive_ms', 'receiveMs'),
  ],
});
