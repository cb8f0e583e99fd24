/**
 * The system resolver: HOST_RESOLVER_SYSTEM_TASK BEGIN to END on resolver jobs, and its calls of getaddrinfo.
 *
 * Chromium 156 counts the tasks only; all else here has the names and rules of the versions that counted it. A call
 * whose end came after the task's is discarded, or cancelled if nobody waited for the task any more.
 */
import type { JournalEvent } from '../../model/journal.ts';
import { netError, number } from '../../model/handlers/params.ts';
import type { Count } from './histogram.ts';
import { CODES, COUNTS, LONG_TIMES } from './layouts.ts';
import { type Timelines, elapsed, spans } from './timelines.ts';

export function countSystemTasks(timelines: Timelines, count: Count): void {
  for (const job of timelines.having('HOST_RESOLVER_SYSTEM_TASK')) {
    const tasks = spans(job, 'HOST_RESOLVER_SYSTEM_TASK');
    for (const { begin, end } of tasks) if (hasResult(end)) countTask(count, elapsed(begin, end), end);
    countCalls(count, job, tasks.map(({ end }) => end));
  }
}

/** A task that was dropped ends with neither addresses nor error. */
function hasResult({ params }: JournalEvent): boolean {
  return netError(params) !== undefined || params?.['address_list'] !== undefined;
}

function countTask(count: Count, time: number, { params }: JournalEvent): void {
  const outcome = netError(params) === undefined ? 'Success' : 'Failure';
  count(`Net.DNS.SystemTask.${outcome}Time`, LONG_TIMES, time);
  count(`Net.DNS.ProcTask.${outcome}Time`, LONG_TIMES, time);
  count('Net.OSErrorsForGetAddrinfo', CODES, Math.abs(number(params, 'os_error') ?? 0));
}

function countCalls(count: Count, job: readonly JournalEvent[], taskEnds: readonly JournalEvent[]): void {
  const decided = new Set<JournalEvent>();
  const jobEnd = job.find(({ type, phase }) => type === 'HOST_RESOLVER_MANAGER_JOB' && phase === 'END');
  for (const finished of job) {
    if (finished.type !== 'HOST_RESOLVER_MANAGER_ATTEMPT_FINISHED') continue;
    const attempt = number(finished.params, 'attempt_number');
    const started = job.findLast(
      ({ type, index, params }) => type === 'HOST_RESOLVER_MANAGER_ATTEMPT_STARTED' && index < finished.index && number(params, 'attempt_number') === attempt,
    );
    if (attempt === undefined || started === undefined) continue;
    const good = netError(finished.params) === undefined;
    count(`DNS.Attempt${good ? 'Success' : 'Failure'}`, COUNTS, attempt);
    count(`DNS.Attempt${good ? 'Success' : 'Fail'}Duration`, LONG_TIMES, elapsed(started, finished));
    // The call that decides a task is logged as finished just after the task's END.
    const decides = taskEnds.find((end) => end.index > started.index && end.index < finished.index && !decided.has(end));
    if (decides !== undefined) {
      decided.add(decides);
      count(`DNS.AttemptFirst${good ? 'Success' : 'Failure'}`, COUNTS, attempt);
      continue;
    }
    count('DNS.AttemptDiscarded', COUNTS, attempt);
    const given = taskEnds.some(({ index }) => index > started.index && index < finished.index);
    if (!given && jobEnd !== undefined && jobEnd.index < finished.index) count('DNS.AttemptCancelled', COUNTS, attempt);
  }
}
