/**
 * A lane: a part of the candidates, tried one after the other in staggered starts.
 *
 * The draft has one lane of all candidates. Chromium has one for QUIC and one for TCP beside it; Go and the
 * older Chromium have a second lane for the other family. A lane says which endpoint may start and when; who
 * starts it, and what an attempt is, it leaves to the race.
 */
import type { Family } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { Transport } from '../endpoint.ts';
import type { Candidate } from './candidates.ts';
import type { GateOptions } from './gate.ts';
import { ATTEMPT_SPACING_FLOOR, type AttemptDelayOptions, attemptDelay } from './attempt-delay.ts';

export interface LaneOptions {
  /** Which candidates belong to the lane: by transport … */
  readonly transport: 'any' | Transport;
  /** … and, of those, by family: that of the first one, or the other. */
  readonly family: 'any' | 'first' | 'other';
  /** `flip-on-slow`: an attempt that outlives its delay turns the lane to the other family (Chromium's HEv3 pool). */
  readonly order: 'as-listed' | 'flip-on-slow';
  /** Absent: strictly one after the other, the next only when the one before it has failed. */
  readonly attemptDelay?: AttemptDelayOptions;
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
  | { readonly turn: 'start'; readonly candidate: Candidate; readonly abandons: readonly string[] }
  | { readonly turn: 'wait'; readonly until: Millis }
  /** Nothing to start until an input changes something. */
  | { readonly turn: 'idle' };

const IDLE: LaneTurn = { turn: 'idle' };

/** Attempts are known by the keys of their candidates: no lane tries one twice. */
export class Lane {
  readonly options: LaneOptions;
  /** Shared by the lanes of a race: what one has tried, none tries again. */
  readonly #tried: Set<string>;
  readonly #running = new Set<string>();
  /** The attempt that the timer belongs to, which is the newest one. */
  #newest: Candidate | undefined;
  #started = 0;
  #closed = false;
  #firstStart: Millis | undefined;
  #lastStart: Millis | undefined;
  /** The earliest next start as the timer has it; `Infinity` while it stands still. */
  #due: Millis = -Infinity;
  #turnedFrom: Family | undefined;

  constructor(options: LaneOptions, tried: Set<string>) {
    this.options = options;
    this.#tried = tried;
  }

  /** `undefined` until the lane has started an attempt. */
  get firstStart(): Millis | undefined {
    return this.#firstStart;
  }

  get busy(): boolean {
    return this.#running.size > 0;
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
    if (this.busy) return false;
    return this.#closed || !this.mayRetry || candidates.every(({ key }) => this.#tried.has(key));
  }

  /** What the lane would do now, given the candidates that it takes, in order of preference. */
  turn(candidates: readonly Candidate[], now: Millis): LaneTurn {
    if (this.#due <= now) this.#noteSlow();
    const { maxRunning = Infinity, maxAttempts = Infinity, slowAttempt } = this.options;
    if (this.#closed || this.#started >= maxAttempts) return IDLE;
    const abandons = slowAttempt === 'abandoned' ? [...this.#running] : [];
    if (this.#running.size - abandons.length >= maxRunning) return IDLE;
    const candidate = this.#choose(candidates);
    if (candidate === undefined) return IDLE;
    const at = this.#running.size === 0 ? this.#floor() : Math.max(this.#due, this.#floor());
    if (at > now) return at === Infinity ? IDLE : { turn: 'wait', until: at };
    return { turn: 'start', candidate, abandons };
  }

  started(candidate: Candidate, now: Millis, expectedRoundTrip?: Millis): void {
    this.#tried.add(candidate.key);
    this.#running.add(candidate.key);
    this.#newest = candidate;
    this.#started += 1;
    this.#firstStart ??= now;
    this.#lastStart = now;
    const delay = this.options.attemptDelay;
    this.#due = delay === undefined ? Infinity : now + attemptDelay(delay, this.#running.size, expectedRoundTrip);
  }

  /** The transport handshake is done; `expectedEnd` is when the secure one should be, if anything is known. */
  transportConnected(key: string, now: Millis, expectedEnd?: Millis): void {
    // A timer that has run out has had its effect.
    if (this.#newest?.key !== key || this.#due <= now) return;
    const { onTransportConnected } = this.options;
    if (onTransportConnected === 'stop-timer') this.#due = Infinity;
    if (onTransportConnected === 'extend-timer' && expectedEnd !== undefined) this.#due = Math.max(this.#due, expectedEnd);
  }

  /** A secure handshake that had to wait begins, as `known`: a timer that stood still for it starts anew. */
  cryptoBegan(key: string, known: Candidate, now: Millis): void {
    const isNewest = this.#newest?.key === key;
    this.#tried.add(known.key);
    if (this.#running.delete(key)) this.#running.add(known.key);
    if (!isNewest) return;
    this.#newest = known;
    const delay = this.options.attemptDelay;
    if (this.#due === Infinity && delay !== undefined) this.#due = now + attemptDelay(delay, this.#running.size);
  }

  /** Failed, cancelled or abandoned. A failure lets the next start as soon as the floor allows (DEC-5). */
  ended(key: string): void {
    if (this.#running.delete(key)) this.#due = -Infinity;
  }

  #floor(): Millis {
    return this.#lastStart === undefined ? -Infinity : this.#lastStart + ATTEMPT_SPACING_FLOOR;
  }

  #noteSlow(): void {
    if (this.options.order === 'flip-on-slow' && this.#newest !== undefined && this.#running.has(this.#newest.key)) this.#turnedFrom = this.#newest.family;
  }

  #choose(candidates: readonly Candidate[]): Candidate | undefined {
    let second: Candidate | undefined;
    for (const candidate of candidates) {
      if (this.#tried.has(candidate.key)) continue;
      if (this.#turnedFrom === undefined || candidate.family !== this.#turnedFrom) return candidate;
      second ??= candidate;
    }
    return second;
  }
}
