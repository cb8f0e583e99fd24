/**
 * Host resolution: who asks (HOST_RESOLVER_MANAGER_REQUEST and its events without a BEGIN), the jobs, their tasks.
 * Transactions are `transaction-emitter.ts`; what a race makes of the answers is `race-emitter.ts`.
 */
import type { Millis } from '../../units.ts';
import type { Destination } from '../../engine/client/destination.ts';
import type { Query } from '../../engine/dns.ts';
import type { QueryAnswer, ResolverDecision, ResolverOutput } from '../../engine/resolver/output.ts';
import type { SimulatedSource, SourceLog } from '../log/source-log.ts';
import { NET_ERRORS } from '../log/net-errors.ts';
import type { NetworkEvent } from '../network/network-event.ts';
import { DNS_ERRORS, cacheEntry, failureResult, queryTypes, resultsOf } from './dns-results.ts';
import type { EmitterFacts } from './emitter-facts.ts';
import { NETWORK_KEY, originText } from './stream-key.ts';
import { TransactionEmitter } from './transaction-emitter.ts';

/** Numbers of the steps of a resolution, as `tasks` lists them. */
const TASKS = { system: 0, dns: 1, secureDns: 2, cache: 4, hosts: 9 } as const;
/** os_error of getaddrinfo: EAI_NONAME. */
const NAME_UNKNOWN = -2;

interface Requester {
  readonly source: SimulatedSource;
  readonly destination: Destination;
  /** With BEGIN and END of its own; the requests of races have neither. */
  readonly spans: boolean;
  begun: boolean;
  /** Dropped before it was done. */
  left: boolean;
  /** The job about its host, unless the cache answered; further ones are about names that records led to. */
  job?: Job;
  /** Answers from the cache, until they are all there. */
  cached: QueryAnswer[];
}

interface Job {
  readonly source: SimulatedSource;
  readonly host: string;
  readonly queries: readonly Query[];
  started: boolean;
  answers: QueryAnswer[];
  addresses: readonly string[];
}

export class ResolverEmitter {
  readonly #log: SourceLog;
  readonly #facts: EmitterFacts;
  readonly #transactions: TransactionEmitter;
  readonly #requesters = new Map<number, Requester>();
  readonly #jobs = new Map<number, Job>();
  /** What the transactions that run are about. */
  readonly #queries = new Map<number, Query>();
  readonly #systemLookups = new Map<string, Job>();

  constructor(log: SourceLog, facts: EmitterFacts) {
    this.#log = log;
    this.#facts = facts;
    this.#transactions = new TransactionEmitter(log, facts);
  }

  /** From now on `request` is asked on behalf of `source`: an attempt manager. */
  askedByRace(request: number, source: SimulatedSource, destination: Destination): void {
    this.#requesters.set(request, { source, destination, spans: false, begun: false, left: false, cached: [] });
  }

