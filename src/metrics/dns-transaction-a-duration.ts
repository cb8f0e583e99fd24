/**
 * How long a DNS transaction for A records takes, retries and the fall back to TCP included.
 *
 * Counted: each answered A transaction of a page's resolution; no such record and no such name (NXDOMAIN) are
 * answers too.
 * Left out: transactions that failed otherwise (SERVFAIL, time-out), were cancelled or are unfinished; the system
 * resolver's queries, which no log shows; lookups of a DNS-over-HTTPS server's name.
 */
import type { MetricDefinition } from './metric.ts';
import { answeredTransactions } from './subjects/page-resolutions.ts';
import { elapsed, measure } from './subjects/values.ts';

export const dnsTransactionADuration: MetricDefinition = {
  id: 'dns.transaction.a.duration',
  title: 'Time to answer an A query',
  unit: 'ms',
  better: 'lower',
  statistic: 'median',
  values: (trace) => measure(answeredTransactions(trace, 'A'), ({ startMs, endMs }) => elapsed(startMs, endMs)),
};
