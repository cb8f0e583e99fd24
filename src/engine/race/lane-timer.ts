/**
 * The Next Connection Attempt Timer of a lane (HE-62): when the attempt started last lets the next one start, and what
 * moves that (HE-32, HE-67, DEC-5).
 */
import type { Family } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { Transport } from '../endpoint.ts';
import { type AttemptDelayOptions, attemptDelay, progressWindow } from './attempt-delay.ts';
import type { AttemptId, StartCause } from './race-output.ts';

type WaitedFor = Extract<StartCause, { readonly after: AttemptId }>;

interface TimedStart {
  readonly attempt: AttemptId;
  readonly family: Family;
  readonly transport: Transport;
  readonly expectedRoundTrip: Millis | undefined;
}

/** Attempts of a lane: those that run, and all that it has started, each with the newest. */
export interface AttemptCounts {
  readonly running: number;
  readonly started: number;
}

export class LaneTimer {
  readonly #delay: AttemptDelayOptions | undefined;
  #newest: TimedStart | undefined;
  /** As the delay has it; `Infinity` while the timer stands still, and without a delay. */
  #runsOutAt: Millis = -Infinity;
  /** The same for a next attempt of the newest one's family and transport. */
  #runsOutWithinFamilyAt: Millis = -Infinity;
  /** The newest attempt should have made progress by then; `Infinity` once it has. */
  #progressDue: Millis = Infinity;
  #broughtForwardTo: Millis = Infinity;
  /** Why the next need not wait for the delay; `undefined`: it must. */
  #freedBy: WaitedFor | undefined;
  #slow: Family | undefined;

  constructor(delay: AttemptDelayOptions | undefined) {
    this.#delay = delay;
  }

  /** The earliest next start: `-Infinity` if nothing holds it back, `Infinity` if no time will let it begin. */
  get due(): Millis {
    return this.#freedBy === undefined ? Math.min(this.#runsOutAt, this.#broughtForwardTo) : -Infinity;
  }

  /** The same for this candidate. */
  dueFor({ family, transport }: { readonly family: Family; readonly transport: Transport }): Millis {
    const isWithin = this.#newest?.family === family && this.#newest.transport === transport;
    return this.#freedBy === undefined && isWithin ? Math.min(this.#runsOutWithinFamilyAt, this.#broughtForwardTo) : this.due;
  }

  /** The attempt that the timer belongs to, which is the newest one. */
  get attempt(): AttemptId | undefined {
    return this.#newest?.attempt;
  }

  /** What lets the next attempt start when it is due; `undefined` before the first. */
  get cause(): WaitedFor | undefined {
    if (this.#freedBy !== undefined || this.#newest === undefined) return this.#freedBy;
    return { why: this.#broughtForwardTo < this.#runsOutAt ? 'brought-forward' : 'delay-passed', after: this.#newest.attempt };
  }

  /** The family of the newest attempt that has outlived its delay, if any has. */
  get slowFamily(): Family | undefined {
    return this.#slow;
  }

  started(start: TimedStart, counts: AttemptCounts, now: Millis): void {
    this.#newest = start;
    this.#freedBy = undefined;
    this.#broughtForwardTo = Infinity;
    this.#begin(counts, now, start.expectedRoundTrip);
    this.#progressDue = this.#delay?.onNewAnswer === 'bring-forward' ? now + progressWindow(this.#delay, start.expectedRoundTrip) : Infinity;
  }

  /** Notes whether the newest attempt, which still runs, is slow by now. */
  tick(now: Millis): void {
    if (this.#runsOutAt <= now) this.#slow = this.#newest?.family;
  }

  /** An attempt has made progress; `estimate`: how the timer takes it. A timer that has run out has had its effect. */
  progressed(attempt: AttemptId, now: Millis, effect: 'none' | 'stand-still' | { readonly notBefore: Millis }): void {
    if (attempt !== this.attempt || this.due <= now) return;
    this.#progressDue = Infinity;
    this.#broughtForwardTo = Infinity;
    if (effect === 'none') return;
    const notBefore = effect === 'stand-still' ? Infinity : effect.notBefore;
    this.#runsOutAt = Math.max(this.#runsOutAt, notBefore);
    this.#runsOutWithinFamilyAt = Math.max(this.#runsOutWithinFamilyAt, notBefore);
  }

  /** What stood still starts anew: the newest attempt goes on with its secure handshake. */
  resumed(attempt: AttemptId, counts: AttemptCounts, now: Millis): void {
    if (attempt === this.attempt && this.#runsOutAt === Infinity && this.#delay !== undefined) this.#begin(counts, now, undefined);
  }

  /** An attempt has ended, be it not the newest. */
  freedByEnd(attempt: AttemptId, how: 'failed' | 'cancelled'): void {
    this.#freedBy = { why: how, after: attempt };
  }

  /** The newest attempt is connected, whatever else it has to do. */
  freedByConnection(attempt: AttemptId): void {
    if (attempt === this.attempt) this.#freedBy = { why: 'connected', after: attempt };
  }

  /**
   * An answer is reason to go on earlier, if the newest attempt has made no progress in good time (HE-32), or if it is the
   * first to offer QUIC.
   */
  bringForward(offersQuic: boolean, now: Millis): void {
    if (this.#progressDue !== Infinity) this.#broughtForwardTo = Math.max(now, this.#progressDue);
    if (offersQuic && this.#delay?.onNewAnswer === 'quic-at-once') this.#broughtForwardTo = now;
  }

  #begin({ running, started }: AttemptCounts, now: Millis, expectedRoundTrip: Millis | undefined): void {
    const delay = this.#delay;
    const transport = this.#newest?.transport;
    if (delay === undefined || transport === undefined) {
      this.#runsOutAt = this.#runsOutWithinFamilyAt = Infinity;
      return;
    }
    const inputs = { attempts: delay.multiplierCounts === 'in-flight' ? running : started, transport, expectedRoundTrip };
    this.#runsOutAt = now + attemptDelay(delay, inputs);
    this.#runsOutWithinFamilyAt = now + attemptDelay(delay, { ...inputs, withinFamily: true });
  }
}
