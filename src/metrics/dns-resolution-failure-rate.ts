/**
 * The share of resolver jobs that end in an error, names that do not exist among them.
 *
 * Counted: each network resolution that ended well or failed. A requester that tries again after a failure makes a
 * second job, which counts again.
 * Left out: cancelled and unfinished resolutions; answers without a job; lookups of a DNS-over-HTTPS server's name.
 */
import type { MetricDefinition } from './metric.ts';
import { isDecided, networkResolutions } from './subjects/page-resolutions.ts';
import { rate } from './subjects/values.ts';

export const dnsResolutionFailureRate: MetricDefinition = {
  id: 'dns.resolution.failure_rate',
  title: 'Resolutions that fail',
  unit: 'ratio',
  better: 'lower',
  statistic: 'rate',
  values: (trace) => rate(networkResolutions(trace).filter(isDecided), ({ outcome }) => outcome === 'failed'),
};
