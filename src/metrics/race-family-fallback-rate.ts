/**
 * The share of races won over another address family than that of the first attempt.
 *
 * Counted: each connected race to a host that has IPv4 and IPv6 addresses; unused preconnects too, since they race
 * like all others.
 * Left out: races to hosts of one family, which have nothing to fall back to; races whose resolution or winner the
 * log does not show; pooled, failed, cancelled and unfinished ones; connections to a DNS-over-HTTPS server.
 */
import type { MetricDefinition } from './metric.ts';
import { dualStackRaces } from './subjects/contested-races.ts';
import { rate } from './subjects/values.ts';

export const raceFamilyFallbackRate: MetricDefinition = {
  id: 'race.family_fallback_rate',
  title: 'Races that fall back to the other address family',
  unit: 'ratio',
  better: 'lower',
  statistic: 'rate',
  values: (trace) => rate(dualStackRaces(trace), ({ fallback }) => fallback.family),
};
