/**
 * How long TCP was really held back in favour of QUIC before it won all the same: the price of the head start.
 *
 * Counted: each connected race that TCP won after waiting for QUIC.
 * Left out: races that QUIC won, which lost nothing by it; races without a hold; pooled, failed, cancelled and
 * unfinished ones; preconnects that no request used; connections to a DNS-over-HTTPS server.
 */
import type { MetricDefinition } from './metric.ts';
import { awaitedRaces, won } from './subjects/page-races.ts';
import { measure } from './subjects/values.ts';

export const raceTcpHeldBack: MetricDefinition = {
  id: 'race.tcp_held_back',
  title: 'Head start that QUIC had over a TCP winner',
  unit: 'ms',
  better: 'lower',
  statistic: 'median',
  values: (trace) =>
    measure(
      won(awaitedRaces(trace)).filter(({ winner }) => winner.transport === 'tcp'),
      ({ delays }) => delays.tcpHeldBackMs,
    ),
};
