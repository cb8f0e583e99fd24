/**
 * Host resolution: hands what the resolver does to the emitters of its requests, jobs and transactions. What a race
 * makes of the answers is the race's.
 */
import type { Millis } from '../../../units.ts';
import type { Destination } from '../../../engine/client/destination.ts';
import type { Query } from '../../../engine/dns.ts';
import type { ResolverDecision, ResolverOutput } from '../../../engine/resolver/output.ts';
import type { SourceLog } from '../../log/source-log.ts';
import type { NetworkEvent } from '../../network/network-event.ts';
import type { EmitterFacts } from '../emitter-facts.ts';
import { Requesters } from './requesters.ts';
import { ResolverJobs } from './resolver-jobs.ts';
import { TransactionEmitter } from './transaction-emitter.ts';

export class ResolverEmitter {
  readonly requesters: Requesters;
  readonly #log: SourceLog;
  readonly #jobs: ResolverJobs;
  readonly #transactions: TransactionEmitter;
  /** What the transactions that run are about. */
  readonly #queries = new Map<number, Query>();

  constructor(log: SourceLog, facts: EmitterFacts) {
    this.#log = log;
    this.requesters = new Requesters(log, facts);
    this.#jobs = new ResolverJobs(log, facts);
    this.#transactions = new TransactionEmitter(log, facts);
  }

  /** A resolution for its own sake. */
  askedAlone(request: number, destination: Destination, at: Millis): void {
    this.requesters.add(request, this.#log.source('NETWORK_SERVICE_HOST_RESOLVER', at), destination, 'speculative', at);
  }

  systemAnswered(event: NetworkEvent): void {
    // Look-ups of the system resolver are numbered behind an s.
    if (event.kind === 'system-answer') this.#jobs.systemAnswered(Number(String(event.id).slice(1)), event.addresses);
  }

  observe(output: ResolverOutput): void {
    const { at } = output;
    switch (output.kind) {
      case 'send-query':
        return this.#transactions.sent(output, at);
      case 'cancel-query':
        return this.#transactions.dropped(output.attemptId, at);
      case 'attempt-overdue':
        return this.#transactions.overdue(output, at);
      case 'attempt-ended':
        return this.#transactions.replied(output, at);
      case 'transaction-started':
        return this.#transactionStarted(output, at);
      case 'transaction-ended':
        return this.#transactionEnded(output, at);
      case 'https-cut-off': {
        const job = this.#jobs.source(output.jobId);
        if (job !== undefined) this.#log.event(job, 'HOST_RESOLVER_DNS_TASK_TIMEOUT', at, { started_transactions: [{ dns_query_type: 'HTTPS' }] });
        return;
      }
      case 'system-lookup':
        return this.#jobs.systemLookup(output.jobId, output.lookupId, at);
      case 'answer':
        return this.requesters.answered(output.requestId, output, output.source === 'cache', at);
      case 'answers-withdrawn':
        return this.requesters.withdrawn(output.requestId);
      case 'cache-hit':
        this.requesters.heardOf(output.requestId, at);
        return;
      case 'job-started': {
        const requester = this.requesters.heardOf(output.requestId, at);
        if (requester !== undefined) this.#jobs.started(output, requester, at);
        return;
      }
      case 'job-attached': {
        const requester = this.requesters.heardOf(output.requestId, at);
        if (requester !== undefined) this.#jobs.attached(output.jobId, requester, at);
        return;
      }
      case 'job-detached': {
        const requester = this.requesters.get(output.requestId);
        if (requester === undefined) return;
        this.requesters.left(output.requestId, at);
        return this.#jobs.detached(output.jobId, requester, at);
      }
      case 'task-started':
        return this.#jobs.taskStarted(output, at);
      case 'task-ended':
        return this.#jobs.taskEnded(output, at);
      case 'job-ended':
        return this.#jobs.ended(output, at);
      case 'finished':
        return this.requesters.finished(output.requestId, output.outcome, at);
      case 'cancel-system-lookup':
      case 'stale-hit':
      case 'job-draining':
        return;
    }
  }

  #transactionStarted(decision: Extract<ResolverDecision, { kind: 'transaction-started' }>, at: Millis): void {
    this.#queries.set(decision.transactionId, decision.query);
    const job = this.#jobs.source(decision.jobId);
    if (job !== undefined) this.#transactions.started(job, decision, at);
  }

  #transactionEnded({ jobId, transactionId, outcome }: Extract<ResolverDecision, { kind: 'transaction-ended' }>, at: Millis): void {
    const query = this.#queries.get(transactionId);
    this.#queries.delete(transactionId);
    this.#transactions.ended(transactionId, outcome, at);
    if (query !== undefined) this.#jobs.extracted(jobId, query, outcome, at);
  }
}
