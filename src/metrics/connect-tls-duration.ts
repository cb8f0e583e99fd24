/**
 * How long a TLS handshake over TCP takes, certificate check included, waits before its start not.
 *
 * Counted: each TCP attempt whose TLS handshake finished, which made it the winner or a spare; unused preconnects
 * too.
 * Left out: attempts that ended otherwise (lost, failed, cancelled, unfinished), as their end is not that of the
 * handshake; the TLS inside QUIC; connections to a DNS-over-HTTPS server.
 */
import type { MetricDefinition } from './metric.ts';
import { pageAttempts } from './subjects/page-attempts.ts';
import { elapsed, measure } from './subjects/values.ts';

export const connectTlsDuration: MetricDefinition = {
  id: 'connect.tls.duration',
  title: 'Time of a TLS handshake over TCP',
  unit: 'ms',
  better: 'lower',
  statistic: 'median',
  values: (trace) =>
    measure(
      pageAttempts(trace, 'tcp').filter(({ outcome }) => outcome === 'won' || outcome === 'spare'),
      ({ secureStartMs, endMs }) => elapsed(secureStartMs, endMs),
    ),
};
