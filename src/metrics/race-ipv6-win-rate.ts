/**
 * The share of races won over IPv6 where IPv4 was to be had too. Higher is better, as IPv6 is the family preferred:
 * a drop means that its paths or answers got slower.
 *
 * Counted: each connected race to a host that has IPv4 and IPv6 addresses, also if the AAAA answer came too late to
 * be tried; unused preconnects too, since they race like all others.
 * Left out: races to hosts of one family; races whose resolution or winner the log does not show; pooled, failed,
 * cancelled and unfinished ones; connections to a DNS-over-HTTPS server.
 */
import type { MetricDefinition } from './metric.ts';
import { dualStackRaces } from './subjects/contested-races.ts';
import { rate } from './subjects/values.ts';

export const raceIpv6WinRate: MetricDefinition = {
  id: 'race.ipv6_win_rate',
  title: 'Races won over IPv6',
  unit: 'ratio',
  better: 'higher',
  statistic: 'rate',
  values: (trace) => rate(dualStackRaces(trace), ({ winner }) => winner.family === 'ipv6'),
};
