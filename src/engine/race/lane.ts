/**
 * A lane: a part of the candidates, tried one after the other in staggered starts.
 *
 * The draft has one lane of all candidates. Chromium has one for QUIC and one for TCP beside it; Go and the
 * older Chromium have a second lane for the other family. A lane says which endpoint may start and when; who
 * starts it, and what an attempt is, it leaves to the race.
 */
import type { Millis } from '../../units.ts';
import type { Transport } from '../endpoint.ts';
import { ATTEMPT_SPACING_FLOOR, type AttemptDelayOptions } from './attempt-delay.ts';
import type { Candidate } from './candidates.ts';
import type { GateOptions } from './gate.ts';
import { type AttemptCounts, LaneTimer } from './lane-timer.ts';
import type { AttemptId, StartCause } from './race-output.ts';

export interface LaneOptions {
  /** Which candidates belong to the lane: by transport … */
  readonly transport: 'any' | Transport;
  /** … and, of those, by family: that of the first one, or the other. */
  readonly family: 'any' | 'first' | 'other';
  /** `flip-on-slow`: an attempt that outlives its delay turns the lane to the other family (Chromium's HEv3 pool). */
  readonly order: 'as-listed' | 'flip-on-slow';
  /** Absent: strictly one after the other, the next only when the one before it has failed. */
  readonly attemptDelay?: AttemptDelayOptions;
  /**
   * When the next starts after a failure (DEC-5): at once, but no closer to the last start than the floor (HE-59); at
   * once whatever the floor; or when the delay that runs has passed, if one does.
   */
  readonly afterFailure: 'at-floor' | 'at-once' | 'after-delay';
  /** What becomes of an attempt that outlived its delay: the next races it, or replaces it (Node.js). */
  readonly slowAttempt: 'raced' | 'abandoned';
  /** How many attempts may run side by side; absent: any number. */
  readonly maxRunning?: number;
  /** How many attempts there are at most in a race, over all; absent: one for each candidate (M-55: Chromium has one over QUIC). */
  readonly maxAttempts?: number;
  /**
   * A transport handshake that is done, with the secure handshake to go: the timer moves to the estimated end
   * of that one (HE-67), stands still until permission for the secure handshake restarts it (Chromium's HEv3 pool),
   * runs on, or the race of this transport is decided: its other attempts end, and no more begin.
   */
  readonly onTransportConnected: 'extend-timer' | 'stop-timer' | 'keep-timer' | 'decide';
  /** Of its own; absent: that of the race. */
  readonly gate?: GateOptions;
  /**
   * Waits behind another lane: that long from its first attempt, or until it has no candidate left. `repeats`: it
   * then tries again what was tried, and there is no use in that once the other lane has nothing left.
   */
  readonly behind?: { readonly lane: number; readonly by: Millis; readonly repeats: boolean };
}

export type LaneTurn =
  /** `cause` is absent for the first attempt of the lane. */
  | { readonly turn: 'start'; readonly candidate: Candidate; readonly abandons: readonly AttemptId[]; readonly cause: StartCause | undefined }
  | { readonly turn: 'wait'; readonly until: Millis }
  /** Nothing to start until an input changes something. */
  | { readonly turn: 'idle' };

const IDLE: LaneTurn = { turn: 'idle' };
const NONE: readonly AttemptId[] = [];

export class Lane {
  readonly options: LaneOptions;
  /** Keys of candidates. Shared by the lanes of a race: what one has tried, none tries again. */
  readonly #tried: Set<string>;
  readonly #running = new Set<AttemptId>();
  readonly #timer: LaneTimer;
  #triedQuic = false;
  #started = 0;
  #closed = false;
  #firstStart: Millis | undefined;
  #lastStart: Millis = -Infinity;
  /** There was no candidate when the lane last had its turn. */
  #hadNone = false;

  constructor(options: LaneOptions, tried: Set<string>) {
    this.options = options;
    this.#tried = tried;
    this.#timer = new LaneTimer(options.attemptDelay);
  }

  /** `undefined` until the lane has started an attempt. */
  get firstStart(): Millis | undefined {
    return this.#firstStart;
  }

  /** Whether an attempt may be repeated, as an ECH retry is. */
  get mayRetry(): boolean {
    return this.#started < (this.options.maxAttempts ?? Infinity);
  }

  /** No more candidates are tried. */
  close(): void {
    this.#closed = true;
  }

