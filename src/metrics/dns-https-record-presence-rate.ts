/**
 * The share of resolutions with an HTTPS record, of those that got to know whether there is one.
 *
 * Counted: each network resolution with an answered HTTPS transaction, 1 if the log shows a record.
 * Left out: resolutions that did not ask (IP literals, system resolver) or got no answer in time; lookups of a
 * DNS-over-HTTPS server's name.
 * Records that Chromium drops (AliasMode, foreign TargetName, unknown mandatory keys) show only in logs with raw
 * answers (capture mode Everything); in others such a host counts as one without a record.
 */
import type { MetricDefinition } from './metric.ts';
import { isAnswered, networkResolutions } from './subjects/page-resolutions.ts';
import { rate } from './subjects/values.ts';

export const dnsHttpsRecordPresenceRate: MetricDefinition = {
  id: 'dns.https_record.presence_rate',
  title: 'Resolutions that find an HTTPS record',
  unit: 'ratio',
  better: 'neutral',
  statistic: 'rate',
  values: (trace) =>
    rate(
      networkResolutions(trace).filter(({ transactions }) =>
        transactions.some((transaction) => transaction.type === 'HTTPS' && isAnswered(transaction)),
      ),
      ({ httpsRecords }) => httpsRecords.length > 0,
    ),
};
