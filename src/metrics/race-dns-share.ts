/**
 * The part of a race's time that passes before the first endpoints are known: (first endpoints - start) / duration.
 *
 * Counted: each connected race longer than 0 ms of which it is known when endpoints came; 0 where they were cached.
 * Values are held between 0 (endpoints known before the race began) and 1.
 * Left out: races without name resolution; pooled, failed, cancelled and unfinished ones; preconnects that no
 * request used; connections to a DNS-over-HTTPS server.
 * Neutral: it falls as well when connecting gets slower.
 */
import type { Race } from '../model/race.ts';
import type { MetricDefinition } from './metric.ts';
import { awaitedRaces, connected } from './subjects/page-races.ts';
import { clampToShare, measure } from './subjects/values.ts';

export const raceDnsShare: MetricDefinition = {
  id: 'race.dns_share',
  title: 'Part of the race spent waiting for endpoints',
  unit: 'ratio',
  better: 'neutral',
  statistic: 'median',
  values: (trace) => measure(connected(awaitedRaces(trace)), dnsShare),
};

function dnsShare({ startMs, durationMs, dns }: Race): number | undefined {
  if (dns.firstEndpointsMs === undefined || durationMs === undefined || durationMs <= 0) return undefined;
  return clampToShare((dns.firstEndpointsMs - startMs) / durationMs);
}
