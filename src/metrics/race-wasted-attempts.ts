/**
 * How many of a race's connection attempts were for nothing: all but those whose connection carried a request.
 *
 * Counted: each connected race, the attempts that did not win (spare, lost, failed, cancelled, or still running
 * when the log ended) less the spare ones that requests used, as HTTP/1.1 does with several connections to a host.
 * One attempt is never wasted: if no request used any, the winner stands for the connection that was asked for.
 * Unused preconnects count, since the network carries them all the same.
 * Left out: pooled, failed, cancelled and unfinished races; connections to a DNS-over-HTTPS server.
 */
import type { MetricDefinition } from './metric.ts';
import { connected, pageRaces } from './subjects/page-races.ts';
import { measure } from './subjects/values.ts';

export const raceWastedAttempts: MetricDefinition = {
  id: 'race.wasted_attempts',
  title: 'Connection attempts that came to nothing',
  unit: 'count',
  better: 'lower',
  statistic: 'median',
  values: (trace) => {
    const inUse = new Set(trace.requests.map(({ attemptId }) => attemptId));
    return measure(connected(pageRaces(trace)), ({ attempts }) => {
      const useful = new Set(attempts.map(({ id }) => id).filter((id) => inUse.has(id)));
      return attempts.length - Math.max(1, useful.size);
    });
  },
};
