/**
 * Tells what the resolver does, to the races and resolutions that wait for it. Left out: which server is asked, and
 * what changes nothing for them.
 */
import type { Query } from '../../engine/dns.ts';
import type { ResolverOutput } from '../../engine/resolver/output.ts';
import type { Millis } from '../../units.ts';
import type { Account } from './account.ts';
import { RESOLUTION_FAILURES, answerText } from './words.ts';

interface Transaction {
  readonly jobId: number;
  readonly query: Query;
}

export class ResolverAccounts {
  readonly #byRequest = new Map<number, Account>();
  readonly #byJob = new Map<number, Set<number>>();
  readonly #transactions = new Map<number, Transaction>();

  asks(request: number, account: Account): void {
    this.#byRequest.set(request, account);
  }

  tell(output: ResolverOutput): void {
    const { at } = output;
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the rest is of the resolver's own concern
    switch (output.kind) {
      case 'job-started':
        this.#byJob.set(output.jobId, new Set([output.requestId]));
        return;
      case 'job-attached':
        return this.#attach(output.jobId, output.requestId, at);
      case 'job-detached':
        this.#byJob.get(output.jobId)?.delete(output.requestId);
        return;
      case 'task-started':
        if (output.task === 'system') this.#tellJob(output.jobId, 'The operating system is asked, by getaddrinfo.', at);
        return;
      case 'transaction-started':
        this.#transactions.set(output.transactionId, output);
        return;
      case 'attempt-overdue':
        return this.#tellWaiting(output.transactionId, (query) => `${query} is overdue: it is asked again, and a late answer still counts.`, at);
      case 'attempt-ended':
        if (output.reply.kind === 'truncated') this.#tellWaiting(output.transactionId, (query) => `${query} is answered in part: it is asked again over TCP.`, at);
        return;
      case 'https-cut-off':
        return this.#tellWaiting(output.transactionId, (query) => `${query} has had its extra time: it counts as unanswered.`, at);
      case 'answer':
        return this.#byRequest.get(output.requestId)?.says({ at, tone: 'step', text: `${answerText(output.query, output.answer, output.source)}.` });
      case 'answers-withdrawn':
        return this.#byRequest.get(output.requestId)?.says({ at, tone: 'step', text: 'These answers are void: the resolver tries another way.' });
      case 'finished':
        if (output.outcome.kind === 'failure') this.#byRequest.get(output.requestId)?.says({ at, tone: 'failure', text: `The resolution fails: ${RESOLUTION_FAILURES[output.outcome.failure]}.` });
        return;
      default:
        return;
    }
  }

  /** A job begins with one request; those that come later find their answers on the way. */
  #attach(job: number, request: number, at: Millis): void {
    const requests = this.#byJob.get(job);
    if (requests === undefined || requests.has(request)) return;
    requests.add(request);
    this.#byRequest.get(request)?.says({ at, tone: 'step', text: 'The same is being asked already: its answers serve both.' });
  }

  #tellWaiting(transaction: number, text: (query: string) => string, at: Millis): void {
    const found = this.#transactions.get(transaction);
    if (found !== undefined) this.#tellJob(found.jobId, text(`${found.query.type} of ${found.query.name}`), at);
  }

  #tellJob(job: number, text: string, at: Millis): void {
    for (const request of this.#byJob.get(job) ?? []) this.#byRequest.get(request)?.says({ at, tone: 'step', text });
  }
}
