/**
 * The attempts of a race that run: begun, given leave for the secure handshake, cancelled, ended. Each belongs to a
 * lane, which is told.
 */
import type { Millis } from '../../units.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Candidate } from './candidates.ts';
import type { Lane } from './lane.ts';
import type { RaceOptions } from './race-options.ts';
import type { AttemptId, Outbox, StartCause } from './race-output.ts';

export interface Attempt {
  readonly id: AttemptId;
  readonly lane: Lane;
  readonly startedAt: Millis;
  readonly isEchRetry: boolean;
  candidate: Candidate;
  secureHandshake: 'permitted' | 'held';
}

type Start = Pick<Attempt, 'lane' | 'candidate' | 'secureHandshake'> & { readonly cause: StartCause };

export class Attempts {
  readonly #outbox: Outbox;
  readonly #expectedRoundTrip: RaceOptions['expectedRoundTrip'];
  readonly #running = new Map<AttemptId, Attempt>();
  #last: AttemptId = 0;
  #lastStart: Millis = -Infinity;

  constructor({ expectedRoundTrip }: RaceOptions, outbox: Outbox) {
    this.#expectedRoundTrip = expectedRoundTrip;
    this.#outbox = outbox;
  }

  /** `undefined` if it has ended, or never was. */
  get(id: AttemptId): Attempt | undefined {
    return this.#running.get(id);
  }

  /** Oldest first. Those that are cancelled on the way are not met any more. */
  running(): Iterable<Attempt> {
    return this.#running.values();
  }

  get areAllEnded(): boolean {
    return this.#running.size === 0;
  }

  /** How many have been started. */
  get count(): number {
    return this.#last;
  }

  /** `-Infinity` before the first. */
  get lastStart(): Millis {
    return this.#lastStart;
  }

  start({ lane, candidate, secureHandshake, cause }: Start, now: Millis): void {
    const id = ++this.#last;
    const isEchRetry = cause.why === 'ech-retry';
    this.#running.set(id, { id, lane, candidate, secureHandshake, startedAt: now, isEchRetry });
    this.#lastStart = now;
    lane.started(id, candidate, now, this.#expectedRoundTrip?.(candidate.endpoint.ip.address));
    const retry = isEchRetry ? { echRetryOf: cause.after } : {};
    this.#outbox.put({ kind: 'start-attempt', attempt: id, endpoint: candidate.endpoint, secureHandshake, cause, ...retry, rule: START_RULES[cause.why], at: now });
  }

  /** A secure handshake that was held goes ahead, with what is known of its endpoint now. */
  permitCrypto(attempt: Attempt, known: Candidate, now: Millis): void {
    attempt.secureHandshake = 'permitted';
    attempt.candidate = known;
    attempt.lane.cryptoBegan(attempt.id, known, now);
    this.#outbox.put({ kind: 'permit-crypto', attempt: attempt.id, endpoint: known.endpoint, rule: 'HE-68', at: now });
  }

  /** It has failed or succeeded. */
  end(attempt: Attempt): void {
    this.#running.delete(attempt.id);
    attempt.lane.ended(attempt.id, 'failed');
  }

  cancel(attempt: Attempt, rule: string, now: Millis): void {
    this.#running.delete(attempt.id);
    attempt.lane.ended(attempt.id, 'cancelled');
    this.#outbox.put({ kind: 'cancel-attempt', attempt: attempt.id, rule, at: now });
  }

  cancelAll(rule: string, now: Millis): void {
    for (const attempt of this.#running.values()) this.cancel(attempt, rule, now);
  }
}

export function isQuic({ candidate }: Attempt): boolean {
  return candidate.endpoint.transport === 'quic';
}

export function isSameSocket(a: Endpoint, b: Endpoint): boolean {
  return a.transport === b.transport && a.ip.address === b.ip.address && a.ip.port === b.ip.port;
}

/** The rule behind each cause; what no rule asks for is named as the client's way. */
const START_RULES: Readonly<Record<StartCause['why'], string>> = {
  first: 'HE-54',
  'lane-begins': 'beside-other-lane',
  'lane-released': 'held-back-lane',
  'delay-passed': 'HE-62',
  'family-turned': 'HE-62',
  'brought-forward': 'HE-32',
  connected: 'HE-63',
  failed: 'DEC-5',
  cancelled: 'DEC-5',
  'new-endpoint': 'HE-22',
  'ech-retry': 'RFC9849-6.1.6',
};
