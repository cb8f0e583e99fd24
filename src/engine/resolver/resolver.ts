/**
 * Host resolution without I/O: requests, replies and a time in; queries to send, answers and decisions out.
 *
 * A request asks about a host: HTTPS, AAAA and A. It is served from the cache, or joins the job of equal requests.
 * Raw answers stream out per query; when they suffice to connect is for the layer above to judge, which may also
 * ask further queries (targets of HTTPS records). Host files and names such as `localhost` are the caller's.
 */
import type { Millis } from '../../units.ts';
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
   * the request asked it before.
   */
  ask(requestId: number, query: Query, now: Millis): void;
  /** Ends a request without `finished`; one that has finished is forgotten. An unknown one is none to end. */
  cancel(requestId: number, now: Millis): void;
  /** Replies to attempts that have ended or were cancelled are ignored. */
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
    const entry = cache.find(key);
    if (entry !== undefined && entry.expiresAt > now) {
      context.emit({ kind: 'cache-hit', requestId, expiresAt: entry.expiresAt, at: now });
      for (const answer of entry.answers) context.emit({ kind: 'answer', requestId, ...answer, source: 'cache', at: now });
      if (subject.kind === 'query') state.hasFurtherAddress ||= entry.answers.some(hasAddress);
      if (state.jobs.size === 0) finish(requestId, state, now);
      return;
    }
    if (entry !== undefined && options.cache.stale === 'served') {
      context.emit({ kind: 'stale-hit', requestId, expiresAt: entry.expiresAt, rule: 'HE-25', at: now });
      for (const answer of entry.answers) context.emit({ kind: 'answer', requestId, ...answer, source: 'stale', at: now });
    }
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
      resolve(requestId, state, hostKey(question), { kind: 'host', host, queries, types }, now);
    },
    ask(requestId, query, now) {
      const state = requests.get(requestId);
      if (state === undefined) throw new Error(`resolver: query for request ${requestId}, which does not exist`);
      const key = queryKey(query, state.partition);
      if (state.asked.has(key)) return;
      state.asked.add(key);
      resolve(requestId, state, key, { kind: 'query', query }, now);
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
    dnsReply: (attemptId, dnsReply, now) => reply({ kind: 'dns', attemptId, reply: dnsReply }, now),
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

function literalAnswer(address: string): QueryAnswer {
  const type: AddressType = address.includes(':') ? 'AAAA' : 'A';
  return { query: { name: address, type }, answer: { kind: 'answer', owner: address, addresses: [address], records: [], ttl: Infinity } };
}
