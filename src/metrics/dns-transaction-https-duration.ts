/**
 * How long a DNS transaction for HTTPS records takes, retries and the fall back to TCP included.
 *
 * Counted: each answered HTTPS transaction of a page's resolution; no such record and no such name (NXDOMAIN) are
 * answers too.
 * Left out: transactions that failed otherwise (SERVFAIL, time-out), were cancelled or are unfinished; the system
 * resolver's queries, which no log shows; lookups of a DNS-over-HTTPS server's name.
 * Chromium gives up on HTTPS queries soon after the addresses are in, so slow ones are missing here and the
 * durations lean to the short side. Compare n with that of `dns.transaction.a.duration`.
 */
import type { MetricDefinition } from './metric.ts';
import { answeredTransactions } from './subjects/page-resolutions.ts';
import { elapsed, measure } from './subjects/values.ts';

export const dnsTransactionHttpsDuration: MetricDefinition = {
  id: 'dns.transaction.https.duration',
  title: 'Time to answer an HTTPS query',
  unit: 'ms',
  better: 'lower',
  statistic: 'median',
  values: (trace) => measure(answeredTransactions(trace, 'HTTPS'), ({ startMs, endMs }) => elapsed(startMs, endMs)),
};
