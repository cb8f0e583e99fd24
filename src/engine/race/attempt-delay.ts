/**
 * The connection attempt delay: how long the next attempt waits for the one before it (HEv3 §6, RFC 8305 §5).
 */
import type { Millis } from '../../units.ts';
import type { Transport } from '../endpoint.ts';

/** HE-59: two attempts never start closer together than this, whatever a profile says. */
export const ATTEMPT_SPACING_FLOOR: Millis = 10;

export interface AttemptDelayOptions {
  /** Without knowledge of the path; 250 ms recommended (HE-56). */
  readonly base: Millis;
  /** `base` after an attempt over QUIC; absent: the same. */
  readonly baseAfterQuic?: Millis;
  /** Times the delay before another address of the same family over the same transport: what ails one often ails both. */
  readonly factorWithinFamily: number;
  /** 100 ms recommended (HE-60); below the floor it has no effect. */
  readonly minimum: Millis;
  /** 2 s recommended (HE-61). */
  readonly maximum: Millis;
  /** Factor for each further attempt (WG issue #138); 1 keeps the delay constant. */
  readonly multiplier: number;
  /** Which attempts the multiplier counts (DEC-12): those in flight, or all that the lane has started. */
  readonly multiplierCounts: 'in-flight' | 'started';
  /** Delay as a multiple of the expected round-trip time (HE-57); absent: a known round-trip time changes nothing. */
  readonly perRoundTrip?: number;
  /**
   * What an answer that changes the candidates does to the next attempt. `bring-forward` (HE-32): only if the newest
   * attempt has made no progress when its expected round trip, or the minimum if none is known, has passed.
   * `quic-at-once`: if it puts a QUIC endpoint first and none has been tried, that one waits for the floor alone.
   */
  readonly onNewAnswer: 'keep-timer' | 'bring-forward' | 'quic-at-once';
}

/** What the delay depends on, but for options. */
export interface AttemptDelayInputs {
  /** Attempts to count, 1 or more. */
  readonly attempts: number;
  /** Of the attempt that was started. */
  readonly transport: Transport;
  /** The next is to be of the same family and transport. */
  readonly withinFamily?: boolean;
  /** Absent: nothing is known of the path. */
  readonly expectedRoundTrip?: Millis | undefined;
}

/** The delay after a start, in max(minimum, floor)…max(maximum, floor). */
export function attemptDelay(options: AttemptDelayOptions, { attempts, transport, withinFamily = false, expectedRoundTrip }: AttemptDelayInputs): Millis {
  const { base, baseAfterQuic = base, factorWithinFamily, maximum, multiplier, perRoundTrip } = options;
  const usual = transport === 'quic' ? baseAfterQuic : base;
  const first = (perRoundTrip === undefined || expectedRoundTrip === undefined ? usual : perRoundTrip * expectedRoundTrip) * (withinFamily ? factorWithinFamily : 1);
  const delay = multiplier === 1 ? first : first * multiplier ** (attempts - 1);
  return Math.max(ATTEMPT_SPACING_FLOOR, Math.min(maximum, Math.max(options.minimum, delay)));
}

/** After which an attempt without progress lets an answer bring the next one forward; never below the minimum (HE-32). */
export function progressWindow({ minimum }: AttemptDelayOptions, expectedRoundTrip: Millis = minimum): Millis {
  return Math.max(ATTEMPT_SPACING_FLOOR, minimum, expectedRoundTrip);
}
