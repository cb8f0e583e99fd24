/**
 * Who asks the resolver: HOST_RESOLVER_MANAGER_REQUEST and the events of a request on its requester's source.
 *
 * A request for service endpoints has neither BEGIN nor END; dropped early, it ends all the same.
 */
import { familyOfCanonical } from '../../../address.ts';
import type { Millis } from '../../../units.ts';
import type { Destination } from '../../../engine/client/destination.ts';
import type { QueryAnswer, ResolutionFailure, ResolutionOutcome } from '../../../engine/resolver/output.ts';
import type { EventParams } from '../../../netlog/event.ts';
import type { SimulatedSource, SourceLog } from '../../log/source-log.ts';
import { DNS_ERRORS, cacheEntry } from '../dns-results.ts';
import type { EmitterFacts } from '../emitter-facts.ts';
import { networkKey, originText } from '../stream-key.ts';
import { TASKS } from './tasks.ts';

/** `service-endpoints`: without BEGIN and END. `speculative`: a resolution for its own sake. */
export type RequestKind = 'service-endpoints' | 'addresses' | 'speculative';

export interface Requester {
  readonly source: SimulatedSource;
  readonly destination: Destination;
  readonly kind: RequestKind;
  /** The job about its host, unless the cache answered; further ones are about names that records led to. */
  job?: SimulatedSource;
}

interface State extends Requester {
  begun: boolean;
  ended: boolean;
  answers: QueryAnswer[];
  /** Those of them from the cache. */
  cached: QueryAnswer[];
  /** They are logged. */
  hit: boolean;
  /** Absent also for what came from the cache. */
  finishedAt?: Millis;
  failure?: ResolutionFailure;
}

export class Requesters {
  readonly #log: SourceLog;
  readonly #facts: EmitterFacts;
  readonly #requesters = new Map<number, State>();

  constructor(log: SourceLog, facts: EmitterFacts) {
    this.#log = log;
    this.#facts = facts;
  }

  /** From now on `request` is asked on behalf of `source`. */
  add(request: number, source: SimulatedSource, destination: Destination, kind: RequestKind, at: Millis): void {
    this.#requesters.set(request, { source, destination, kind, begun: false, ended: false, answers: [], cached: [], hit: false });
    this.#begin(source, destination, kind, at);
  }

  get(request: number): Requester | undefined {
    return this.#requesters.get(request);
  }

  /** With the first that is heard of a request, the request itself. */
  heardOf(request: number, at: Millis): Requester | undefined {
    const requester = this.#requesters.get(request);
    if (requester === undefined || requester.begun) return requester;
    requester.begun = true;
    this.#takeUp(requester.source, at);
    return requester;
  }

  answered(request: number, answer: QueryAnswer, fromCache: boolean, at: Millis): void {
    const requester = this.#requesters.get(request);
    if (requester === undefined) return;
    this.heardOf(request, at);
    requester.answers.push(answer);
    if (fromCache) requester.cached.push(answer);
  }

  /** What it was told is void. */
  withdrawn(request: number): void {
    const requester = this.#requesters.get(request);
    if (requester !== undefined) requester.answers = [];
  }

  finished(request: number, outcome: ResolutionOutcome, at: Millis): void {
    const requester = this.#requesters.get(request);
    if (requester === undefined) return;
    this.heardOf(request, at);
    if (requester.cached.length > 0 && !requester.hit) this.#cacheHit(requester.source, cacheEntry(requester.cached), at);
    requester.hit = requester.cached.length > 0;
    if (requester.cached.length === 0) requester.finishedAt = at;
    if (outcome.kind === 'failure') requester.failure = outcome.failure;
    if (requester.kind === 'service-endpoints') requester.ended = true;
    else this.#end(requester, outcome.kind === 'failure' ? DNS_ERRORS[outcome.failure] : undefined, at);
  }

  /** An IP literal has nothing to be asked about. */
  literal(request: number, at: Millis): void {
    const requester = this.#requesters.get(request);
    if (requester === undefined || requester.begun) return;
    this.heardOf(request, at);
    if (requester.kind !== 'service-endpoints') this.#end(requester, undefined, at);
  }

