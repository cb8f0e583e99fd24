/** DNS transactions: one name and one query type each. */
import type { DnsTransaction } from '../../model/resolution.ts';
import { elapsed } from '../../metrics/subjects/values.ts';
import { defineTable, integer, number, text } from './table.ts';

interface ResolutionTransaction extends DnsTransaction {
  readonly resolutionId: number;
}

export const transactionsTable = defineTable<ResolutionTransaction>({
  name: 'transactions',
  meaning: 'a DNS transaction: one name and one query type',
  *rowsOf({ resolutions }) {
    for (const { id, transactions } of resolutions) for (const transaction of transactions) yield { resolutionId: id, ...transaction };
  },
  columns: [
    integer('resolution_id', ({ resolutionId }) => resolutionId),
    integer('id', ({ id }) => id, 'NetLog source'),
    text('name', ({ name }) => name),
    text('type', ({ type }) => type, 'A, AAAA, HTTPS, …'),
    text('outcome', ({ outcome }) => outcome, 'ok, failed, cancelled, unfinished'),
    text('rcode', ({ rcode }) => rcode),
    text('net_error', ({ netError }) => netError?.name),
    number('start_ms', ({ startMs }) => startMs),
    number('end_ms', ({ endMs }) => endMs),
    number('duration_ms', ({ startMs, endMs }) => elapsed(startMs, endMs)),
    integer('attempts', ({ attempts }) => attempts.length, 'exchanges with a server'),
    integer('timed_out', ({ attempts }) => attempts.filter(({ timedOut }) => timedOut === true).length, 'of those, how many got no answer in time'),
    text('transport', ({ attempts }) => attempts.at(-1)?.transport, 'of the last exchange: udp, tcp, https, platform'),
    text('server', ({ attempts }) => attempts.at(-1)?.server, '`ip:port` of the last exchange; NULL: DNS over HTTPS, or none began'),
  ],
});
