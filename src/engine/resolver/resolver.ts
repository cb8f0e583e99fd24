/**
 * Host resolution without I/O: requests, replies and a time in; queries to send, answers and decisions out.
 *
 * A request asks about a host: HTTPS, AAAA and A. It is served from the cache, or joins the job of equal requests.
 * Raw answers stream out per query; when they suffice to connect is for the layer above to judge, which may also
 * ask further queries (targets of HTTPS records). Host files and names such as `localhost` are the caller's.
 */
import type { Millis } from '../../units.ts';
import { unmapped } from '../addresses/mapped-ipv4.ts';
import type { AddressType, Query } from '../dns.ts';
import { createContext } from './context.ts';
import { hasAddress } from './has-address.ts';
import { createHostCache } from './host-cache.ts';
import { type JobSubject, type ResolverJob, createJob } from './job.ts';
import type { ResolverOptions } from './options.ts';
import type { DnsReply, QueryAnswer, ResolutionFailure, ResolverOutput, SystemReply } from './output.ts';
import { type HostQuestion, addressTypes, hostKey, hostQueries, queryKey, readHost } from './questions.ts';
import type { TaskReply } from './task.ts';

export interface Resolver {
  /** `requestId` is the caller's, and new; the host may be an IP literal. It is kept until `cancel`. */
  request(requestId: number, question: HostQuestion, now: Millis): void;
  /**
   * A further query on behalf of a request, also of a finished one, which then finishes once more. Nothing happens if
   * the request asked it before; a `fresh-answer` comes from no cache, and nothing happens only while the request has
   * the query under way (HE-24, HE-25).
   */
  ask(requestId: number, query: Query, now: Millis, wants?: 'any-answer' | 'fresh-answer'): void;
  /** Ends a request without `finished`; one that has finished is forgotten. An unknown one is none to end. */
  cancel(requestId: number, now: Millis): void;
  /**
   * Replies to attempts that have ended or were cancelled are ignored. What a reply has in its additional section, the
   * server may speak for: it goes into the cache, for queries to come (SB-30), and not out with the answer.
   */
  dnsReply(attemptId: number, reply: DnsReply, now: Millis): void;
  systemReply(lookupId: number, reply: SystemReply, now: Millis): void;
  wake(now: Millis): void;
  /** `undefined` when no timer runs. */
  nextWakeAt(): Millis | undefined;
  /** All outputs since the last call, in order. */
  takeOutputs(): ResolverOutput[];
}

interface RequestState {
  readonly partition: string | undefined;
  /** Key of every query asked. */
  readonly asked: Set<string>;
  readonly jobs: Set<ResolverJob>;
  /** Why the host has no address; absent if it has, and before that is known. */
  failure?: ResolutionFailure;
  /** A further query found an address. */
  hasFurtherAddress: boolean;
}

