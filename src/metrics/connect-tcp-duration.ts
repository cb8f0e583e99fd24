/**
 * How long a TCP handshake takes, from connect to connected: one round trip, plus lost SYNs, plus the time until
 * the browser reads it.
 *
 * Counted: each TCP attempt that connected, winner or not, whatever came of TLS afterwards; unused preconnects too,
 * and attempts at a proxy.
 * Left out: attempts that never connected (failed, cancelled, unfinished), so the slowest endpoints are missing;
 * connections to a DNS-over-HTTPS server.
 */
import type { MetricDefinition } from './metric.ts';
import { pageAttempts } from './subjects/page-attempts.ts';
import { elapsed, measure } from './subjects/values.ts';

export const connectTcpDuration: MetricDefinition = {
  id: 'connect.tcp.duration',
  title: 'Time of a TCP handshake',
  unit: 'ms',
  better: 'lower',
  statistic: 'median',
  values: (trace) => measure(pageAttempts(trace, 'tcp'), ({ startMs, connectedMs }) => elapsed(startMs, connectedMs)),
};
