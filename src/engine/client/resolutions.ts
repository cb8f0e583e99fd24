/** The client's side of its resolver: whom each resolver request is for, a race or a request that only resolves. */
import type { Millis } from '../../units.ts';
import type { RaceOutput } from '../race/race-output.ts';
import type { ResolverOptions } from '../resolver/options.ts';
import type { DnsReply, ResolutionOutcome, ResolverOutput, SystemReply } from '../resolver/output.ts';
import { type Resolver, createResolver } from '../resolver/resolver.ts';
import type { RequestId } from './client-output.ts';
import type { Destination } from './destination.ts';
import type { Outbox } from './outbox.ts';
import type { RunningRace } from './running-race.ts';

/** What the resolver has for the layers above. */
export type ResolutionNews =
  | { readonly kind: 'answer'; readonly race: RunningRace; readonly answer: Extract<ResolverOutput, { kind: 'answer' }> }
  /** Every query of the race so far is decided. */
  | { readonly kind: 'race-resolved'; readonly race: RunningRace; readonly outcome: ResolutionOutcome }
  | { readonly kind: 'request-resolved'; readonly request: RequestId; readonly outcome: ResolutionOutcome };

export class Resolutions {
  readonly #resolver: Resolver;
  readonly #outbox: Outbox;
  readonly #users = new Map<number, RunningRace | RequestId>();
  #last = 0;

  constructor(options: ResolverOptions, outbox: Outbox) {
    this.#resolver = createResolver(options);
    this.#outbox = outbox;
  }

  newId(): number {
    return ++this.#last;
  }

  nextWakeAt(): Millis {
    return this.#resolver.nextWakeAt() ?? Infinity;
  }

  wake(now: Millis): void {
    this.#resolver.wake(now);
  }

  dnsReply(attempt: number, reply: DnsReply, now: Millis): void {
    this.#resolver.dnsReply(attempt, reply, now);
  }

  systemReply(lookup: number, reply: SystemReply, now: Millis): void {
    this.#resolver.systemReply(lookup, reply, now);
  }

  /** Everything about the host, for a request that resolves and no more. */
  resolve(request: RequestId, destination: Destination, now: Millis): void {
    const id = this.newId();
    this.#users.set(id, request);
    this.#outbox.emit({ kind: 'resolution-began', request, resolverRequest: id, destination }, now);
    this.#resolver.request(id, destination, now);
  }

  stopResolving(request: RequestId, now: Millis): void {
    for (const [id, user] of this.#users) if (user === request) this.#stop(id, now);
  }

  /** The first query of a race stands for all that the resolver asks of its own; later ones are follow-ups. */
  ask({ query, wants }: Extract<RaceOutput, { kind: 'query' }>, race: RunningRace, now: Millis): void {
    const { resolverRequest: id } = race;
    // Stopped by an answer that came at once with the one that led to this query.
    if (race.asked && !this.#users.has(id)) return;
    if (!race.asked) {
      race.asked = true;
      this.#users.set(id, race);
      this.#resolver.request(id, race.destination, now);
    }
    delete race.resolved;
    this.#resolver.ask(id, query, now, wants);
  }

  stop({ resolverRequest }: RunningRace, now: Millis): void {
    this.#stop(resolverRequest, now);
  }

  /** Notes what the resolver has done since the last call, and tells step by step what it means for its users. */
  *hear(now: Millis): Generator<ResolutionNews | undefined> {
    for (const output of this.#resolver.takeOutputs()) {
      this.#outbox.put({ layer: 'resolver', at: output.at, output });
      yield this.#newsOf(output, now);
    }
  }

  #newsOf(output: ResolverOutput, now: Millis): ResolutionNews | undefined {
    if (output.kind !== 'answer' && output.kind !== 'finished') return undefined;
    const user = this.#users.get(output.requestId);
    if (user === undefined) return undefined;
    if (typeof user !== 'number') return output.kind === 'answer' ? { kind: 'answer', race: user, answer: output } : { kind: 'race-resolved', race: user, outcome: output.outcome };
    if (output.kind === 'answer') return undefined;
    this.#stop(output.requestId, now);
    return { kind: 'request-resolved', request: user, outcome: output.outcome };
  }

  #stop(id: number, now: Millis): void {
    this.#users.delete(id);
    this.#resolver.cancel(id, now);
  }
}
