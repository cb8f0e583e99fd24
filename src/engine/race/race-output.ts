/**
 * What a race tells whoever drives it, in the order in which it happened. Each output names the rule that caused it.
 */
import type { Query } from '../dns.ts';
import type { Millis } from '../../units.ts';
import type { Endpoint } from '../endpoint.ts';

/** Number of an attempt within its race, from 1 in order of starts. */
export type AttemptId = number;

export type RaceFailure = 'no-addresses' | 'attempts-failed' | 'service-records-unavailable' | 'upgraded-to-https' | 'timed-out' | 'fatal-attempt-error' | 'cancelled';

export type RaceOutput = { readonly at: Millis; readonly rule: string } & (
  | { readonly kind: 'query'; readonly query: Query }
  | { readonly kind: 'gate-opened' }
  | {
      readonly kind: 'start-attempt';
      readonly attempt: AttemptId;
      readonly endpoint: Endpoint;
      /** `held`: the transport handshake alone may go ahead until `permit-crypto` (HE-68). Never with QUIC. */
      readonly secureHandshake: 'permitted' | 'held';
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
