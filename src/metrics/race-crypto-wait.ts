/**
 * How long the winner, its TCP connection made, had to put off TLS until the HTTPS answer was in.
 *
 * Counted: each connected race of which the log tells the wait, 0 if it tells that there was none.
 * Left out: races of engines and transports that have no such wait; attempts that did not win; pooled, failed,
 * cancelled and unfinished races; preconnects that no request used; connections to a DNS-over-HTTPS server.
 */
import type { MetricDefinition } from './metric.ts';
import { awaitedRaces, connected } from './subjects/page-races.ts';
import { measure } from './subjects/values.ts';

export const raceCryptoWait: MetricDefinition = {
  id: 'race.crypto_wait',
  title: 'Wait of the winner for the HTTPS record',
  unit: 'ms',
  better: 'lower',
  statistic: 'median',
  values: (trace) => measure(connected(awaitedRaces(trace)), ({ delays }) => delays.cryptoWaitMs),
};