export function createResolver(options: ResolverOptions): Resolver {
  const context = createContext(options);
  const cache = createHostCache(options.cache);
  const types = addressTypes(options);
  const requests = new Map<number, RequestState>();
  const jobs = new Map<number, ResolverJob>();
  const jobsByKey = new Map<string, ResolverJob>();

  function finish(requestId: number, { failure, hasFurtherAddress }: RequestState, now: Millis): void {
    const outcome = failure === undefined || hasFurtherAddress ? ({ kind: 'ok' } as const) : ({ kind: 'failure', failure } as const);
    context.emit({ kind: 'finished', requestId, outcome, at: now });
  }

  /** From the cache, or by a job of its own or of others. */
  function resolve(requestId: number, state: RequestState, key: string, subject: JobSubject, now: Millis): void {
    if (!serveFromCache(requestId, state, key, subject, now)) attachToJob(requestId, state, key, subject, now);
    else if (state.jobs.size === 0) finish(requestId, state, now);
  }

  /**
   * `false` if the cache has nothing, or nothing that is still valid: what it has may be given out nevertheless. Where
   * an entry has a failure beside what was found, that query alone may be asked again.
   */
  function serveFromCache(requestId: number, state: RequestState, key: string, subject: JobSubject, now: Millis): boolean {
    const entry = cache.find(key);
    const kept = entry?.answers.filter(({ answer }) => options.cache.failures === 'kept' || answer.kind === 'answer' || answer.failure === 'nxdomain') ?? [];
    if (entry !== undefined && entry.expiresAt > now) {
      context.emit({ kind: 'cache-hit', requestId, expiresAt: entry.expiresAt, at: now });
      for (const answer of kept) context.emit({ kind: 'answer', requestId, ...answer, source: 'cache', at: now });
      if (subject.kind === 'query') state.hasFurtherAddress ||= kept.some(hasAddress);
      for (const failed of entry.answers) {
        if (kept.includes(failed)) continue;
        const { query } = failed;
        const [failedKey, failedSubject] = [queryKey(query, state.partition), { kind: 'query', query, partition: state.partition } as const];
        if (!serveFromCache(requestId, state, failedKey, failedSubject, now)) attachToJob(requestId, state, failedKey, failedSubject, now);
      }
      return true;
    }
    if (entry !== undefined && options.cache.stale === 'served') {
      context.emit({ kind: 'stale-hit', requestId, expiresAt: entry.expiresAt, rule: 'HE-25', at: now });
      for (const answer of kept) context.emit({ kind: 'answer', requestId, ...answer, source: 'stale', at: now });
    }
    return false;
  }

  function attachToJob(requestId: number, state: RequestState, key: string, subject: JobSubject, now: Millis): void {
    const job = jobsByKey.get(key) ?? createJob(context, key, subject);
    jobs.set(job.id, job);
    jobsByKey.set(key, job);
    state.jobs.add(job);
    job.attach(requestId, now);
    settle(job, now);
  }

  /** Takes a job that has ended off the books, and ends the requests that waited for it alone. */
  function settle(job: ResolverJob, now: Millis): void {
    const outcome = job.outcome();
    if (outcome === undefined) return;
    jobs.delete(job.id);
    jobsByKey.delete(job.key);
    if (outcome.kind === 'ok' || job.subject.kind === 'query') cache.store(job.key, job.answers(), now);
    // What is missing counts as failed: it will be asked again, and it alone.
    else if (outcome.kind === 'cancelled' && options.cache.failures === 'asked-again' && job.answers().some(hasAddress)) cache.store(job.key, withUnanswered(job.subject.queries, job.answers()), now);
    for (const requestId of job.requests) {
      const state = requests.get(requestId);
      if (state === undefined) continue;
      state.jobs.delete(job);
      if (job.subject.kind === 'query') state.hasFurtherAddress ||= job.answers().some(hasAddress);
      else if (outcome.kind === 'failure') state.failure = outcome.failure;
      if (state.jobs.size === 0) finish(requestId, state, now);
    }
  }

  function reply(taskReply: TaskReply, now: Millis): void {
    const owner = context.owners.get(taskReply.kind === 'dns' ? taskReply.attemptId : taskReply.lookupId);
    const job = owner === undefined ? undefined : jobs.get(owner);
    if (job === undefined) return;
    job.reply(taskReply, now);
    settle(job, now);
  }

  function replyFromServer(attemptId: number, asGiven: DnsReply, now: Millis): void {
    if (asGiven.kind !== 'answer') return reply({ kind: 'dns', attemptId, reply: asGiven }, now);
    const { additional = [], ...answer } = asGiven;
    const job = jobs.get(context.owners.get(attemptId) ?? -1);
    if (job !== undefined) for (const found of additional) cache.store(queryKey(found.query, job.subject.partition), [found], now);
    reply({ kind: 'dns', attemptId, reply: withoutMapped(answer) }, now);
  }

  return {
    request(requestId, asGiven, now) {
      const { kind, text: host } = readHost(asGiven.host);
      const { partition } = asGiven;
      const question = { ...asGiven, host };
      const state: RequestState = { partition, asked: new Set(), jobs: new Set(), hasFurtherAddress: false };
      requests.set(requestId, state);
      if (kind === 'literal') {
        context.emit({ kind: 'answer', requestId, ...literalAnswer(host), source: 'literal', at: now });
        return finish(requestId, state, now);
      }
      const queries = hostQueries(question, types);
      for (const query of queries) state.asked.add(queryKey(query, partition));
      resolve(requestId, state, hostKey(question), { kind: 'host', host, queries, types, partition }, now);
    },
    ask(requestId, query, now, wants = 'any-answer') {
      const state = requests.get(requestId);
      if (state === undefined) throw new Error(`resolver: query for request ${requestId}, which does not exist`);
      const key = queryKey(query, state.partition);
      const subject: JobSubject = { kind: 'query', query, partition: state.partition };
      if (wants === 'fresh-answer') {
        if (![...state.jobs].some((job) => job.asks(query))) attachToJob(requestId, state, key, subject, now);
      } else if (!state.asked.has(key)) resolve(requestId, state, key, subject, now);
      state.asked.add(key);
    },
    cancel(requestId, now) {
      const state = requests.get(requestId);
      if (state === undefined) return;
      requests.delete(requestId);
      for (const job of state.jobs) {
        job.detach(requestId, now);
        settle(job, now);
      }
    },
    dnsReply: replyFromServer,
    systemReply: (lookupId, systemReply, now) => reply({ kind: 'system', lookupId, reply: systemReply }, now),
    wake(now) {
      for (const job of jobs.values()) {
        job.wake(now);
        settle(job, now);
      }
    },
    nextWakeAt() {
      let next: Millis | undefined;
      for (const job of jobs.values()) {
        const at = job.nextWakeAt();
        if (at !== undefined && (next === undefined || at < next)) next = at;
      }
      return next;
    },
    takeOutputs: () => context.takeOutputs(),
  };
}

function withUnanswered(queries: readonly Query[], answers: readonly QueryAnswer[]): readonly QueryAnswer[] {
  const isAnswered = ({ type }: Query): boolean => answers.some(({ query }) => query.type === type);
  const unanswered = queries.filter((query) => !isAnswered(query));
  return [...answers, ...unanswered.map((query): QueryAnswer => ({ query, answer: { kind: 'failure', failure: 'timeout' } }))];
}

/** A mapped address is an IPv4 address, whatever record it comes in. */
function withoutMapped(answer: Extract<DnsReply, { kind: 'answer' }>): DnsReply {
  const { addresses } = answer;
  return addresses.some((address) => address.startsWith('::ffff:')) ? { ...answer, addresses: addresses.map(unmapped) } : answer;
}

function literalAnswer(address: string): QueryAnswer {
  const type: AddressType = address.includes(':') ? 'AAAA' : 'A';
  return { query: { name: address, type }, answer: { kind: 'answer', owner: address, addresses: [address], records: [], ttl: Infinity } };
}
