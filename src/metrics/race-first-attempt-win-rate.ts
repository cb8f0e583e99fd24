/**
 * The share of races whose first choice won: the winner has the transport and IP endpoint of the attempt started
 * first.
 *
 * Counted: each connected race with a known winner, races of a single attempt too; unused preconnects too, since
 * they race like all others. Attempts that began in the same millisecond cannot be told apart in a log, so each of
 * them counts as first. It is the endpoint that counts, not the socket: a second socket to the endpoint tried
 * first, opened for a preconnect or as a backup, wins for it.
 * Left out: pooled, failed, cancelled and unfinished races; connections to a DNS-over-HTTPS server.
 */
import type { Attempt } from '../model/race.ts';
import type { MetricDefinition } from './metric.ts';
import { pageRaces, won } from './subjects/page-races.ts';
import { rate } from './subjects/values.ts';

export const raceFirstAttemptWinRate: MetricDefinition = {
  id: 'race.first_attempt_win_rate',
  title: 'Races won by the first endpoint tried',
  unit: 'ratio',
  better: 'higher',
  statistic: 'rate',
  values: (trace) =>
    rate(won(pageRaces(trace)), ({ attempts, winner }) =>
      firstAttempts(attempts).some(
        ({ transport, ipEndpoint }) => transport === winner.transport && ipEndpoint === winner.ipEndpoint,
      ),
    ),
};

/** Those that began in the earliest tick: QUIC starts have fractions of a millisecond, TCP starts have none. */
function firstAttempts(attempts: readonly Attempt[]): Attempt[] {
  const tickOf = ({ startMs }: Attempt): number => Math.floor(startMs);
  const earliest = attempts.reduce((least, attempt) => Math.min(least, tickOf(attempt)), Infinity);
  return attempts.filter((attempt) => tickOf(attempt) === earliest);
}
