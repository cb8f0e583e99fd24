/**
 * DNS tasks, from HOST_RESOLVER_DNS_TASK BEGIN to END, and how long their transactions waited for their turn.
 *
 * A task that ends without an address has failed, even if no error is logged: NXDOMAIN, no data, an HTTPS record alone.
 */
import type { JournalEvent } from '../../model/journal.ts';
import { netError, number, object, objects } from '../../model/handlers/params.ts';
import { countAddressAnswers } from './address-answers.ts';
import type { Count } from './counters.ts';
import { CODES, LONG_TIMES } from './layouts.ts';
import { ABORTED, NAME_NOT_RESOLVED } from './net-errors.ts';
import { type DnsTaskTimeline, dnsTasksOf } from './task-timelines.ts';
import { type Timelines, elapsed, firstAfter } from './timelines.ts';

/** A task that failed in less time was never on the network. */
const SLOW_FROM_MS = 10;

export function countDnsTasks(timelines: Timelines, count: Count): void {
  for (const job of timelines.having('HOST_RESOLVER_DNS_TASK')) {
    let queued = 0;
    const ends = job.filter(({ type, phase }) => phase === 'END' && (type === 'HOST_RESOLVER_SYSTEM_TASK' || type === 'HOST_RESOLVER_DNS_TASK'));
    for (const task of dnsTasksOf(timelines, job)) {
      for (const { link } of task.transactions) {
        const waited = elapsed(task.begin, link);
        queued += waited;
        count('Net.DNS.JobQueueTime.PerTransaction', LONG_TIMES, waited);
      }
      countHttpsErrors(count, task);
      countEnd(count, task, queued);
      countErrorBeforeSystem(count, task, ends);
      countAddressAnswers(count, task);
    }
  }
}

/** @param queued what all transactions of the job so far have waited, in milliseconds */
function countEnd(count: Count, { begin, end, secure }: DnsTaskTimeline, queued: number): void {
  if (end === undefined) return;
  const time = elapsed(begin, end);
  const error = errorOf(end);
  const outcome = error === undefined ? 'Success' : 'Failure';
  count(`Net.DNS.DnsTask.${secure ? 'Secure' : 'Insecure'}.${outcome}Time`, LONG_TIMES, time);
  count(`Net.DNS.DnsTask.${outcome}Time`, LONG_TIMES, time);
  count(`Net.DNS.JobQueueTime.${outcome}`, LONG_TIMES, queued);
  if (error === undefined) return;
  const older = secure ? 'Net.DNS.SecureDnsTask' : 'Net.DNS.DnsTask';
  count(`${older}.ErrorBeforeFallback.${time < SLOW_FROM_MS ? 'Fast' : 'Slow'}`, CODES, Math.abs(error));
}

/** Net.DNS.DnsTask.SvcbHttpsTransactionError: a failed query is ignored over plain DNS, and decides in mode Secure. */
const HTTPS_ERROR = { none: 0, insecure: 1, secure: 3 } as const;

function countHttpsErrors(count: Count, { secure, transactions }: DnsTaskTimeline): void {
  for (const { type, end, error } of transactions) {
    if (type !== 'HTTPS' || end === undefined || error === ABORTED) continue;
    const failed = error !== undefined && error !== NAME_NOT_RESOLVED;
    count('Net.DNS.DnsTask.SvcbHttpsTransactionError', CODES, failed ? HTTPS_ERROR[secure ? 'secure' : 'insecure'] : HTTPS_ERROR.none);
  }
}

/** The error that the system resolver made good; `ends`: those of all tasks of the job. */
function countErrorBeforeSystem(count: Count, { end }: DnsTaskTimeline, ends: readonly JournalEvent[]): void {
  const error = end === undefined ? undefined : errorOf(end);
  if (end === undefined || error === undefined) return;
  const next = firstAfter(ends, end.index);
  if (next?.type === 'HOST_RESOLVER_SYSTEM_TASK' && netError(next.params) === undefined) count('Net.DNS.DnsTask.Errors', CODES, Math.abs(error));
}

/** Net error of a task's END; `undefined` if it found addresses. */
function errorOf({ params }: JournalEvent): number | undefined {
  const logged = number(object(params, 'failure_result'), 'error') ?? netError(params);
  if (logged !== undefined) return logged;
  // Before about Chrome 133 results are no typed list, and a task without them logs its error.
  if (!Array.isArray(params?.['results'])) return undefined;
  const results = objects(params, 'results');
  return results.some(({ type }) => type === 'data') ? undefined : (number(results.find(({ type }) => type === 'error'), 'error') ?? NAME_NOT_RESOLVED);
}
