/**
 * The share of races in which QUIC was attempted and TCP won.
 *
 * Counted: each connected race with a QUIC attempt; unused preconnects too, since they race like all others.
 * Left out: races without a QUIC attempt; pooled, failed, cancelled and unfinished ones; connections to a
 * DNS-over-HTTPS server.
 */
import type { MetricDefinition } from './metric.ts';
import { connected, hasQuicAttempt, pageRaces } from './subjects/page-races.ts';
import { rate } from './subjects/values.ts';

export const raceTransportFallbackRate: MetricDefinition = {
  id: 'race.transport_fallback_rate',
  title: 'Races that fall back from QUIC to TCP',
  unit: 'ratio',
  better: 'lower',
  statistic: 'rate',
  values: (trace) => rate(connected(pageRaces(trace)).filter(hasQuicAttempt), ({ fallback }) => fallback.transport),
};