  /** Nothing runs, and none of the candidates is left to try. */
  isExhausted(candidates: readonly Candidate[]): boolean {
    if (this.#running.size > 0) return false;
    return this.#closed || !this.mayRetry || candidates.every(({ key }) => this.#tried.has(key));
  }

  /** What the lane would do now, given the candidates that it takes, in order of preference. */
  turn(candidates: readonly Candidate[], now: Millis): LaneTurn {
    const { maxRunning = Infinity, slowAttempt } = this.options;
    if (this.#newestRuns) this.#timer.tick(now);
    if (this.#closed || !this.mayRetry) return IDLE;
    const abandons = slowAttempt === 'abandoned' ? [...this.#running] : NONE;
    if (this.#running.size - abandons.length >= maxRunning) return IDLE;
    const next = this.#choose(candidates);
    const due = next === undefined ? this.#timer.due : this.#timer.dueFor({ family: next.candidate.family, transport: next.candidate.endpoint.transport });
    const at = Math.max(due, this.#floor);
    const isNew = this.#hadNone && at < now;
    this.#hadNone = next === undefined;
    if (next === undefined) return IDLE;
    if (at > now) return at === Infinity ? IDLE : { turn: 'wait', until: at };
    return { turn: 'start', candidate: next.candidate, abandons, cause: this.#cause(isNew, next.turned) };
  }

  started(attempt: AttemptId, candidate: Candidate, now: Millis, expectedRoundTrip?: Millis): void {
    this.#tried.add(candidate.key);
    this.#triedQuic ||= candidate.endpoint.transport === 'quic';
    this.#running.add(attempt);
    this.#started += 1;
    this.#firstStart ??= now;
    this.#lastStart = now;
    this.#timer.started({ attempt, family: candidate.family, transport: candidate.endpoint.transport, expectedRoundTrip }, this.#counts, now);
  }

  /** The transport handshake is done; `expectedEnd` is when the secure one should be, if anything is known. */
  transportConnected(attempt: AttemptId, now: Millis, expectedEnd?: Millis): void {
    const { onTransportConnected } = this.options;
    const isExtended = onTransportConnected === 'extend-timer' && expectedEnd !== undefined;
    this.#timer.progressed(attempt, now, onTransportConnected === 'stop-timer' ? 'stand-still' : isExtended ? { notBefore: expectedEnd } : 'none');
  }

  /** The connection is there, and only what the application wants of it is not: nothing waits for that (C-118). */
  connected(attempt: AttemptId): void {
    this.#timer.freedByConnection(attempt);
  }

  /** A secure handshake that had to wait begins, as `known`: a timer that stood still for it starts anew. */
  cryptoBegan(attempt: AttemptId, known: Candidate, now: Millis): void {
    this.#tried.add(known.key);
    this.#timer.resumed(attempt, this.#counts, now);
  }

  /** An answer has changed the candidates to these, in order of preference. */
  candidatesChanged([best]: readonly Candidate[], now: Millis): void {
    this.#timer.bringForward(best?.endpoint.transport === 'quic' && !this.#triedQuic, now);
  }

  ended(attempt: AttemptId, how: 'failed' | 'cancelled'): void {
    if (!this.#running.delete(attempt)) return;
    if (this.options.afterFailure !== 'after-delay' || this.#timer.due === Infinity) this.#timer.freedByEnd(attempt, how);
  }

  get #newestRuns(): boolean {
    return this.#timer.attempt !== undefined && this.#running.has(this.#timer.attempt);
  }

  get #counts(): AttemptCounts {
    return { running: this.#running.size, started: this.#started };
  }

  get #floor(): Millis {
    const isWaived = this.options.afterFailure === 'at-once' && this.#timer.cause?.why === 'failed';
    return isWaived ? -Infinity : this.#lastStart + ATTEMPT_SPACING_FLOOR;
  }

  /** The best candidate not yet tried; `turned`: there is a better one, of the family of a slow attempt. */
  #choose(candidates: readonly Candidate[]): { readonly candidate: Candidate; readonly turned: boolean } | undefined {
    const turnedFrom = this.options.order === 'flip-on-slow' ? this.#timer.slowFamily : undefined;
    let passedOver: Candidate | undefined;
    for (const candidate of candidates) {
      if (this.#tried.has(candidate.key)) continue;
      if (candidate.family !== turnedFrom) return { candidate, turned: passedOver !== undefined };
      passedOver ??= candidate;
    }
    return passedOver === undefined ? undefined : { candidate: passedOver, turned: false };
  }

  #cause(isNew: boolean, turned: boolean): StartCause | undefined {
    const { cause } = this.#timer;
    if (isNew && cause !== undefined) return { why: 'new-endpoint' };
    return cause?.why === 'delay-passed' && turned ? { ...cause, why: 'family-turned' } : cause;
  }
}
