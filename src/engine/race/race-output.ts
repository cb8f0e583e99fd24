/**
 * What a race tells whoever drives it, in the order in which it happened. Each output names the rule that caused it.
 */
import type { Query } from '../dns.ts';
import type { Millis } from '../../units.ts';
import type { Endpoint } from '../endpoint.ts';

/** Number of an attempt within its race, from 1 in order of starts. */
export type AttemptId = number;

export type RaceFailure = 'no-addresses' | 'attempts-failed' | 'service-records-unavailable' | 'upgraded-to-https' | 'timed-out' | 'fatal-attempt-error' | 'cancelled';

/** Why an attempt starts when it does; `after` is the attempt that it had to wait for. */
export type StartCause =
  /** The first of the race: the gate is open. */
  | { readonly why: 'first' }
  /** The first of its lane, beside what other lanes have begun. */
  | { readonly why: 'lane-begins' }
  /** The first of a lane that waited behind another, whose head start is over or which has nothing left to try. */
  | { readonly why: 'lane-released'; readonly by: 'head-start-over' | 'other-lane-exhausted' }
  /** `after` has been running for the connection attempt delay. */
  | { readonly why: 'delay-passed'; readonly after: AttemptId }
  /** The same, and it turned the lane to the other family. */
  | { readonly why: 'family-turned'; readonly after: AttemptId }
  /** An answer brought the attempt forward while `after` had made no progress (HE-32). */
  | { readonly why: 'brought-forward'; readonly after: AttemptId }
  /** `after` is connected, but not yet ready for the application: it holds nothing back. */
  | { readonly why: 'connected'; readonly after: AttemptId }
  /** `after` has failed, or was cancelled for a reason that `cancel-attempt` gave (DEC-5). */
  | { readonly why: 'failed' | 'cancelled'; readonly after: AttemptId }
  /** There was nothing left to try until this endpoint came to be known (HE-22). */
  | { readonly why: 'new-endpoint' }
  /** It repeats `after` with what the server said about ECH (RFC 9849 §6.1.6). */
  | { readonly why: 'ech-retry'; readonly after: AttemptId };

export type RaceOutput = { readonly at: Millis; readonly rule: string } & (
  | {
      readonly kind: 'query';
      readonly query: Query;
      /** `fresh`: it was asked before, and an expired answer of a cache will not do (HE-24, HE-25). */
      readonly wants: 'any-answer' | 'fresh-answer';
    }
  | { readonly kind: 'gate-opened' }
  | {
      readonly kind: 'start-attempt';
      readonly attempt: AttemptId;
      readonly endpoint: Endpoint;
      /** `held`: the transport handshake alone may go ahead until `permit-crypto` (HE-68). Never with QUIC. */
      readonly secureHandshake: 'permitted' | 'held';
      readonly cause: StartCause;
      /** The first attempt whose ECH was rejected: this one repeats it with the server's configuration. */
      readonly echRetryOf?: AttemptId;
    }
  /** The secure handshake may begin, with what the service records say by now. */
  | { readonly kind: 'permit-crypto'; readonly attempt: AttemptId; readonly endpoint: Endpoint }
  | { readonly kind: 'cancel-attempt'; readonly attempt: AttemptId }
  | { readonly kind: 'cancel-queries' }
  | { readonly kind: 'won'; readonly attempt: AttemptId }
  /** Of a race that was won while attempts over the other transport went on: now they have ended too. */
  | { readonly kind: 'over' }
  | { readonly kind: 'lost'; readonly failure: RaceFailure }
);

/** Outputs on their way out. The parts of a race share one, so that all is told in the order in which it happened. */
export class Outbox {
  #outputs: RaceOutput[] = [];

  put(output: RaceOutput): void {
    this.#outputs.push(output);
  }

  /** The outputs since the last call, oldest first. */
  take(): readonly RaceOutput[] {
    const taken = this.#outputs;
    if (taken.length > 0) this.#outputs = [];
    return taken;
  }
}
