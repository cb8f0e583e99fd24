/**
 * The connection attempt delay: how long the next attempt waits for the one before it (HEv3 §6, RFC 8305 §5).
 */
import type { Millis } from '../../units.ts';

/** HE-59: two attempts never start closer together than this, whatever a profile says. */
export const ATTEMPT_SPACING_FLOOR: Millis = 10;

export interface AttemptDelayOptions {
  /** Without knowledge of the path; 250 ms recommended (HE-56). */
  readonly base: Millis;
  /** 100 ms recommended (HE-60); below the floor it has no effect. */
  readonly minimum: Millis;
  /** 2 s recommended (HE-61). */
  readonly maximum: Millis;
  /** Factor for each further attempt in flight (WG issue #138, DEC-12); 1 keeps the delay constant. */
  readonly multiplier: number;
  /** Delay as a multiple of the expected round-trip time (HE-57); absent: a known round-trip time changes nothing. */
  readonly perRoundTrip?: number;
}

/**
 * The delay after a start that leaves `inFlight` attempts running (1 or more), in
 * max(minimum, floor)…max(maximum, floor).
 */
export function attemptDelay(options: AttemptDelayOptions, inFlight: number, expectedRoundTrip?: Millis): Millis {
  const { base, minimum, maximum, multiplier, perRoundTrip } = options;
  const first = perRoundTrip === undefined || expectedRoundTrip === undefined ? base : perRoundTrip * expectedRoundTrip;
  const delay = first * multiplier ** (inFlight - 1);
  return Math.max(ATTEMPT_SPACING_FLOOR, Math.min(maximum, Math.max(minimum, delay)));
}
