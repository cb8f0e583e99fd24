/**
 * One race: from the first query to the first attempt that succeeds, or the last that fails (HEv3 §4 to §6).
 *
 * Sans I/O: every method takes the time, which must not decrease, and only changes state; `takeOutputs` says what
 * came of it and `nextWakeAt` when `wake` wants to be called at the latest. Who answers queries and connects, and
 * whether sessions are shared between races, is the business of the layers around it.
 */
import type { Family } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { DnsAnswer } from '../dns.ts';
import type { Endpoint } from '../endpoint.ts';
import { endpointKey } from '../endpoint.ts';
import type { Query } from '../svcb/query.ts';
import type { AddressState, Service, ServiceView } from '../svcb/service.ts';
import type { ServiceLookup } from '../svcb/service-lookup.ts';
import { ATTEMPT_SPACING_FLOOR } from './attempt-delay.ts';
import { type Candidate, type CandidateOptions, listCandidates } from './candidates.ts';
import { Gate, type GateOptions, type GateView } from './gate.ts';
import { Lane, type LaneOptions } from './lane.ts';
import type { AttemptId, RaceFailure, RaceOutput } from './race-output.ts';

export interface RaceOptions {
  readonly gate: GateOptions;
  readonly preferredFamily: Family;
  readonly candidates: CandidateOptions;
  /** In order of preference; a lane that is held back waits for the one before it. At least one. */
  readonly lanes: readonly [LaneOptions, ...LaneOptions[]];
  /**
   * What must wait until the service records are answered: nothing, secure handshakes (HE-68, HE-74), or every
   * packet, because an HTTPS record would turn `http` into `https` (HE-88).
   */
  readonly heldForService: 'nothing' | 'crypto' | 'connections';
  /**
   * When there is no address to try: once every answer is negative (HE-15), or never by the race itself, because a
   * resolver that has other ways may yet find one.
   */
  readonly givesUpWithoutAddresses: 'when-all-negative' | 'never';
  /** What becomes of TCP attempts when QUIC has won: cancelled (HE-51), or they go on to their end (Chromium before HEv3). */
  readonly tcpAfterQuicWon: 'cancelled' | 'goes-on';
  /** For one attempt, from its start; absent: as long as the network takes (DEC-13). */
  readonly attemptTimeout?: Millis;
  /** For the whole race, from `start` (DEC-13). */
  readonly raceTimeout?: Millis;
  /** Expected round trip to an address, from history (HE-57); `undefined` if nothing is known. */
  readonly expectedRoundTrip?: (address: string) => Millis | undefined;
}

export type AttemptFailure =
  | { readonly kind: 'error' }
  /** Ends the whole race: a bad certificate or the demand for a client certificate (DEC-14). */
  | { readonly kind: 'fatal' }
  /** The server rejected ECH and sent a configuration to retry with (RFC 9849 §6.1.6); empty: without ECH. */
  | { readonly kind: 'ech-rejected'; readonly retryConfig: string };

interface Attempt {
  readonly id: AttemptId;
  readonly lane: Lane;
  readonly startedAt: Millis;
  readonly echRetryOf?: AttemptId;
  candidate: Candidate;
  secureHandshake: 'permitted' | 'held';
}

interface EchRetry {
  readonly of: Attempt;
  readonly endpoint: Endpoint;
}

export class Race {
  readonly #lookup: ServiceLookup;
  readonly #options: RaceOptions;
  readonly #gate: Gate;
  readonly #lanes: readonly Lane[];
  readonly #running = new Map<AttemptId, Attempt>();
  readonly #echRetries: EchRetry[] = [];
  #outputs: RaceOutput[] = [];
  #lastAttempt: AttemptId = 0;
  #lastStart: Millis = -Infinity;
  #startedAt: Millis | undefined;
  #ended = false;
  #gateWasOpen = false;
  #answered = false;
  /** QUIC has won, and TCP goes on. */
  #won = false;
  #wakeAt: Millis | undefined;
  #viewed: ServiceView | undefined;
  #ofLane: readonly (readonly Candidate[])[] = [];
  #candidates: readonly Candidate[] = [];

