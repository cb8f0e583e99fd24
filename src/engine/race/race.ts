/**
 * One race: from the first query to the first attempt that succeeds, or the last that fails (HEv3 §4 to §6).
 *
 * Sans I/O: every method takes the time, which must not decrease, and only changes state; `takeOutputs` says what
 * came of it and `nextWakeAt` when `wake` wants to be called at the latest. Who answers queries and connects, and
 * whether sessions are shared between races, is the business of the layers around it.
 */
import type { Millis } from '../../units.ts';
import type { DnsAnswer, Query } from '../dns.ts';
import type { ServiceView } from '../svcb/service.ts';
import type { ServiceLookup } from '../svcb/service-lookup.ts';
import { type Attempt, Attempts, isQuic } from './attempts.ts';
import { type Candidate, listCandidates } from './candidates.ts';
import { cancelOverdue, nextOverdueAt, outlives } from './deadlines.ts';
import { EchRetries } from './ech-retries.ts';
import { fittingFirst } from './fitting-records.ts';
import { Gates } from './gates.ts';
import { permitHeld } from './held-handshakes.ts';
import { Lanes } from './lanes.ts';
import type { RaceOptions } from './race-options.ts';
import { type AttemptId, Outbox, type RaceFailure, type RaceOutput } from './race-output.ts';
import { type Freshness, Renewals } from './renewals.ts';

export type AttemptFailure =
  | { readonly kind: 'error' }
  /** A bad certificate or the demand for a client certificate: no other attempt can mend it (DEC-14). */
  | { readonly kind: 'fatal' }
  /** The server rejected ECH and sent a configuration to retry with (RFC 9849 §6.1.6); empty: without ECH. */
  | { readonly kind: 'ech-rejected'; readonly retryConfig: string };

export class Race {
  readonly #lookup: ServiceLookup;
  readonly #options: RaceOptions;
  readonly #outbox = new Outbox();
  readonly #renewals: Renewals;
  readonly #gates: Gates;
  readonly #lanes: Lanes;
  readonly #attempts: Attempts;
  readonly #echRetries = new EchRetries();
  #viewed: ServiceView | undefined;
  #candidates: readonly Candidate[] = [];
  /** `won`: attempts over the other transport may go on. */
  #state: 'not-started' | 'running' | 'won' | 'ended' = 'not-started';
  #endsAt: Millis = Infinity;
  #wakeAt: Millis = Infinity;

