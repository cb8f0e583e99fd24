/**
 * The account of one race: its outputs as sentences, with the reason for every attempt.
 *
 * An output says by which rule an attempt starts, but not after which other one; that is read from the times here.
 */
import type { AttemptId, RaceOutput } from '../../engine/race/race-output.ts';
import { ATTEMPT_SPACING_FLOOR } from '../../engine/race/attempt-delay.ts';
import type { Endpoint } from '../../engine/endpoint.ts';
import { type Millis, wholeMicros } from '../../units.ts';
import { Account } from './account.ts';
import { endpointText, netErrorText, pathText, RACE_FAILURES } from './words.ts';

type StartAttempt = Extract<RaceOutput, { kind: 'start-attempt' }>;

export class RaceAccount extends Account {
  readonly #began: Millis;
  readonly #paths = new Map<AttemptId, Endpoint>();
  readonly #running = new Set<AttemptId>();
  #lastStart: Millis = -Infinity;
  /** The attempt that came to its end last without success. */
  #lastEnded: { readonly attempt: AttemptId; readonly at: Millis; readonly how: string } | undefined;
  /** It ends as told already. */
  #endTold = false;

  constructor(id: number, origin: string, began: Millis) {
    super('race', id, origin);
    this.#began = began;
  }

  tell(output: RaceOutput, winnerAlpn: string | undefined): void {
    const { at, rule } = output;
    switch (output.kind) {
      case 'query':
        return this.asks(output.query, at, rule);
      case 'gate-opened':
        return this.says({ at, rule, tone: 'decision', text: rule === 'HE-12' ? 'The gate opens: the resolution delay is over.' : 'The gate opens: all that it waits for is answered.' });
      case 'start-attempt':
        return this.#starts(output);
      case 'permit-crypto':
        this.#paths.set(output.attempt, output.endpoint);
        return this.says({ at, rule, tone: 'step', text: `Attempt ${output.attempt} may begin its secure handshake${output.endpoint.ech === undefined ? '' : ', with ECH'}: HTTPS is settled.` });
      case 'cancel-attempt':
        return this.#cancels(output.attempt, at, rule);
      case 'cancel-queries':
        return this.says({ at, rule, tone: 'step', text: 'Answers that are still out are not waited for any longer.' });
      case 'won':
        this.#running.delete(output.attempt);
        return this.says({ at, rule, tone: 'success', text: `Attempt ${output.attempt} wins: ${this.#path(output.attempt)}${winnerAlpn === undefined ? '' : ` ${winnerAlpn}`}, ${wholeMicros(at - this.#began)} ms after the race began.` });
      case 'over':
        return this.says({ at, rule, tone: 'step', text: 'The attempts that went on after the win have all ended.' });
      case 'lost':
        if (this.#endTold) return;
        return this.says({ at, rule, tone: 'failure', text: `The race is lost: ${RACE_FAILURES[output.failure]}.` });
    }
  }

  transportConnected(attempt: AttemptId, at: Millis): void {
    this.says({ at, tone: 'step', text: `Attempt ${attempt} has a TCP connection.` });
  }

  attemptFailed(attempt: AttemptId, error: number, at: Millis): void {
    this.#ended(attempt, at, 'failed');
    this.says({ at, tone: 'failure', text: `Attempt ${attempt} fails: ${netErrorText(error)}.` });
  }

  pools(origin: string, at: Millis): void {
    this.#endTold = true;
    this.says({ at, rule: 'RFC9113-9.1.1', tone: 'success', text: `No connection is needed: the session of ${origin} ends at one of these addresses, and its certificate covers this host.` });
  }

  isAbandoned(at: Millis): void {
    this.#endTold = true;
    this.says({ at, tone: 'failure', text: 'The race is given up: nobody waits for it any longer, and no attempt has begun.' });
  }

  connectsLate(attempt: AttemptId, alpn: string, at: Millis): void {
    this.says({ at, tone: 'success', text: `Attempt ${attempt} is connected too: ${this.#path(attempt)} ${alpn}, for requests to come.` });
  }

  #starts({ attempt, endpoint, secureHandshake, rule, at, echRetryOf }: StartAttempt): void {
    const held = secureHandshake === 'held' ? '; its secure handshake waits for HTTPS' : '';
    const reason = echRetryOf === undefined ? this.#reason(endpoint, at, rule) : `it repeats attempt ${echRetryOf}, ${endpoint.ech === undefined ? 'without ECH' : "with the server's own ECH configuration"}`;
    this.#paths.set(attempt, endpoint);
    this.#running.add(attempt);
    this.#lastStart = at;
    this.says({ at, rule, tone: 'decision', text: `Attempt ${attempt} starts, ${endpointText(endpoint)}: ${reason}${held}.` });
  }

  #reason({ transport }: Endpoint, at: Millis, rule: string): string {
    if (this.#paths.size === 0) return 'the first candidate';
    const ended = this.#lastEnded;
    // What ends makes way at once, or as soon as the floor between two starts allows.
    const madeWay = ended !== undefined && (ended.at === at || (ended.at > this.#lastStart && at === this.#lastStart + ATTEMPT_SPACING_FLOOR));
    if (madeWay) return `attempt ${ended.attempt} ${ended.how}`;
    if (rule === 'HE-62') return 'the connection attempt delay has passed';
    if (this.#running.size === 0) return 'the next candidate, as nothing else is running';
    const isFirst = [...this.#paths.values()].every((other) => other.transport !== transport);
    return isFirst ? `the first over ${transport === 'quic' ? 'QUIC' : 'TCP'}, beside the other transport` : 'the first of its list, beside the other one';
  }

  #cancels(attempt: AttemptId, at: Millis, rule: string): void {
    const cancellation = CANCELLATIONS[rule] ?? { because: 'the race is decided' };
    if (cancellation.makesWay === undefined) this.#running.delete(attempt);
    else this.#ended(attempt, at, cancellation.makesWay);
    this.says({ at, rule, tone: 'step', text: `Attempt ${attempt} is cancelled: ${cancellation.because}.` });
  }

  #ended(attempt: AttemptId, at: Millis, how: string): void {
    this.#running.delete(attempt);
    this.#lastEnded = { attempt, at, how };
  }

  #path(attempt: AttemptId): string {
    const endpoint = this.#paths.get(attempt);
    return endpoint === undefined ? '' : pathText(endpoint);
  }
}

/** By rule; with `makesWay` another attempt may follow, for that reason. */
const CANCELLATIONS: Readonly<Record<string, { readonly because: string; readonly makesWay?: string }>> = {
  'slow-attempt-abandoned': { because: 'it has outlived the connection attempt delay', makesWay: 'was slow and is given up' },
  'DEC-13': { because: 'it took too long', makesWay: 'took too long' },
  'DEC-8': { because: 'every service has ECH by now, and this endpoint has none', makesWay: 'is given up for want of ECH' },
  'HE-64': { because: 'another TCP handshake was done first' },
  'after-win': { because: 'the race is won, and it has had its time' },
};
