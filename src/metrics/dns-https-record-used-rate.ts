/**
 * The share of resolutions in which Chromium took at least one HTTPS record, of those that found any.
 *
 * Counted: each network resolution with an HTTPS record of which the model knows whether it was taken. Every
 * capture mode tells whether any record of a set was; which of several were dropped, only raw DNS answers do.
 * Left out: resolutions without records, and lookups of a DNS-over-HTTPS server's name.
 */
import type { MetricDefinition } from './metric.ts';
import { networkResolutions } from './subjects/page-resolutions.ts';
import { rate } from './subjects/values.ts';

export const dnsHttpsRecordUsedRate: MetricDefinition = {
  id: 'dns.https_record.used_rate',
  title: 'Resolutions whose HTTPS record Chromium takes',
  unit: 'ratio',
  better: 'higher',
  statistic: 'rate',
  values: (trace) =>
    rate(
      networkResolutions(trace).filter(({ httpsRecords }) => httpsRecords.some(({ used }) => used !== undefined)),
      ({ httpsRecords }) => httpsRecords.some(({ used }) => used === true),
    ),
};
