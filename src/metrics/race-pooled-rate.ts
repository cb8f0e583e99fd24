/**
 * The share of races that ended on an existing session of another host, without a connection of their own.
 *
 * Counted: each race that connected or was pooled.
 * Left out: requests that found a session before any race began (see `session.reuse_rate`); failed, cancelled and
 * unfinished races; preconnects that no request used; connections to a DNS-over-HTTPS server.
 */
import type { MetricDefinition } from './metric.ts';
import { awaitedRaces } from './subjects/page-races.ts';
import { rate } from './subjects/values.ts';

export const racePooledRate: MetricDefinition = {
  id: 'race.pooled_rate',
  title: 'Races settled by an existing session',
  unit: 'ratio',
  better: 'higher',
  statistic: 'rate',
  values: (trace) =>
    rate(
      awaitedRaces(trace).filter(({ outcome }) => outcome === 'connected' || outcome === 'pooled'),
      ({ outcome }) => outcome === 'pooled',
    ),
};
