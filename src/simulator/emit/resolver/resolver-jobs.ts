/** The resolver's jobs and their tasks: HOST_RESOLVER_MANAGER_JOB, HOST_RESOLVER_DNS_TASK, HOST_RESOLVER_SYSTEM_TASK. */
import type { Millis } from '../../../units.ts';
import type { Query } from '../../../engine/dns.ts';
import type { QueryAnswer, ResolverDecision, TransactionOutcome } from '../../../engine/resolver/output.ts';
import type { SimulatedSource, SourceLog } from '../../log/source-log.ts';
import { NET_ERRORS } from '../../log/net-errors.ts';
import { DNS_ERRORS, failureResult, queryTypes, resultsOf } from '../dns-results.ts';
import type { EmitterFacts } from '../emitter-facts.ts';
import { networkKey, originText } from '../stream-key.ts';
import type { Requester } from './requesters.ts';
import { TASKS } from './tasks.ts';

/** os_error of getaddrinfo: EAI_NONAME. */
const NAME_UNKNOWN = -2;

interface Job {
  readonly source: SimulatedSource;
  readonly host: string;
  readonly queries: readonly Query[];
  started: boolean;
  answers: QueryAnswer[];
  /** From getaddrinfo. */
  addresses: readonly string[];
}

type Decision<Kind extends ResolverDecision['kind']> = Extract<ResolverDecision, { kind: Kind }>;

export class ResolverJobs {
  readonly #log: SourceLog;
  readonly #facts: EmitterFacts;
  readonly #jobs = new Map<number, Job>();
  readonly #systemLookups = new Map<number, Job>();

  constructor(log: SourceLog, facts: EmitterFacts) {
    this.#log = log;
    this.#facts = facts;
  }

  /** Absent: nobody whose requests are logged has asked for it, or it is over. */
  source(job: number): SimulatedSource | undefined {
    return this.#jobs.get(job)?.source;
  }

  started({ jobId, queries, tasks }: Decision<'job-started'>, requester: Requester, at: Millis): void {
    const { secureDns } = this.#facts;
    const source = this.#log.source('HOST_RESOLVER_IMPL_JOB', at);
    const host = isAbout(requester, queries) ? originText(requester.destination) : `https://${queries[0]?.name}`;
    this.#jobs.set(jobId, { source, host, queries, started: false, answers: [], addresses: [] });
    this.#log.event(requester.source, 'HOST_RESOLVER_MANAGER_CREATE_JOB', at);
    this.#log.begin(source, 'HOST_RESOLVER_MANAGER_JOB', at, {
      dns_query_types: queries.map(({ type }) => type),
      host,
      network_anonymization_key: networkKey(requester.destination),
      secure_dns_mode: secureDns ? 2 : 0,
      source_dependency: this.#log.dependency(requester.source),
      tasks: tasks.map((task) => (task === 'system' ? TASKS.system : secureDns ? TASKS.secureDns : TASKS.dns)),
    });
  }

  attached(jobId: number, requester: Requester, at: Millis): void {
    const job = this.#jobs.get(jobId);
    if (job === undefined) return;
    if (isAbout(requester, job.queries)) requester.job ??= job.source;
    this.#log.event(requester.source, 'HOST_RESOLVER_MANAGER_JOB_ATTACH', at, { source_dependency: this.#log.dependency(job.source) });
    this.#log.event(job.source, 'HOST_RESOLVER_MANAGER_JOB_REQUEST_ATTACH', at, { priority: 'HIGHEST', source_dependency: this.#log.dependency(requester.source) });
    if (!job.started) this.#log.event(job.source, 'HOST_RESOLVER_MANAGER_JOB_STARTED', at);
    job.started = true;
  }

  detached(jobId: number, requester: Requester, at: Millis): void {
    const source = this.source(jobId);
    if (source !== undefined) this.#log.event(source, 'HOST_RESOLVER_MANAGER_JOB_REQUEST_DETACH', at, { priority: 'HIGHEST', source_dependency: this.#log.dependency(requester.source) });
  }

  taskStarted({ jobId, task }: Decision<'task-started'>, at: Millis): void {
    const job = this.#jobs.get(jobId);
    if (job === undefined) return;
    job.answers = [];
    if (task === 'system') return this.#log.begin(job.source, 'HOST_RESOLVER_SYSTEM_TASK', at);
    this.#log.begin(job.source, 'HOST_RESOLVER_DNS_TASK', at, { secure: this.#facts.secureDns, transactions_needed: queryTypes(job.queries) });
  }

  systemLookup(jobId: number, lookup: number, at: Millis): void {
    const job = this.#jobs.get(jobId);
    if (job === undefined) return;
    this.#systemLookups.set(lookup, job);
    this.#log.event(job.source, 'HOST_RESOLVER_MANAGER_ATTEMPT_STARTED', at, { attempt_number: 1 });
  }

  systemAnswered(lookup: number, addresses: readonly string[]): void {
    const job = this.#systemLookups.get(lookup);
    if (job !== undefined) job.addresses = addresses;
  }

  /** A failed query of addresses fails its task and is no result; one of HTTPS is ignored (HE-73). */
  extracted(jobId: number, query: Query, outcome: TransactionOutcome, at: Millis): void {
    const job = this.#jobs.get(jobId);
    if (job === undefined || outcome.kind === 'cancelled' || outcome.kind === 'cut-off') return;
    if (outcome.kind === 'failure' && outcome.failure !== 'nxdomain' && query.type !== 'HTTPS') return;
    const answered = { query, answer: outcome };
    job.answers.push(answered);
    this.#log.event(job.source, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', at, { results: resultsOf(answered) });
  }

  /** A task that is cancelled has no end, only its job has. */
  taskEnded({ jobId, task, outcome }: Decision<'task-ended'>, at: Millis): void {
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

  ended({ jobId, outcome }: Decision<'job-ended'>, at: Millis): void {
    const source = this.source(jobId);
    this.#jobs.delete(jobId);
    if (source === undefined) return;
    if (outcome.kind === 'cancelled') this.#log.event(source, 'CANCELLED', at);
    this.#log.end(source, 'HOST_RESOLVER_MANAGER_JOB', at, outcome.kind === 'failure' ? { net_error: DNS_ERRORS[outcome.failure] } : undefined);
  }
}

/** Whether these ask for the requester's host itself, not for a name that its records led to. */
function isAbout({ destination }: Requester, queries: readonly Query[]): boolean {
  return queries.some(({ name }) => name === destination.host);
}