  /** A resolution for its own sake. */
  askedAlone(request: number, destination: Destination, at: Millis): void {
    const source = this.#log.source('NETWORK_SERVICE_HOST_RESOLVER', at);
    this.#requesters.set(request, { source, destination, spans: true, begun: false, left: false, cached: [] });
    this.#log.begin(source, 'HOST_RESOLVER_MANAGER_REQUEST', at, {
      allow_cached_response: true,
      dns_query_type: 'UNSPECIFIED',
      host: originText(destination),
      is_speculative: true,
      network_anonymization_key: NETWORK_KEY,
      secure_dns_policy: 0,
    });
  }

  /** The job that looks for a request's host; `undefined` if the cache answered. */
  jobOf(request: number): SimulatedSource | undefined {
    return this.#requesters.get(request)?.job?.source;
  }

  systemAnswered(event: NetworkEvent): void {
    if (event.kind !== 'system-answer') return;
    const job = this.#systemLookups.get(String(event.id));
    if (job !== undefined) job.addresses = event.addresses;
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
      case 'https-cut-off':
        return this.#onJob(output.jobId, (job) => this.#log.event(job, 'HOST_RESOLVER_DNS_TASK_TIMEOUT', at, { started_transactions: [{ dns_query_type: 'HTTPS' }] }));
      case 'system-lookup': {
        const job = this.#jobs.get(output.jobId);
        if (job === undefined) return;
        this.#systemLookups.set(`s${output.lookupId}`, job);
        return this.#log.event(job.source, 'HOST_RESOLVER_MANAGER_ATTEMPT_STARTED', at, { attempt_number: 1 });
      }
      case 'answer':
        if (output.source === 'cache') this.#requester(output.requestId, at)?.cached.push(output);
        return;
      case 'cache-hit':
        this.#requester(output.requestId, at);
        return;
      case 'job-started':
        return this.#jobStarted(output, at);
      case 'job-attached':
        return this.#attached(output, at);
      case 'job-detached':
        return this.#detached(output, at);
      case 'task-started':
        return this.#taskStarted(output, at);
      case 'task-ended':
        return this.#taskEnded(output, at);
      case 'job-ended':
        return this.#jobEnded(output, at);
      case 'finished':
        return this.#finished(output, at);
      case 'cancel-system-lookup':
      case 'answers-withdrawn':
      case 'stale-hit':
      case 'job-draining':
        return;
    }
  }

  /** With the first that is heard of a request, the request itself. */
  #requester(request: number, at: Millis): Requester | undefined {
    const requester = this.#requesters.get(request);
    if (requester === undefined || requester.begun) return requester;
    requester.begun = true;
    this.#log.event(requester.source, 'HOST_RESOLVER_MANAGER_IPV6_REACHABILITY_CHECK', at, { cached: true, ipv6_available: true });
    const dns = this.#facts.secureDns ? TASKS.secureDns : TASKS.dns;
    this.#log.event(requester.source, 'HOST_RESOLVER_MANAGER_TASK_SEQUENCE_CREATED', at, { tasks: [TASKS.cache, TASKS.hosts, dns, TASKS.system] });
    return requester;
  }

  #jobStarted({ jobId, requestId, queries, tasks }: Extract<ResolverDecision, { kind: 'job-started' }>, at: Millis): void {
    const requester = this.#requester(requestId, at);
    if (requester === undefined) return;
    const source = this.#log.source('HOST_RESOLVER_IMPL_JOB', at);
    const host = areAbout(requester.destination, queries) ? originText(requester.destination) : `https://${queries[0]?.name}`;
    this.#jobs.set(jobId, { source, host, queries, started: false, answers: [], addresses: [] });
    this.#log.event(requester.source, 'HOST_RESOLVER_MANAGER_CREATE_JOB', at);
    const { secureDns } = this.#facts;
    this.#log.begin(source, 'HOST_RESOLVER_MANAGER_JOB', at, {
      dns_query_types: queries.map(({ type }) => type),
      host,
      network_anonymization_key: NETWORK_KEY,
      secure_dns_mode: secureDns ? 2 : 0,
      source_dependency: this.#log.dependency(requester.source),
      tasks: tasks.map((task) => (task === 'system' ? TASKS.system : secureDns ? TASKS.secureDns : TASKS.dns)),
    });
  }

  #attached({ jobId, requestId }: Extract<ResolverDecision, { kind: 'job-attached' }>, at: Millis): void {
    const requester = this.#requester(requestId, at);
    const job = this.#jobs.get(jobId);
    if (requester === undefined || job === undefined) return;
    if (areAbout(requester.destination, job.queries)) requester.job ??= job;
    this.#log.event(requester.source, 'HOST_RESOLVER_MANAGER_JOB_ATTACH', at, { source_dependency: this.#log.dependency(job.source) });
    this.#log.event(job.source, 'HOST_RESOLVER_MANAGER_JOB_REQUEST_ATTACH', at, { priority: 'HIGHEST', source_dependency: this.#log.dependency(requester.source) });
    if (!job.started) this.#log.event(job.source, 'HOST_RESOLVER_MANAGER_JOB_STARTED', at);
    job.started = true;
  }

  /** A request leaves jobs that go on: it was dropped early, and ends once, without a BEGIN if need be. */
  #detached({ jobId, requestId }: Extract<ResolverDecision, { kind: 'job-detached' }>, at: Millis): void {
    const requester = this.#requesters.get(requestId);
    if (requester === undefined) return;
    if (!requester.left) {
      this.#log.event(requester.source, 'CANCELLED', at);
      this.#log.end(requester.source, 'HOST_RESOLVER_MANAGER_REQUEST', at);
    }
    requester.left = true;
    this.#onJob(jobId, (job) => this.#log.event(job, 'HOST_RESOLVER_MANAGER_JOB_REQUEST_DETACH', at, { priority: 'HIGHEST', source_dependency: this.#log.dependency(requester.source) }));
  }

  #taskStarted({ jobId, task }: Extract<ResolverDecision, { kind: 'task-started' }>, at: Millis): void {
    const job = this.#jobs.get(jobId);
    if (job === undefined) return;
    job.answers = [];
    if (task === 'system') return this.#log.begin(job.source, 'HOST_RESOLVER_SYSTEM_TASK', at);
    this.#log.begin(job.source, 'HOST_RESOLVER_DNS_TASK', at, { secure: this.#facts.secureDns, transactions_needed: queryTypes(job.queries) });
  }

  /** A task that is cancelled has no end, only its job has. */
  #taskEnded({ jobId, task, outcome }: Extract<ResolverDecision, { kind: 'task-ended' }>, at: Millis): void {
    const job = this.#jobs.get(jobId);
    if (job === undefined || outcome.kind === 'cancelled') return;
    const { source, host, answers, addresses, queries } = job;
    if (task === 'system') {
      const error = outcome.kind === 'ok' ? undefined : { net_error: DNS_ERRORS[outcome.failure], os_error: NAME_UNKNOWN };
      this.#log.end(source, 'HOST_RESOLVER_SYSTEM_TASK', at, error ?? { address_list: addresses.map((a) => (a.includes(':') ? `[${a}]:0` : `${a}:0`)), aliases: [host] });
      return this.#log.event(source, 'HOST_RESOLVER_MANAGER_ATTEMPT_FINISHED', at, { attempt_number: 1, ...error });
    }
    // Answers that say "no" make no failure of the DNS, only one of the job.
    const failed = outcome.kind === 'failure' && DNS_ERRORS[outcome.failure] !== NET_ERRORS.ERR_NAME_NOT_RESOLVED;
    const name = queries.find(({ type }) => type !== 'HTTPS')?.name ?? '';
    this.#log.end(source, 'HOST_RESOLVER_DNS_TASK', at, failed ? { failure_result: failureResult(name, outcome.failure) } : { results: answers.flatMap(resultsOf) });
  }

  #transactionStarted(decision: Extract<ResolverDecision, { kind: 'transaction-started' }>, at: Millis): void {
    this.#queries.set(decision.transactionId, decision.query);
    this.#onJob(decision.jobId, (job) => this.#transactions.started(job, decision, at));
  }

  #transactionEnded({ jobId, transactionId, outcome }: Extract<ResolverDecision, { kind: 'transaction-ended' }>, at: Millis): void {
    const query = this.#queries.get(transactionId);
    const job = this.#jobs.get(jobId);
    this.#queries.delete(transactionId);
    this.#transactions.ended(transactionId, outcome, at);
    if (query === undefined || job === undefined || outcome.kind === 'cancelled' || outcome.kind === 'cut-off') return;
    const isIgnored = query.type === 'HTTPS';
    if (outcome.kind === 'failure' && outcome.failure !== 'nxdomain' && !isIgnored) return;
    const answered = { query, answer: outcome };
    job.answers.push(answered);
    this.#log.event(job.source, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', at, { results: resultsOf(answered) });
  }

  #jobEnded({ jobId, outcome }: Extract<ResolverDecision, { kind: 'job-ended' }>, at: Millis): void {
    this.#onJob(jobId, (job) => {
      if (outcome.kind === 'cancelled') this.#log.event(job, 'CANCELLED', at);
      this.#log.end(job, 'HOST_RESOLVER_MANAGER_JOB', at, outcome.kind === 'failure' ? { net_error: DNS_ERRORS[outcome.failure] } : undefined);
    });
    this.#jobs.delete(jobId);
  }

  #finished({ requestId, outcome }: Extract<ResolverOutput, { kind: 'finished' }>, at: Millis): void {
    const requester = this.#requester(requestId, at);
    if (requester === undefined) return;
    if (requester.cached.length > 0) this.#log.event(requester.source, 'HOST_RESOLVER_MANAGER_CACHE_HIT', at, { results: cacheEntry(requester.cached) });
    requester.cached = [];
    if (!requester.spans) return;
    this.#log.end(requester.source, 'HOST_RESOLVER_MANAGER_REQUEST', at, outcome.kind === 'ok' ? undefined : { net_error: DNS_ERRORS[outcome.failure] });
  }

  #onJob(jobId: number, log: (source: SimulatedSource) => void): void {
    const job = this.#jobs.get(jobId);
    if (job !== undefined) log(job.source);
  }
}

/** Whether these ask for the host itself, not for a name that its records led to. */
function areAbout({ host }: Destination, queries: readonly Query[]): boolean {
  return queries.some(({ name }) => name === host);
}
