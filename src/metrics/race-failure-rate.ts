/**
 * The share of races that end without a connection, be it that the name did not resolve or that every attempt
 * failed.
 *
 * Counted: each race that connected or failed.
 * Left out: pooled races, which another session decided; cancelled and unfinished ones; preconnects that no request
 * used, for nobody noticed; connections to a DNS-over-HTTPS server.
 */
import type { MetricDefinition } from './metric.ts';
import { awaitedRaces } from './subjects/page-races.ts';
import { rate } from './subjects/values.ts';

export const raceFailureRate: MetricDefinition = {
  id: 'race.failure_rate',
  title: 'Races that fail',
  unit: 'ratio',
  better: 'lower',
  statistic: 'rate',
  values: (trace) =>
    rate(
      awaitedRaces(trace).filter(({ outcome }) => outcome === 'connected' || outcome === 'failed'),
      ({ outcome }) => outcome === 'failed',
    ),
};
