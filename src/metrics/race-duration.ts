/**
 * How long a race takes from the start of its manager or connect job, name resolution included, to its first usable
 * connection.
 *
 * Counted: each connected race, those made by preconnects only if a request used them.
 * Left out: pooled races, which made no connection; failed, cancelled and unfinished ones; preconnects that no
 * request used, for nobody waited; connections to a DNS-over-HTTPS server.
 * A 0-RTT connection is usable before the server has answered.
 */
import type { MetricDefinition } from './metric.ts';
import { awaitedRaces, connected } from './subjects/page-races.ts';
import { measure } from './subjects/values.ts';

export const raceDuration: MetricDefinition = {
  id: 'race.duration',
  title: 'Time to a usable connection',
  unit: 'ms',
  better: 'lower',
  statistic: 'median',
  values: (trace) => measure(connected(awaitedRaces(trace)), ({ durationMs }) => durationMs),
};
