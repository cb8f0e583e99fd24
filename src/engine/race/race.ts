/**
 * One race: from the first query to the first attempt that succeeds, or the last that fails (HEv3 §4 to §6).
 *
 * Sans I/O: every method takes the time, which must not decrease, and only changes state; `takeOutputs` says what
 * came of it and `nextWakeAt` when `wake` wants to be called at the latest. Who answers queries and connects, and
 * whether sessions are shared between races, is the business of the layers around it.
 */
import type { Family } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { DnsAnswer, Query } from '../dns.ts';
import type { Endpoint } from '../endpoint.ts';
import { endpointKey } from '../endpoint.ts';
import type { AddressState, Service, ServiceView } from '../svcb/service.ts';
import type { ServiceLookup } from '../svcb/service-lookup.ts';
import { ATTEMPT_SPACING_FLOOR } from './attempt-delay.ts';
import { type Candidate, type CandidateOptions, listCandidates } from './candidates.ts';
import { Gate, type GateOptions, type GateState, type GateView } from './gate.ts';
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
  /** What becomes of attempts over the other transport when one has won; over the same one they are cancelled (HE-51). */
  readonly afterWin: {
    /** TCP, after QUIC has won: cancelled, or what has begun goes on to its end (Chromium before HEv3). */
    readonly tcp: 'cancelled' | 'goes-on';
    /** QUIC, after TCP has won: goes on until the attempt is this old; 0: cancelled. */
    readonly quicUntilAge: Millis;
  };
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
  /** One for each lane; those without a gate of their own share the race's. */
  readonly #gates: readonly Gate[];
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
  /** There is a winner; attempts over the other transport may go on. */
  #won = false;
  #wakeAt: Millis | undefined;
  #viewed: ServiceView | undefined;
  #ofLane: readonly (readonly Candidate[])[] = [];
  #candidates: readonly Candidate[] = [];

  constructor(lookup: ServiceLookup, options: RaceOptions) {
    this.#lookup = lookup;
    this.#options = options;
    const shared = new Gate(options.gate);
    this.#gates = options.lanes.map(({ gate }) => (gate === undefined ? shared : new Gate(gate)));
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
    this.learn(query, answer, now);
    this.#advance(now);
  }

  /** One of several answers that come at once, as from a cache: `wake` when all are known. */
  learn(query: Query, answer: DnsAnswer, now: Millis): void {
    if (this.#ended) return;
    this.#answered = true;
    this.#ask(this.#lookup.answer(query, answer), 'HE-20', now);
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
    this.#drop(winner);
    const isFirst = !this.#won;
    this.#won = true;
    for (const lane of this.#lanes) if (winner.candidate.endpoint.transport === 'tcp' || lane.options.transport === 'quic') lane.close();
    for (const attempt of this.#running.values()) if (!this.#outlives(attempt, winner, now)) this.#cancelAttempt(attempt, 'HE-51', now);
    if (this.#running.size === 0) this.#end(now);
    if (isFirst) this.#emit({ kind: 'won', attempt: id, rule: 'HE-51', at: now });
    else if (this.#ended) this.#emit({ kind: 'over', rule: 'after-win', at: now });
    this.#advance(now);
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
    if (attemptTimeout !== undefined) this.#cancelOlderThan(attemptTimeout, () => true, 'DEC-13', now);
    const { quicUntilAge } = this.#options.afterWin;
    if (this.#won) this.#cancelOlderThan(quicUntilAge, isQuic, 'after-win', now);

    const view = this.#lookup.view();
    if (view.info === 'refused') return this.#lose('service-records-unavailable', 'HE-72', now);
    if (view.upgradeToHttps) return this.#lose('upgraded-to-https', 'SB-27', now);
    this.#updateCandidates(view);
    const held = view.info === 'pending' ? this.#options.heldForService : 'nothing';
    if (held === 'nothing') this.#permitCrypto(view, now);

    const gates = this.#lookAtGates(view, now);
    const retryAt = this.#retryEch(now);
    let wakeAt = held === 'connections' ? Infinity : Math.min(retryAt, this.#runLanes(gates, held === 'crypto', now));

    if (this.#running.size === 0 && wakeAt === Infinity && (this.#won || view.openQueries.length === 0)) {
      if (this.#lastAttempt > 0) return this.#lose('attempts-failed', 'HE-62', now);
      if (this.#options.givesUpWithoutAddresses === 'when-all-negative') return this.#lose('no-addresses', 'HE-15', now);
    }
    if (raceTimeout !== undefined) wakeAt = Math.min(wakeAt, this.#startedAt + raceTimeout);
    if (attemptTimeout !== undefined) for (const { startedAt } of this.#running.values()) wakeAt = Math.min(wakeAt, startedAt + attemptTimeout);
    if (this.#won) for (const attempt of this.#running.values()) if (isQuic(attempt)) wakeAt = Math.min(wakeAt, attempt.startedAt + quicUntilAge);
    this.#wakeAt = wakeAt === Infinity ? undefined : wakeAt;
  }

  #lookAtGates(view: ServiceView, now: Millis): readonly GateState[] {
    const seen = this.#gateView(view);
    const states = this.#gates.map((gate) => gate.look(seen, now));
    const open = states.find(({ state }) => state === 'open');
    if (open?.state === 'open' && !this.#gateWasOpen) {
      this.#gateWasOpen = true;
      this.#emit({ kind: 'gate-opened', rule: open.rule, at: now });
    }
    return states;
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
  #runLanes(gates: readonly GateState[], cryptoHeld: boolean, now: Millis): Millis {
    let wakeAt = Infinity;
    const exhausted: boolean[] = [];
    for (const [i, lane] of this.#lanes.entries()) {
      const all = this.#ofLane[i] ?? [];
      // A QUIC handshake is a secure handshake from its first packet on.
      const candidates = cryptoHeld ? all.filter(({ endpoint }) => endpoint.transport !== 'quic') : all;
      const opensAt = Math.max(gateOpensAt(gates[i]), this.#opensAt(lane, exhausted));
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

  /**
   * Secure handshakes that waited go ahead with what is known of their endpoint now, such as its ECH configuration.
   * Where every service that is left has one, a handshake can't go ahead without (M-78, M-79).
   */
  #permitCrypto({ services }: ServiceView, now: Millis): void {
    const keepsToEch = services.length > 0 && services.every(({ ech }) => ech !== undefined);
    for (const attempt of this.#running.values()) {
      if (attempt.secureHandshake === 'permitted') continue;
      const listed = this.#candidates.find(({ endpoint }) => isSameSocket(endpoint, attempt.candidate.endpoint));
      if (listed === undefined && keepsToEch) {
        this.#cancelAttempt(attempt, 'DEC-8', now);
        continue;
      }
      const known = listed ?? attempt.candidate;
      attempt.secureHandshake = 'permitted';
      attempt.lane.cryptoBegan(attempt.candidate.key, known, now);
      attempt.candidate = known;
      this.#emit({ kind: 'permit-crypto', attempt: attempt.id, endpoint: known.endpoint, rule: 'HE-68', at: now });
    }
  }

  #cancelOlderThan(age: Millis, which: (attempt: Attempt) => boolean, rule: string, now: Millis): void {
    for (const attempt of this.#running.values()) if (which(attempt) && attempt.startedAt + age <= now) this.#cancelAttempt(attempt, rule, now);
  }

  #cancelAttempt(attempt: Attempt, rule: string, now: Millis): void {
    this.#drop(attempt);
    this.#emit({ kind: 'cancel-attempt', attempt: attempt.id, rule, at: now });
  }

  #outlives(attempt: Attempt, winner: Attempt, now: Millis): boolean {
    const { tcp, quicUntilAge } = this.#options.afterWin;
    if (isQuic(attempt) === isQuic(winner)) return false;
    return isQuic(attempt) ? now < attempt.startedAt + quicUntilAge : tcp === 'goes-on';
  }

  #abandon(key: string, lane: Lane, now: Millis): void {
    for (const attempt of this.#running.values()) {
      if (attempt.lane !== lane || attempt.candidate.key !== key) continue;
      this.#cancelAttempt(attempt, 'slow-attempt-abandoned', now);
    }
  }

  /** The first transport handshake ends the race over this transport; what follows on it fails or succeeds alone. */
  #decideTransport(winner: Attempt, now: Millis): void {
    const { transport } = winner.candidate.endpoint;
    for (const lane of this.#lanes) if (lane.options.transport !== 'quic') lane.close();
    for (const attempt of this.#running.values()) {
      if (attempt === winner || attempt.candidate.endpoint.transport !== transport) continue;
      this.#cancelAttempt(attempt, 'HE-64', now);
    }
  }

  #drop(attempt: Attempt): void {
    this.#running.delete(attempt.id);
    attempt.lane.ended(attempt.candidate.key);
  }

  #lose(failure: RaceFailure, rule: string, now: Millis): void {
    this.#end(now);
    if (this.#won) return this.#emit({ kind: 'over', rule: 'after-win', at: now });
    this.#emit({ kind: 'lost', failure, rule, at: now });
  }

  /** HE-51, HE-52: what still runs is cancelled. */
  #end(now: Millis): void {
    this.#ended = true;
    for (const id of this.#running.keys()) this.#emit({ kind: 'cancel-attempt', attempt: id, rule: 'HE-51', at: now });
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

function gateOpensAt(gate: GateState | undefined): Millis {
  return gate?.state === 'open' ? -Infinity : (gate?.opensAt ?? Infinity);
}

function isQuic({ candidate }: Attempt): boolean {
  return candidate.endpoint.transport === 'quic';
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
