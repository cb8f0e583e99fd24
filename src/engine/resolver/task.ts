/** What a resolver job sees of its tasks, whichever way they look for addresses. */
import type { Millis } from '../../units.ts';
import type { DnsReply, QueryAnswer, ResolutionOutcome, SystemReply } from './output.ts';

/** News of a task since it was last asked. */
export interface TaskNews {
  readonly answers: readonly QueryAnswer[];
  /** Absent while the task goes on. */
  readonly outcome?: ResolutionOutcome;
}

export type TaskReply =
  | { readonly kind: 'dns'; readonly attemptId: number; readonly reply: DnsReply }
  | { readonly kind: 'system'; readonly lookupId: number; readonly reply: SystemReply };

export interface ResolverTask {
  /** News of the start itself. */
  start(now: Millis): TaskNews;
  reply(reply: TaskReply, now: Millis): TaskNews;
  wake(now: Millis): TaskNews;
  nextWakeAt(): Millis | undefined;
  cancel(now: Millis): void;
}
