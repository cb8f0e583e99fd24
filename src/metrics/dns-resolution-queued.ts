/**
 * How long a resolver job waits between its making and its start.
 *
 * Counted: each network resolution that started, 0 where it started at once. Whether it later failed, was cancelled
 * or was cut off by the end of the log does not matter: the wait was over by then.
 * Left out: jobs that never started or whose making the log does not show; answers without a job; lookups of a
 * DNS-over-HTTPS server's name.
 */
import type { MetricDefinition } from './metric.ts';
import { networkResolutions } from './subjects/page-resolutions.ts';
import { measure } from './subjects/values.ts';

export const dnsResolutionQueued: MetricDefinition = {
  id: 'dns.resolution.queued',
  title: 'Time a resolution waits for its turn',
  unit: 'ms',
  better: 'lower',
  statistic: 'median',
  values: (trace) => measure(networkResolutions(trace), ({ queuedMs }) => queuedMs),
};
