/**
 * How long a QUIC handshake takes, from the first packet sent to the handshake done.
 *
 * Counted: each QUIC attempt whose handshake finished, winner or not; unused preconnects too. With 0-RTT the
 * connection is usable at once; what counts here is still the handshake behind it.
 * Left out: attempts whose handshake never finished (failed, cancelled, unfinished, 0-RTT without an answer);
 * connections to a DNS-over-HTTPS server.
 */
import type { MetricDefinition } from './metric.ts';
import { pageAttempts } from './subjects/page-attempts.ts';
import { elapsed, measure } from './subjects/values.ts';

export const connectQuicDuration: MetricDefinition = {
  id: 'connect.quic.duration',
  title: 'Time of a QUIC handshake',
  unit: 'ms',
  better: 'lower',
  statistic: 'median',
  values: (trace) => measure(pageAttempts(trace, 'quic'), ({ startMs, connectedMs }) => elapsed(startMs, connectedMs)),
};
