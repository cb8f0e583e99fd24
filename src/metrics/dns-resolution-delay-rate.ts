/**
 * The share of resolutions that held addresses back for a while, waiting for the preferred family or the HTTPS
 * record.
 *
 * Counted: each network resolution that an HEv3 race waited for and that came to know an address, and any other that
 * began a resolution delay; that settles it, so cancelled and unfinished ones count too.
 * Left out: resolutions for the other engines, which only take the whole answer; those that never had an address to
 * tell (failed, cut short); lookups of a DNS-over-HTTPS server's name.
 */
import type { MetricDefinition } from './metric.ts';
import { networkResolutions } from './subjects/page-resolutions.ts';
import { rate } from './subjects/values.ts';

export const dnsResolutionDelayRate: MetricDefinition = {
  id: 'dns.resolution_delay.rate',
  title: 'Resolutions that enter the resolution delay',
  unit: 'ratio',
  better: 'lower',
  statistic: 'rate',
  values: (trace) => {
    const forHev3 = new Set(trace.races.filter(({ engine }) => engine === 'hev3').flatMap(({ resolutionIds }) => resolutionIds));
    return rate(
      networkResolutions(trace).filter(
        ({ id, endpointUpdates, resolutionDelay }) => (forHev3.has(id) && endpointUpdates.length > 0) || resolutionDelay !== undefined,
      ),
      ({ resolutionDelay }) => resolutionDelay !== undefined,
    );
  },
};
