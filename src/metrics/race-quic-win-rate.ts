/**
 * The share of races won over QUIC where QUIC was to be had. Higher is better, as Chromium prefers it.
 *
 * Counted: each connected race that attempted QUIC, or whose HTTPS record names HTTP/3 even if it came too late to
 * be tried; unused preconnects too, since they race like all others. 0-RTT wins are wins, though the server may
 * turn out to be gone.
 * Left out: all other races, so also those to hosts whose HTTP/3 is known from Alt-Svc alone and was not attempted;
 * races whose winner the log does not show; pooled, failed, cancelled and unfinished ones; connections to a
 * DNS-over-HTTPS server.
 */
import type { MetricDefinition } from './metric.ts';
import { quicCapableRaces } from './subjects/contested-races.ts';
import { rate } from './subjects/values.ts';

export const raceQuicWinRate: MetricDefinition = {
  id: 'race.quic_win_rate',
  title: 'Races won over QUIC',
  unit: 'ratio',
  better: 'higher',
  statistic: 'rate',
  values: (trace) => rate(quicCapableRaces(trace), ({ winner }) => winner.transport === 'quic'),
};
