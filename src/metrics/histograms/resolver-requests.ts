/**
 * Resolver requests: how long a caller waited, from HOST_RESOLVER_MANAGER_REQUEST BEGIN to END.
 *
 * Answers from the cache count, and the cache look-ups of the network quality estimator do too. Requests for
 * service endpoints have no BEGIN and are never counted, nor are speculative and cancelled ones.
 */
import type { JournalEvent } from '../../model/journal.ts';
import { flag } from '../../model/handlers/params.ts';
import type { Count } from './counters.ts';
import { LONG_TIMES, MEDIUM_TIMES_FROM_10 } from './layouts.ts';
import { type Timelines, elapsed } from './timelines.ts';

export function countResolverRequests(timelines: Timelines, count: Count): void {
  for (const timeline of timelines.having('HOST_RESOLVER_MANAGER_REQUEST')) {
    let begin: JournalEvent | undefined;
    let waited = false;
    let cancelled = false;
    for (const event of timeline) {
      if (event.type === 'HOST_RESOLVER_MANAGER_JOB_ATTACH') waited = true;
      else if (event.type === 'CANCELLED') cancelled = true;
      if (event.type !== 'HOST_RESOLVER_MANAGER_REQUEST') continue;
      if (event.phase === 'BEGIN') {
        begin = event;
        waited = false;
        cancelled = false;
      } else if (begin !== undefined) {
        if (!cancelled && flag(begin.params, 'is_speculative') !== true) countRequest(count, elapsed(begin, event), waited);
        begin = undefined;
      }
    }
  }
}

/** @param waited the request attached to a job: it was not answered at once */
function countRequest(count: Count, time: number, waited: boolean): void {
  count('Net.DNS.Request.TotalTime', MEDIUM_TIMES_FROM_10, time);
  count('Net.DNS.TotalTime', LONG_TIMES, time);
  if (!waited) return;
  count('Net.DNS.Request.TotalTimeAsync', MEDIUM_TIMES_FROM_10, time);
  count('Net.DNS.TotalTimeNotCached', LONG_TIMES, time);
}
