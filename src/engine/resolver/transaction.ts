/**
 * One DNS transaction: a query, asked of the servers in attempts until one of them answers.
 *
 * Attempts overlap: one that was silent for its retry period is still listened to. Search lists are left out: names
 * are absolute.
 */
import type { Millis } from '../../units.ts';
import type { DnsAnswer, DnsFailure, Query } from '../dns.ts';
import type { ResolverContext } from './context.ts';
import type { DnsTransport } from './options.ts';
import type { DnsReply } from './output.ts';

export interface DnsTransaction {
  readonly id: number;
  readonly query: Query;
  /** `undefined` while it goes on and after it was cancelled. */
  answer(): DnsAnswer | undefined;
  isRunning(): boolean;
  /** A reply to one of its attempts; one to another attempt is ignored. */
  reply(attemptId: number, reply: DnsReply, now: Millis): void;
  wake(now: Millis): void;
  /** `undefined` when it has ended. */
  nextWakeAt(): Millis | undefined;
  cancel(reason: 'cancelled' | 'cut-off', now: Millis): void;
}

interface Attempt {
  readonly id: number;
  readonly server: number;
  readonly transport: DnsTransport;
  /** Silence after which it is overdue. */
  readonly period: Millis;
}

interface Timer {
  readonly at: Millis;
  readonly ends: 'attempt' | 'transaction';
}

/** `isLastResort`: no other task follows, so that late answers are worth waiting for. */
export function startTransaction(context: ResolverContext, jobId: number, query: Query, isLastResort: boolean, now: Millis): DnsTransaction {
  const { transports, retryAfter, maximumRetryAfter, transactionTimeout } = context.options.servers;
  const id = context.newId();
  const startedAt = now;
  const servers = context.servers.rotation();
  /** Unanswered attempts in the order of sending. */
  let pending: Attempt[] = [];
  let latest: Attempt | undefined;
  let sent = 0;
  let isOverTcpNow = false;
  let timer: Timer | undefined;
  let isRunning = true;
  let answer: DnsAnswer | undefined;

  function send(server: number, transport: DnsTransport, period: Millis, at: Millis): void {
    latest = { id: context.newId(), server, transport, period };
    pending.push(latest);
    timer = { at: at + period, ends: 'attempt' };
    context.owners.set(latest.id, jobId);
    context.emit({ kind: 'send-query', attemptId: latest.id, transactionId: id, jobId, server, transport, ...query, at });
  }

  /** False when every server has had its attempts, or after the one attempt over TCP. */
  function sendNext(at: Millis): boolean {
    if (isOverTcpNow) return false;
    const server = servers.next();
    const transport = server === undefined ? undefined : transports[server];
    if (server === undefined || transport === undefined) return false;
    const round = Math.floor(sent++ / transports.length);
    send(server, transport, Math.min(retryAfter * 2 ** round, maximumRetryAfter), at);
    return true;
  }

  function cancelPending(at: Millis): void {
    for (const attempt of pending) {
      context.owners.delete(attempt.id);
      context.emit({ kind: 'cancel-query', attemptId: attempt.id, at });
    }
    pending = [];
  }

  function end(outcome: DnsAnswer | { readonly kind: 'cancelled' | 'cut-off' }, at: Millis): void {
    isRunning = false;
    timer = undefined;
    cancelPending(at);
    context.emit({ kind: 'transaction-ended', jobId, transactionId: id, outcome, at });
  }

  function conclude(outcome: DnsAnswer, at: Millis): void {
    answer = outcome;
    end(outcome, at);
  }

  /** The latest attempt failed or is overdue: the next one, or the end. */
  function goOn(failure: DnsFailure, at: Millis): void {
    if (latest !== undefined) context.servers.failed(latest.server, at);
    if (sendNext(at)) return;
    if (isLastResort && pending.length > 0) timer = { at: Math.max(at, startedAt + transactionTimeout), ends: 'transaction' };
    else conclude({ kind: 'failure', failure }, at);
  }

  function fail(attempt: Attempt, failure: DnsFailure, at: Millis): void {
    if (attempt === latest) goOn(failure, at);
    // An overdue attempt counted as failed already; unless nothing else is left, its failure says nothing new.
    else if (pending.length === 0) conclude({ kind: 'failure', failure }, at);
  }

  context.emit({ kind: 'transaction-started', jobId, transactionId: id, query, at: now });
  if (!sendNext(now)) conclude({ kind: 'failure', failure: 'network' }, now);

  return {
    id,
    query,
    answer: () => answer,
    isRunning: () => isRunning,
    reply(attemptId, reply, at) {
      const attempt = pending.find((candidate) => candidate.id === attemptId);
      if (attempt === undefined) return;
      pending = pending.filter((candidate) => candidate !== attempt);
      context.owners.delete(attemptId);
      context.emit({ kind: 'attempt-ended', transactionId: id, attemptId, reply, at });
      if (reply.kind === 'answer' || (reply.kind === 'failure' && reply.failure === 'nxdomain')) {
        context.servers.succeeded(attempt.server);
        conclude(reply, at);
      } else if (reply.kind === 'failure') {
        fail(attempt, reply.failure, at);
      } else if (attempt.transport === 'udp') {
        // What is too long for one UDP answer is too long for the next.
        cancelPending(at);
        isOverTcpNow = true;
        send(attempt.server, 'tcp', (latest ?? attempt).period * 2, at);
      } else {
        fail(attempt, 'malformed', at);
      }
    },
    wake(at) {
      if (timer === undefined || timer.at > at) return;
      if (timer.ends === 'transaction' || latest === undefined) {
        conclude({ kind: 'failure', failure: 'timeout' }, at);
        return;
      }
      context.emit({ kind: 'attempt-overdue', transactionId: id, attemptId: latest.id, at });
      goOn('timeout', at);
    },
    nextWakeAt: () => timer?.at,
    cancel(reason, at) {
      if (isRunning) end({ kind: reason }, at);
    },
  };
}
