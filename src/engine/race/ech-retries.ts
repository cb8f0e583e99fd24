/**
 * ECH retries: an endpoint that rejected ECH is tried once more at once, with what the server said (RFC 9849 §6.1.6).
 */
import type { Millis } from '../../units.ts';
import { endpointKey } from '../endpoint.ts';
import { ATTEMPT_SPACING_FLOOR } from './attempt-delay.ts';
import type { Attempt, Attempts } from './attempts.ts';
import type { Candidate } from './candidates.ts';

interface EchRetry {
  readonly of: Attempt;
  readonly candidate: Candidate;
}

export class EchRetries {
  readonly #waiting: EchRetry[] = [];

  /** `retryConfig`: an ECHConfigList, or empty for none. A retry is not retried, nor what its lane has no turn for. */
  add(of: Attempt, retryConfig: string): void {
    if (of.isEchRetry || !of.lane.mayRetry) return;
    const { ech: _rejected, ...plain } = of.candidate.endpoint;
    const endpoint = retryConfig === '' ? plain : { ...plain, ech: retryConfig };
    this.#waiting.push({ of, candidate: { endpoint, key: endpointKey(endpoint), family: of.candidate.family } });
  }

  /** Starts one, if the floor between two starts allows; returns when to come again. */
  run(attempts: Attempts, now: Millis): Millis {
    const [retry] = this.#waiting;
    if (retry === undefined) return Infinity;
    const at = attempts.lastStart + ATTEMPT_SPACING_FLOOR;
    if (at > now) return at;
    this.#waiting.shift();
    const { of, candidate } = retry;
    attempts.start({ lane: of.lane, candidate, secureHandshake: 'permitted', cause: { why: 'ech-retry', after: of.id } }, now);
    return this.#waiting.length > 0 ? now + ATTEMPT_SPACING_FLOOR : Infinity;
  }
}
