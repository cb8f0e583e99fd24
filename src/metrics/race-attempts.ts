/**
 * How many connection attempts a race makes, of both transports, second sockets to the same endpoint included.
 *
 * Counted: each race that connected or failed and made an attempt; unused preconnects too, since the network
 * carries them all the same.
 * Left out: races without an attempt (the name did not resolve); pooled, cancelled and unfinished ones, whose
 * attempts were cut short; connections to a DNS-over-HTTPS server.
 */
import type { MetricDefinition } from './metric.ts';
import { pageRaces } from './subjects/page-races.ts';
import { measure } from './subjects/values.ts';

export const raceAttempts: MetricDefinition = {
  id: 'race.attempts',
  title: 'Connection attempts in a race',
  unit: 'count',
  better: 'lower',
  statistic: 'median',
  values: (trace) =>
    measure(
      pageRaces(trace).filter(({ outcome }) => outcome === 'connected' || outcome === 'failed'),
      ({ attempts }) => (attempts.length > 0 ? attempts.length : undefined),
    ),
};
