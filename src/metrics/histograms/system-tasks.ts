/**
 * The system resolver: HOST_RESOLVER_SYSTEM_TASK BEGIN to END on resolver jobs, and its calls of getaddrinfo.
 *
 * Chromium 156 counts the tasks only; all else here has the names and rules of the versions that counted it. A call
 * whose end came after the task's is discarded, or cancelled if nobody waited for the task any more.
 */
import type { JournalEvent } from '../../model/journal.ts';
import { netError, number } from '../../model/handlers/params.ts';
import { addTo } from '../../model/grouping.ts';
import type { Count } from './counters.ts';
import { CODES, COUNTS, LONG_TIMES } from './layouts.ts';
import { type Timelines, countBefore, elapsed, firstAfter, lastBefore, spans } from './timelines.ts';

export function countSystemTasks(timelines: Timelines, count: Count): void {
  for (const job of timelines.having('HOST_RESOLVER_SYSTEM_TASK')) {
    const tasks = spans(job, 'HOST_RESOLVER_SYSTEM_TASK');
    for (const { begin, end } of tasks) if (hasResult(end)) countTask(count, elapsed(begin, end), end);
    countCalls(timelines, count, job, tasks.map(({ end }) => end));
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

function countCalls(timelines: Timelines, count: Count, job: readonly JournalEvent[], taskEnds: readonly JournalEvent[]): void {
  const starts = new Map<number | undefined, JournalEvent[]>();
  for (const start of timelines.ofType(job[0]?.sourceId, 'HOST_RESOLVER_MANAGER_ATTEMPT_STARTED')) addTo(starts, number(start.params, 'attempt_number'), start);
  const take = firstUntaken(taskEnds);
  const jobEnd = job.find(({ type, phase }) => type === 'HOST_RESOLVER_MANAGER_JOB' && phase === 'END');
  for (const finished of job) {
    if (finished.type !== 'HOST_RESOLVER_MANAGER_ATTEMPT_FINISHED') continue;
    const attempt = number(finished.params, 'attempt_number');
    const started = lastBefore(starts.get(attempt) ?? [], finished.index);
    if (attempt === undefined || started === undefined) continue;
    const good = netError(finished.params) === undefined;
    count(`DNS.Attempt${good ? 'Success' : 'Failure'}`, COUNTS, attempt);
    count(`DNS.Attempt${good ? 'Success' : 'Fail'}Duration`, LONG_TIMES, elapsed(started, finished));
    // The call that decides a task is logged as finished just after the task's END.
    if (take(started.index, finished.index) !== undefined) {
      count(`DNS.AttemptFirst${good ? 'Success' : 'Failure'}`, COUNTS, attempt);
      continue;
    }
    count('DNS.AttemptDiscarded', COUNTS, attempt);
    const given = firstAfter(taskEnds, started.index);
    if ((given === undefined || given.index > finished.index) && jobEnd !== undefined && jobEnd.index < finished.index) count('DNS.AttemptCancelled', COUNTS, attempt);
  }
}

/** Takes each event once: the first one between two places in the log that is not taken yet. */
function firstUntaken(events: readonly JournalEvent[]): (from: number, to: number) => JournalEvent | undefined {
  // For each event itself, or once it is taken one that may not be; steps are cut short behind whoever walks them.
  const next = events.map((_, i) => i);
  function untaken(start: number): number {
    let at = start;
    while (at < next.length && next[at] !== at) {
      const step = next[at]!;
      next[at] = next[step] ?? step;
      at = step;
    }
    return at;
  }
  return (from, to) => {
    const at = untaken(countBefore(events, from + 1));
    const event = events[at];
    if (event === undefined || event.index >= to) return undefined;
    next[at] = at + 1;
    return event;
  };
}
