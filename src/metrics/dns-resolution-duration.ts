/**
 * How long a resolver job takes to resolve a host.
 *
 * Counted: each network resolution that ended well, once, however many requesters shared it; prefetches too, since
 * the network answers them no differently.
 * Left out: answers from the cache, the hosts file, configuration or a literal; failed resolutions, whose time is
 * that of a timer as often as not; cancelled and unfinished ones; lookups of a DNS-over-HTTPS server's name.
 * Reachability probes and network-quality-estimator lookups never reach the model.
 */
import type { MetricDefinition } from './metric.ts';
import { networkResolutions } from './subjects/page-resolutions.ts';
import { measure } from './subjects/values.ts';

export const dnsResolutionDuration: MetricDefinition = {
  id: 'dns.resolution.duration',
  title: 'Time to resolve a host',
  unit: 'ms',
  better: 'lower',
  statistic: 'median',
  values: (trace) =>
    measure(
      networkResolutions(trace).filter(({ outcome }) => outcome === 'ok'),
      ({ durationMs }) => durationMs,
    ),
};
