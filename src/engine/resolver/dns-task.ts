/**
 * The built-in resolver's task: one DNS transaction per query, all at once.
 *
 * Asked for addresses, it fails when none was found, and at once when A or AAAA fails, if the options say so; HTTPS never fails it.
 * Once only HTTPS is missing it may be given up after a while.
 */
import type { Millis } from '../../units.ts';
import type { ResolverContext } from './context.ts';
import { hasAddress } from './has-address.ts';
import type { Query } from '../dns.ts';
import type { QueryAnswer, ResolutionFailure, ResolutionOutcome } from './output.ts';
import type { ResolverTask, TaskNews } from './task.ts';
import { type DnsTransaction, startTransaction } from './transaction.ts';

export interface DnsTaskOptions {
  readonly queries: readonly Query[];
  /** What the task succeeds with: an address, or an answer of any kind. */
  readonly goal: 'address' | 'answer';
  /** Whether a failed A or AAAA fails the task at once, not only its own query. */
  readonly failsWithAddress: boolean;
  /** No other task follows. */
  readonly isLastResort: boolean;
}

export function createDnsTask(context: ResolverContext, jobId: number, { queries, goal, failsWithAddress, isLastResort }: DnsTaskOptions): ResolverTask {
  const { httpsExtraWait } = context.options;
  let transactions: readonly DnsTransaction[] = [];
  /** Transactions whose answers the job has not seen. */
  let open: readonly DnsTransaction[] = [];
  let startedAt: Millis = 0;
  let cutOffAt: Millis | undefined;
  let isGoalMet = false;
  let failure: ResolutionFailure = 'nodata';

  function cancel(now: Millis): void {
    cutOffAt = undefined;
    for (const transaction of transactions) transaction.cancel('cancelled', now);
  }

  function note(found: QueryAnswer): void {
    const { query, answer } = found;
    if (answer.kind === 'answer') isGoalMet ||= goal === 'answer' || hasAddress(found);
    else if (goal === 'answer' || query.type !== 'HTTPS') failure = answer.failure;
  }

  function news(now: Millis): TaskNews {
    const answers: QueryAnswer[] = [];
    for (const transaction of open) {
      const answer = transaction.answer();
      if (answer === undefined) continue;
      const { query } = transaction;
      if (failsWithAddress && query.type !== 'HTTPS' && answer.kind === 'failure' && answer.failure !== 'nxdomain') {
        cancel(now);
        return { answers: [], outcome: { kind: 'failure', failure: answer.failure } };
      }
      answers.push({ query, answer });
    }
    answers.forEach(note);
    open = open.filter((transaction) => transaction.isRunning());
    if (open.length === 0) return { answers, outcome: finish() };
    armCutOff(now);
    return { answers };
  }

  function finish(): ResolutionOutcome {
    cutOffAt = undefined;
    return isGoalMet ? { kind: 'ok' } : { kind: 'failure', failure };
  }

  function armCutOff(now: Millis): void {
    const isHttpsLeft = open.every(({ query }) => query.type === 'HTTPS') && transactions.length > open.length;
    if (httpsExtraWait === 'unlimited' || cutOffAt !== undefined || !isHttpsLeft) return;
    const { share, minimum, maximum } = httpsExtraWait;
    cutOffAt = now + Math.min(Math.max((now - startedAt) * share, minimum), maximum);
  }

  /** The only query left is HTTPS; it goes down as unanswered. */
  function cutOff(now: Millis): TaskNews {
    const answers = open.map((transaction): QueryAnswer => {
      context.emit({ kind: 'https-cut-off', jobId, transactionId: transaction.id, at: now });
      transaction.cancel('cut-off', now);
      return { query: transaction.query, answer: { kind: 'failure', failure: 'timeout' } };
    });
    open = [];
    return { answers, outcome: finish() };
  }

  return {
    start(now) {
      startedAt = now;
      transactions = queries.map((query) => startTransaction(context, jobId, query, isLastResort, now));
      open = transactions;
      return news(now);
    },
    reply(reply, now) {
      if (reply.kind === 'dns') for (const transaction of open) transaction.reply(reply.attemptId, reply.reply, now);
      return news(now);
    },
    wake(now) {
      for (const transaction of open) transaction.wake(now);
      const fresh = news(now);
      if (fresh.outcome !== undefined || cutOffAt === undefined || cutOffAt > now) return fresh;
      const { answers, ...rest } = cutOff(now);
      return { answers: [...fresh.answers, ...answers], ...rest };
    },
    nextWakeAt() {
      let next = cutOffAt;
      for (const transaction of open) {
        const at = transaction.nextWakeAt();
        if (at !== undefined && (next === undefined || at < next)) next = at;
      }
      return next;
    },
    cancel,
  };
}
