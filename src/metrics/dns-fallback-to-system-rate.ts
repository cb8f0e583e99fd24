/**
 * The share of resolutions that Chromium's own DNS client began and the system resolver had to go on with.
 *
 * Counted: each network resolution whose first task was `dns` or `secure-dns` and that ended well or failed; 1 if a
 * system task ran later, successful or not. A fall back from `secure-dns` to `dns` alone is 0.
 * Left out: resolutions that began with the system resolver; cancelled and unfinished ones; lookups of a
 * DNS-over-HTTPS server's name.
 */
import type { Resolution } from '../model/resolution.ts';
import type { MetricDefinition } from './metric.ts';
import { isDecided, networkResolutions } from './subjects/page-resolutions.ts';
import { rate } from './subjects/values.ts';

export const dnsFallbackToSystemRate: MetricDefinition = {
  id: 'dns.fallback_to_system_rate',
  title: 'Resolutions that fall back to the system resolver',
  unit: 'ratio',
  better: 'lower',
  statistic: 'rate',
  values: (trace) =>
    rate(
      networkResolutions(trace).filter((resolution) => isDecided(resolution) && beganWithDnsClient(resolution)),
      ({ tasks }) => tasks.some(({ kind }) => kind === 'system'),
    ),
};

function beganWithDnsClient({ tasks }: Resolution): boolean {
  const first = tasks[0]?.kind;
  return first === 'dns' || first === 'secure-dns';
}