  constructor(lookup: ServiceLookup, options: RaceOptions) {
    this.#lookup = lookup;
    this.#options = options;
    this.#gate = new Gate(options.gate);
    const tried = new Set<string>();
    this.#lanes = options.lanes.map((lane) => new Lane(lane, lane.behind?.repeats === true ? new Set() : tried));
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** When to call `wake` if nothing else happens before; `undefined`: only an input can change anything. */
  get nextWakeAt(): Millis | undefined {
    return this.#ended ? undefined : this.#wakeAt;
  }

  /** The outputs since the last call, oldest first. */
  takeOutputs(): readonly RaceOutput[] {
    const taken = this.#outputs;
    this.#outputs = [];
    return taken;
  }

  start(now: Millis): void {
    this.#startedAt = now;
    this.#ask(this.#lookup.start(), 'HE-08', now);
    this.#advance(now);
  }

  answer(query: Query, answer: DnsAnswer, now: Millis): void {
    if (this.#ended) return;
    this.#answered = true;
    this.#ask(this.#lookup.answer(query, answer), 'HE-20', now);
    this.#advance(now);
  }

  /** TCP is connected; `expectedEnd` is when the secure handshake should be done, if the path is known (HE-67). */
  transportConnected(id: AttemptId, now: Millis, expectedEnd?: Millis): void {
    const attempt = this.#running.get(id);
    if (attempt === undefined) return;
    attempt.lane.transportConnected(attempt.candidate.key, now, expectedEnd);
    if (attempt.lane.options.onTransportConnected === 'decide') this.#decideTransport(attempt, now);
    this.#advance(now);
  }

  /** The application can use the connection (HE-63). An attempt that was cancelled meanwhile changes nothing. */
  succeeded(id: AttemptId, now: Millis): void {
    const winner = this.#running.get(id);
    if (winner === undefined) return;
    const goesOn = this.#options.tcpAfterQuicWon === 'goes-on' && winner.candidate.endpoint.transport === 'quic' && this.#running.size > 1;
    if (goesOn && !this.#won) {
      this.#won = true;
      this.#drop(winner);
      this.#emit({ kind: 'won', attempt: id, rule: 'tcp-goes-on', at: now });
      return this.#advance(now);
    }
    this.#end(now, id);
    this.#emit(this.#won ? { kind: 'over', attempt: id, rule: 'tcp-goes-on', at: now } : { kind: 'won', attempt: id, rule: 'HE-51', at: now });
  }

  failed(id: AttemptId, failure: AttemptFailure, now: Millis): void {
    const attempt = this.#running.get(id);
    if (attempt === undefined) return;
    this.#drop(attempt);
    if (failure.kind === 'fatal') return this.#lose('fatal-attempt-error', 'DEC-14', now);
    if (failure.kind === 'ech-rejected' && attempt.echRetryOf === undefined && attempt.lane.mayRetry) {
      const { ech: _rejected, ...plain } = attempt.candidate.endpoint;
      this.#echRetries.push({ of: attempt, endpoint: failure.retryConfig === '' ? plain : { ...plain, ech: failure.retryConfig } });
    }
    this.#advance(now);
  }

  cancel(now: Millis): void {
    if (!this.#ended) this.#lose('cancelled', 'HE-51', now);
  }

  wake(now: Millis): void {
    this.#advance(now);
  }

  #advance(now: Millis): void {
    if (this.#ended || this.#startedAt === undefined) return;
    const { attemptTimeout, raceTimeout } = this.#options;
    if (raceTimeout !== undefined && now >= this.#startedAt + raceTimeout) return this.#lose('timed-out', 'DEC-13', now);
    if (attemptTimeout !== undefined) this.#timeOutAttempts(attemptTimeout, now);

    const view = this.#lookup.view();
    if (view.info === 'refused') return this.#lose('service-records-unavailable', 'HE-72', now);
    if (view.upgradeToHttps) return this.#lose('upgraded-to-https', 'SB-27', now);
    this.#updateCandidates(view);
    const held = view.info === 'pending' ? this.#options.heldForService : 'nothing';
    if (held === 'nothing') this.#permitCrypto(now);

    let wakeAt = Infinity;
    const gate = this.#gate.look(this.#gateView(view), now);
    if (gate.state === 'open') {
      if (!this.#gateWasOpen) this.#emit({ kind: 'gate-opened', rule: gate.rule, at: now });
      this.#gateWasOpen = true;
      if (held !== 'connections') wakeAt = Math.min(this.#retryEch(now), this.#runLanes(held === 'crypto', now));
    } else {
      wakeAt = gate.opensAt ?? Infinity;
    }

    if (this.#running.size === 0 && wakeAt === Infinity && view.openQueries.length === 0) {
      if (this.#lastAttempt > 0) return this.#lose('attempts-failed', 'HE-62', now);
      if (this.#options.givesUpWithoutAddresses === 'when-all-negative') return this.#lose('no-addresses', 'HE-15', now);
    }
    if (raceTimeout !== undefined) wakeAt = Math.min(wakeAt, this.#startedAt + raceTimeout);
    if (attemptTimeout !== undefined) for (const { startedAt } of this.#running.values()) wakeAt = Math.min(wakeAt, startedAt + attemptTimeout);
    this.#wakeAt = wakeAt === Infinity ? undefined : wakeAt;
  }

  /** The families looked at are those of the most preferred service that may give endpoints: it comes before all others (HE-55). */
  #gateView({ services, info }: ServiceView): GateView {
    const best = services.find(isPromising);
    const settled = (family: Family): boolean => best === undefined || best[family].state !== 'pending';
    const preferred = this.#options.preferredFamily;
    return {
      settled: { 'preferred-family': settled(preferred), 'other-family': settled(preferred === 'ipv6' ? 'ipv4' : 'ipv6'), service: info !== 'pending' },
      anyAnswer: this.#answered,
      ipv4: services.some((service) => hasAddresses(service.ipv4)),
      ipv6: services.some((service) => hasAddresses(service.ipv6)),
    };
  }

  #updateCandidates(view: ServiceView): void {
    if (view === this.#viewed) return;
    this.#viewed = view;
    this.#candidates = listCandidates(view.services, this.#options.candidates);
    this.#ofLane = this.#options.lanes.map((lane) => candidatesOf(lane, this.#candidates));
  }

  /** Starts what may start now; returns when the next may. */
  #runLanes(cryptoHeld: boolean, now: Millis): Millis {
    let wakeAt = Infinity;
    const exhausted: boolean[] = [];
    for (const [i, lane] of this.#lanes.entries()) {
      const all = this.#ofLane[i] ?? [];
      // A QUIC handshake is a secure handshake from its first packet on.
      const candidates = cryptoHeld ? all.filter(({ endpoint }) => endpoint.transport !== 'quic') : all;
      const opensAt = this.#opensAt(lane, exhausted);
      let turn = opensAt > now ? undefined : lane.turn(candidates, now);
      while (turn?.turn === 'start') {
        for (const key of turn.abandons) this.#abandon(key, lane, now);
        this.#startAttempt(turn.candidate, lane, cryptoHeld, now);
        turn = lane.turn(candidates, now);
      }
      wakeAt = Math.min(wakeAt, turn === undefined ? opensAt : turn.turn === 'wait' ? turn.until : Infinity);
      exhausted.push(!(cryptoHeld && lane.options.transport === 'quic') && lane.isExhausted(candidates));
    }
    return wakeAt;
  }

  #opensAt({ options: { behind }, firstStart }: Lane, exhausted: readonly boolean[]): Millis {
    if (behind === undefined || firstStart !== undefined) return -Infinity;
    if (exhausted[behind.lane] === true) return behind.repeats ? Infinity : -Infinity;
    const first = this.#lanes[behind.lane]?.firstStart;
    return first === undefined ? Infinity : first + behind.by;
  }

  #retryEch(now: Millis): Millis {
    const at = this.#lastStart + ATTEMPT_SPACING_FLOOR;
    const [retry] = this.#echRetries;
    if (retry === undefined) return Infinity;
    if (at > now) return at;
    this.#echRetries.shift();
    const { candidate, lane, id } = retry.of;
    this.#startAttempt({ endpoint: retry.endpoint, key: endpointKey(retry.endpoint), family: candidate.family }, lane, false, now, id);
    return this.#echRetries.length > 0 ? now + ATTEMPT_SPACING_FLOOR : Infinity;
  }

  #startAttempt(candidate: Candidate, lane: Lane, cryptoHeld: boolean, now: Millis, echRetryOf?: AttemptId): void {
    const rule = echRetryOf !== undefined ? 'RFC9849-6.1.6' : this.#lastAttempt === 0 ? 'HE-54' : lane.busy ? 'HE-62' : 'DEC-5';
    const id = ++this.#lastAttempt;
    const secureHandshake = cryptoHeld ? 'held' : 'permitted';
    const retry = echRetryOf === undefined ? {} : { echRetryOf };
    this.#running.set(id, { id, lane, candidate, secureHandshake, startedAt: now, ...retry });
    this.#lastStart = now;
    lane.started(candidate, now, this.#options.expectedRoundTrip?.(candidate.endpoint.ip.address));
    this.#emit({ kind: 'start-attempt', attempt: id, endpoint: candidate.endpoint, secureHandshake, ...retry, rule, at: now });
  }

  /** Secure handshakes that waited go ahead with what is known of their endpoint now, such as its ECH configuration. */
  #permitCrypto(now: Millis): void {
    for (const attempt of this.#running.values()) {
      if (attempt.secureHandshake === 'permitted') continue;
      attempt.secureHandshake = 'permitted';
      const known = this.#candidates.find(({ endpoint }) => isSameSocket(endpoint, attempt.candidate.endpoint)) ?? attempt.candidate;
      attempt.lane.cryptoBegan(attempt.candidate.key, known, now);
      attempt.candidate = known;
      this.#emit({ kind: 'permit-crypto', attempt: attempt.id, endpoint: known.endpoint, rule: 'HE-68', at: now });
    }
  }

  #timeOutAttempts(timeout: Millis, now: Millis): void {
    for (const attempt of this.#running.values()) {
      if (attempt.startedAt + timeout > now) continue;
      this.#drop(attempt);
      this.#emit({ kind: 'cancel-attempt', attempt: attempt.id, rule: 'DEC-13', at: now });
    }
  }

  #abandon(key: string, lane: Lane, now: Millis): void {
    for (const attempt of this.#running.values()) {
      if (attempt.lane !== lane || attempt.candidate.key !== key) continue;
      this.#drop(attempt);
      this.#emit({ kind: 'cancel-attempt', attempt: attempt.id, rule: 'slow-attempt-abandoned', at: now });
    }
  }

  /** The first transport handshake ends the race over this transport; what follows on it fails or succeeds alone. */
  #decideTransport(winner: Attempt, now: Millis): void {
    const { transport } = winner.candidate.endpoint;
    for (const lane of this.#lanes) if (lane.options.transport !== 'quic') lane.close();
    for (const attempt of this.#running.values()) {
      if (attempt === winner || attempt.candidate.endpoint.transport !== transport) continue;
      this.#drop(attempt);
      this.#emit({ kind: 'cancel-attempt', attempt: attempt.id, rule: 'HE-64', at: now });
    }
  }

  #drop(attempt: Attempt): void {
    this.#running.delete(attempt.id);
    attempt.lane.ended(attempt.candidate.key);
  }

  #lose(failure: RaceFailure, rule: string, now: Millis): void {
    this.#end(now);
    if (this.#won) return this.#emit({ kind: 'over', rule: 'tcp-goes-on', at: now });
    this.#emit({ kind: 'lost', failure, rule, at: now });
  }

  /** HE-51, HE-52: what still runs is cancelled. */
  #end(now: Millis, winner?: AttemptId): void {
    this.#ended = true;
    for (const id of this.#running.keys()) {
      if (id !== winner) this.#emit({ kind: 'cancel-attempt', attempt: id, rule: 'HE-51', at: now });
    }
    this.#running.clear();
    if (this.#lookup.view().openQueries.length > 0) this.#emit({ kind: 'cancel-queries', rule: 'HE-52', at: now });
  }

  #ask(queries: readonly Query[], rule: string, now: Millis): void {
    for (const query of queries) this.#emit({ kind: 'query', query, rule, at: now });
  }

  #emit(output: RaceOutput): void {
    this.#outputs.push(output);
  }
}

function candidatesOf({ transport, family }: LaneOptions, candidates: readonly Candidate[]): readonly Candidate[] {
  const own = transport === 'any' ? candidates : candidates.filter(({ endpoint }) => endpoint.transport === transport);
  const first = own[0]?.family;
  return family === 'any' ? own : own.filter((candidate) => (candidate.family === first) === (family === 'first'));
}

function isSameSocket(a: Endpoint, b: Endpoint): boolean {
  return a.transport === b.transport && a.ip.address === b.ip.address && a.ip.port === b.ip.port;
}

function hasAddresses(address: AddressState): boolean {
  return address.state === 'positive';
}

/** Whether a service may give endpoints, now or later. */
function isPromising({ ipv4, ipv6, quic, tcp }: Service): boolean {
  return [ipv4, ipv6].some(({ state }) => state === 'positive' || state === 'pending') && quic.length + tcp.length > 0;
}