  /** It leaves a job that goes on: it was dropped early. */
  left(request: number, at: Millis): void {
    const requester = this.#requesters.get(request);
    if (requester === undefined || requester.ended) return;
    this.#log.event(requester.source, 'CANCELLED', at);
    this.#end(requester, undefined, at);
  }

  /** Its source fails for another reason than an answer. */
  failed(request: number, error: number, at: Millis): void {
    const requester = this.#requesters.get(request);
    if (requester !== undefined && !requester.ended && requester.kind !== 'service-endpoints') this.#end(requester, error, at);
  }

  /**
   * Another source asks the same and gets from the cache what the first was told, failure included: Chromium asks anew
   * after a failure, but the simulated client does not.
   */
  askedAgain(request: number, source: SimulatedSource, kind: RequestKind, at: Millis): void {
    const first = this.#requesters.get(request);
    if (first === undefined) return;
    const { destination, answers, failure } = first;
    const error = failure === undefined ? {} : { net_error: DNS_ERRORS[failure] };
    this.#begin(source, destination, kind, at);
    this.#takeUp(source, at);
    if (familyOfCanonical(destination.host) === undefined) this.#cacheHit(source, { ...cacheEntry(answers), ...error }, at);
    if (kind !== 'service-endpoints') this.#log.end(source, 'HOST_RESOLVER_MANAGER_REQUEST', at, error);
  }

  /** What the cache holds at `now`, by destination, for the polled data. */
  cacheEntries(now: Millis): readonly EventParams[] {
    const entries = new Map<string, EventParams>();
    for (const { destination, answers, cached, finishedAt } of this.#requesters.values()) {
      const ttl = Math.min(...answers.map(({ answer }) => (answer.kind === 'answer' ? answer.ttl : Infinity)));
      const expiration = (finishedAt ?? -Infinity) + ttl;
      // What came from the cache is there by the one that put it there.
      if (cached.length > 0 || ttl === Infinity || expiration <= now) continue;
      entries.set(originText(destination), {
        ...cacheEntry(answers),
        dns_query_type: 0,
        expiration: String(Math.floor(expiration)),
        hostname: destination.host,
        network_anonymization_key: networkKey(destination),
        port: destination.port,
        scheme: destination.scheme,
        secure: this.#facts.secureDns,
        target_network: '-1',
        ttl: Math.floor(ttl),
      });
    }
    return [...entries.values()];
  }

  #begin(source: SimulatedSource, destination: Destination, kind: RequestKind, at: Millis): void {
    if (kind === 'service-endpoints') return;
    this.#log.begin(source, 'HOST_RESOLVER_MANAGER_REQUEST', at, {
      allow_cached_response: true,
      dns_query_type: 'UNSPECIFIED',
      host: originText(destination),
      is_speculative: kind === 'speculative',
      network_anonymization_key: networkKey(destination),
      secure_dns_policy: 0,
    });
  }

  #takeUp(source: SimulatedSource, at: Millis): void {
    this.#log.event(source, 'HOST_RESOLVER_MANAGER_IPV6_REACHABILITY_CHECK', at, { cached: true, ipv6_available: true });
    const dns = this.#facts.secureDns ? TASKS.secureDns : TASKS.dns;
    this.#log.event(source, 'HOST_RESOLVER_MANAGER_TASK_SEQUENCE_CREATED', at, { tasks: [TASKS.cache, TASKS.hosts, dns, TASKS.system] });
  }

  /** Chromium logs every hit twice. */
  #cacheHit(source: SimulatedSource, results: ReturnType<typeof cacheEntry>, at: Millis): void {
    for (let times = 0; times < 2; times++) this.#log.event(source, 'HOST_RESOLVER_MANAGER_CACHE_HIT', at, { results });
  }

  #end(requester: State, error: number | undefined, at: Millis): void {
    requester.ended = true;
    this.#log.end(requester.source, 'HOST_RESOLVER_MANAGER_REQUEST', at, error === undefined ? undefined : { net_error: error });
  }
}
