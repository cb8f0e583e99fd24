/**
 * The share of resolution delays that passed in full, with the awaited answer still missing.
 *
 * Counted: each resolution delay of a network resolution that ended, by time-out (1) or by the answer (0).
 * Left out: delays without an end in the log or whose end does not say; lookups of a DNS-over-HTTPS server's name.
 */
import type { MetricDefinition } from './metric.ts';
import { networkResolutions } from './subjects/page-resolutions.ts';
import { rate } from './subjects/values.ts';

export const dnsResolutionDelayTimedOutRate: MetricDefinition = {
  id: 'dns.resolution_delay.timed_out_rate',
  title: 'Resolution delays that run out',
  unit: 'ratio',
  better: 'lower',
  statistic: 'rate',
  values: (trace) =>
    rate(
      networkResolutions(trace).filter(({ resolutionDelay }) => resolutionDelay?.timedOut !== undefined),
      ({ resolutionDelay }) => resolutionDelay?.timedOut === true,
    ),
};