  constructor(lookup: ServiceLookup, options: RaceOptions) {
    this.#lookup = lookup;
    this.#options = options;
    this.#renewals = new Renewals(options.asksAgainAfter);
    this.#gates = new Gates(options, this.#outbox);
    this.#lanes = new Lanes(options);
    this.#attempts = new Attempts(options, this.#outbox);
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  /** When to call `wake` if nothing else happens before; `undefined`: only an input can change anything. */
  get nextWakeAt(): Millis | undefined {
    return this.ended || this.#wakeAt === Infinity ? undefined : this.#wakeAt;
  }

  /** The outputs since the last call, oldest first. */
  takeOutputs(): readonly RaceOutput[] {
    return this.#outbox.take();
  }

  start(now: Millis): void {
    this.#state = 'running';
    this.#endsAt = now + (this.#options.raceTimeout ?? Infinity);
    this.#ask(this.#lookup.start(), 'HE-08', now);
    this.#advance(now);
  }

  answer(query: Query, answer: DnsAnswer, now: Millis, freshness: Freshness = 'fresh'): void {
    this.learn(query, answer, now, freshness);
    this.#advance(now);
  }

  /** One of several answers that come at once, as from a cache: `wake` when all are known. */
  learn(query: Query, answer: DnsAnswer, now: Millis, freshness: Freshness = 'fresh'): void {
    if (this.ended) return;
    this.#gates.answered();
    this.#renewals.answered(query, answer, freshness, now);
    this.#ask(this.#lookup.answer(query, answer), 'HE-20', now);
  }

  /** TCP is connected; `expectedEnd` is when the secure handshake should be done, if the path is known (HE-67). */
  transportConnected(id: AttemptId, now: Millis, expectedEnd?: Millis): void {
    const attempt = this.#attempts.get(id);
    if (attempt === undefined) return;
    attempt.lane.transportConnected(id, now, expectedEnd);
    if (attempt.lane.options.onTransportConnected === 'decide') this.#decideTransport(attempt, now);
    this.#advance(now);
  }

  /**
   * All handshakes are done, but not yet what makes the connection one that the application can use, such as HTTP/2
   * settings that allow WebSocket (RFC 8441): the next attempt need not wait for that. `succeeded` or `failed` follows.
   */
  connected(id: AttemptId, now: Millis): void {
    this.#attempts.get(id)?.lane.connected(id);
    this.#advance(now);
  }

  /** The application can use the connection (HE-63). An attempt that was cancelled meanwhile changes nothing. */
  succeeded(id: AttemptId, now: Millis): void {
    const winner = this.#attempts.get(id);
    if (winner === undefined) return;
    const isFirst = this.#state !== 'won';
    this.#state = 'won';
    this.#attempts.end(winner);
    this.#lanes.closeAfterWin(winner.candidate.endpoint.transport);
    for (const attempt of this.#attempts.running()) if (!outlives(attempt, winner, this.#options, now)) this.#attempts.cancel(attempt, 'HE-51', now);
    if (this.#attempts.areAllEnded) this.#end(now);
    if (isFirst) this.#outbox.put({ kind: 'won', attempt: id, rule: 'HE-51', at: now });
    else if (this.ended) this.#outbox.put({ kind: 'over', rule: 'after-win', at: now });
    this.#advance(now);
  }

  failed(id: AttemptId, failure: AttemptFailure, now: Millis): void {
    const attempt = this.#attempts.get(id);
    if (attempt === undefined) return;
    this.#attempts.end(attempt);
    if (failure.kind === 'fatal' && this.#options.fatalFailure === 'ends-race') return this.#lose('fatal-attempt-error', 'DEC-14', now);
    if (failure.kind === 'ech-rejected') this.#echRetries.add(attempt, failure.retryConfig);
    this.#advance(now);
  }

  cancel(now: Millis): void {
    if (!this.ended) this.#lose('cancelled', 'HE-51', now);
  }

  wake(now: Millis): void {
    this.#advance(now);
  }

  /** Does what is due: everything that has changed is taken into account here, in this order. */
  #advance(now: Millis): void {
    if (this.#state === 'not-started' || this.ended) return;
    const isWon = this.#state === 'won';
    if (this.#endsAt <= now) return this.#lose('timed-out', 'DEC-13', now);
    cancelOverdue(this.#attempts, this.#options, isWon, now);
    if (!isWon) this.#renew(now);

    const view = this.#lookup.view();
    if (view.info === 'refused') return this.#lose('service-records-unavailable', 'HE-72', now);
    if (view.upgradeToHttps) return this.#lose('upgraded-to-https', 'SB-27', now);
    this.#gates.look(view, now);
    // Nothing is tried before, so that nothing need be sorted.
    if (this.#gates.isAnyOpen && view !== this.#viewed) this.#takeView(view, now);
    const held = view.info === 'pending' ? this.#options.heldForService : 'nothing';
    if (held === 'nothing') permitHeld(this.#attempts, view.services, this.#candidates, now);

    const retryAt = this.#echRetries.run(this.#attempts, now);
    const startAt = held === 'connections' ? Infinity : Math.min(retryAt, this.#lanes.run(this.#gates, this.#attempts, held === 'crypto', now));

    const isAtEnd = this.#attempts.areAllEnded && startAt === Infinity;
    if (isAtEnd && (isWon || view.openQueries.length === 0)) this.#loseForWant(view, now);
    const renewAt = isWon ? Infinity : this.#renewals.nextAt;
    this.#wakeAt = Math.min(startAt, renewAt, this.#endsAt, nextOverdueAt(this.#attempts, this.#options, isWon));
  }

  #renew(now: Millis): void {
    for (const { query, rule } of this.#renewals.takeDue(now)) {
      this.#lookup.reopen(query);
      this.#outbox.put({ kind: 'query', query, wants: 'fresh-answer', rule, at: now });
    }
  }

  #takeView(view: ServiceView, now: Millis): void {
    this.#viewed = view;
    const services = this.#options.recordsFirst === 'by-priority' ? view.services : fittingFirst(view.services, this.#attempts);
    this.#candidates = listCandidates(services, this.#options.candidates);
    this.#lanes.take(this.#candidates, now);
  }

  /** The first transport handshake ends the race over this transport; what follows on it fails or succeeds alone. */
  #decideTransport(winner: Attempt, now: Millis): void {
    this.#lanes.closeTcp();
    for (const attempt of this.#attempts.running()) if (attempt !== winner && !isQuic(attempt)) this.#attempts.cancel(attempt, 'HE-64', now);
  }

  /** Nothing runs and nothing is left to try. */
  #loseForWant({ services }: ServiceView, now: Millis): void {
    if (this.#attempts.count > 0) return this.#lose('attempts-failed', 'HE-62', now);
    // Where no service may be used, addresses would not have helped (SB-18).
    if (services.length === 0) return this.#lose('attempts-failed', 'SB-18', now);
    if (this.#options.givesUpWithoutAddresses === 'when-all-negative') this.#lose('no-addresses', 'HE-15', now);
  }

  #lose(failure: RaceFailure, rule: string, now: Millis): void {
    const isWon = this.#state === 'won';
    this.#end(now);
    if (isWon) this.#outbox.put({ kind: 'over', rule: 'after-win', at: now });
    else this.#outbox.put({ kind: 'lost', failure, rule, at: now });
  }

  /** HE-51, HE-52: what still runs is cancelled. */
  #end(now: Millis): void {
    this.#state = 'ended';
    this.#attempts.cancelAll('HE-51', now);
    if (this.#lookup.view().openQueries.length > 0) this.#outbox.put({ kind: 'cancel-queries', rule: 'HE-52', at: now });
  }

  #ask(queries: readonly Query[], rule: string, now: Millis): void {
    for (const query of queries) this.#outbox.put({ kind: 'query', query, wants: 'any-answer', rule, at: now });
  }
}
