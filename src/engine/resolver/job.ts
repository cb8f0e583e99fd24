/**
 * A resolver job: the tasks that look for one set of answers, one after the other until one succeeds, on behalf of
 * all requests attached.
 */
import type { Millis } from '../../units.ts';
import type { AddressType, Query } from '../dns.ts';
import type { ResolverContext } from './context.ts';
import { createDnsTask } from './dns-task.ts';
import { hasAddress } from './has-address.ts';
import type { TaskKind } from './options.ts';
import type { AnswerSource, QueryAnswer, TaskOutcome } from './output.ts';
import { createSystemTask } from './system-task.ts';
import type { ResolverTask, TaskNews, TaskReply } from './task.ts';

/** What a job is about: a host with all that is asked of it, or one further query, which the system cannot answer. */
export type JobSubject =
  | { readonly kind: 'host'; readonly host: string; readonly queries: readonly Query[]; readonly types: readonly AddressType[]; readonly partition: string | undefined }
  | { readonly kind: 'query'; readonly query: Query; readonly partition: string | undefined };

export interface ResolverJob {
  readonly id: number;
  readonly key: string;
  readonly subject: JobSubject;
  /** Whether one of its queries is this one. */
  asks(query: Query): boolean;
  /** Requests attached, in the order of attaching. */
  readonly requests: ReadonlySet<number>;
  /** Of the present task, in the order of arrival. */
  answers(): readonly QueryAnswer[];
  /** `undefined` while it goes on. */
  outcome(): TaskOutcome | undefined;
  /** The new request gets the answers already in; the first one starts the job. */
  attach(requestId: number, now: Millis): void;
  /** The last one gone, the job drains or is cancelled. */
  detach(requestId: number, now: Millis): void;
  reply(reply: TaskReply, now: Millis): void;
  wake(now: Millis): void;
  nextWakeAt(): Millis | undefined;
}

export function createJob(context: ResolverContext, key: string, subject: JobSubject): ResolverJob {
  const { options } = context;
  const id = context.newId();
  const queries = subject.kind === 'host' ? subject.queries : [subject.query];
  const tasks: readonly TaskKind[] = subject.kind === 'host' ? options.tasks : ['dns'];
  const requests = new Set<number>();
  let answers: QueryAnswer[] = [];
  let taskIndex = -1;
  let task: ResolverTask | undefined;
  let drainUntil: Millis | undefined;
  let outcome: TaskOutcome | undefined;

  function createTask(kind: TaskKind): ResolverTask {
    if (kind === 'system' && subject.kind === 'host') return createSystemTask(context, id, subject.host, subject.types);
    const isLastResort = taskIndex === tasks.length - 1;
    if (subject.kind === 'query') return createDnsTask(context, id, { queries, goal: 'answer', failsWithAddress: false, isLastResort });
    const failsWithAddress = options.addressFailure === 'fails-task';
    return createDnsTask(context, id, { queries, goal: 'address', failsWithAddress, isLastResort });
  }

  const source = (): AnswerSource => (tasks[taskIndex] === 'system' ? 'system' : 'network');

  function startNextTask(now: Millis): void {
    taskIndex += 1;
    const kind = tasks[taskIndex];
    if (kind === undefined) return end({ kind: 'failure', failure: 'nodata' }, now);
    context.emit({ kind: 'task-started', jobId: id, task: kind, at: now });
    task = createTask(kind);
    take(task.start(now), now);
  }

  function take(news: TaskNews, now: Millis): void {
    for (const answer of news.answers) {
      answers.push(answer);
      for (const requestId of requests) context.emit({ kind: 'answer', requestId, ...answer, source: source(), at: now });
    }
    if (news.outcome !== undefined) endTask(news.outcome, now);
  }

  function endTask(result: TaskOutcome, now: Millis): void {
    const kind = tasks[taskIndex];
    if (kind !== undefined) context.emit({ kind: 'task-ended', jobId: id, task: kind, outcome: result, at: now });
    task = undefined;
    // A draining job only waits for what was already asked (HE-53).
    const isLast = taskIndex === tasks.length - 1 || requests.size === 0;
    if (result.kind === 'failure' && (isLast ? answers.some(hasAddress) : answers.length > 0)) withdraw(now);
    if (result.kind === 'failure' && !isLast) startNextTask(now);
    else end(result, now);
  }

  /** A failed task takes back what it found; negative answers of the last one stand. */
  function withdraw(now: Millis): void {
    answers = [];
    for (const requestId of requests) context.emit({ kind: 'answers-withdrawn', requestId, at: now });
  }

  function end(result: TaskOutcome, now: Millis): void {
    outcome = result;
    drainUntil = undefined;
    context.emit({ kind: 'job-ended', jobId: id, outcome: result, at: now });
  }

  function cancel(rule: 'HE-52' | 'HE-53', now: Millis): void {
    const kind = tasks[taskIndex];
    if (task !== undefined && kind !== undefined) {
      task.cancel(now);
      context.emit({ kind: 'task-ended', jobId: id, task: kind, outcome: { kind: 'cancelled' }, at: now });
    }
    task = undefined;
    drainUntil = undefined;
    outcome = { kind: 'cancelled' };
    context.emit({ kind: 'job-ended', jobId: id, outcome, rule, at: now });
  }

  return {
    id,
    key,
    subject,
    asks: ({ name, type }) => queries.some((query) => query.name === name && query.type === type),
    requests,
    answers: () => answers,
    outcome: () => outcome,
    attach(requestId, now) {
      requests.add(requestId);
      drainUntil = undefined;
      if (taskIndex < 0) context.emit({ kind: 'job-started', jobId: id, requestId, queries, tasks, at: now });
      context.emit({ kind: 'job-attached', jobId: id, requestId, at: now });
      if (taskIndex < 0) return startNextTask(now);
      for (const answer of answers) context.emit({ kind: 'answer', requestId, ...answer, source: source(), at: now });
    },
    detach(requestId, now) {
      requests.delete(requestId);
      context.emit({ kind: 'job-detached', jobId: id, requestId, at: now });
      if (requests.size > 0) return;
      if (options.drain <= 0) return cancel('HE-52', now);
      drainUntil = now + options.drain;
      context.emit({ kind: 'job-draining', jobId: id, until: drainUntil, rule: 'HE-53', at: now });
    },
    reply(reply, now) {
      if (task !== undefined) take(task.reply(reply, now), now);
    },
    wake(now) {
      if (task !== undefined) take(task.wake(now), now);
      if (drainUntil !== undefined && drainUntil <= now) cancel('HE-53', now);
    },
    nextWakeAt() {
      const at = task?.nextWakeAt();
      return drainUntil === undefined || (at !== undefined && at < drainUntil) ? at : drainUntil;
    },
  };
}
