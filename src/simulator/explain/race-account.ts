/** The account of one race: its outputs as sentences, with the cause of every attempt. */
import type { AttemptId, RaceOutput, StartCause } from '../../engine/race/race-output.ts';
import type { Query } from '../../engine/dns.ts';
import type { Endpoint } from '../../engine/endpoint.ts';
import { type Millis, wholeMicros } from '../../units.ts';
import { Account } from './account.ts';
import { endpointText, netErrorText, pathText, RACE_FAILURES } from './words.ts';

type StartAttempt = Extract<RaceOutput, { kind: 'start-attempt' }>;

export class RaceAccount extends Account {
  readonly #began: Millis;
  readonly #paths = new Map<AttemptId, Endpoint>();
  /** How attempts were cancelled that others follow. */
  readonly #cancelled = new Map<AttemptId, string>();
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
        return output.wants === 'any-answer' ? this.asks(output.query, at, rule) : this.#asksAgain(output.query, at, rule);
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
    this.says({ at, tone: 'failure', text: `Attempt ${attempt} fails: ${netErrorText(error)}.` });
  }

  pools(origin: string, at: Millis): void {
    this.#endTold = true;
    this.says({ at, rule: 'RFC9113-9.1.1', tone: 'success', text: `No connection is needed: the session of ${origin} ends at one of these addresses, and its certificate covers this host.` });
  }

  isAbandoned(at: Millis): void {
    this.#endTold = true;
    this.says({ at, tone: 'failure', text: `The race is given up: nobody waits for it any longer${this.#paths.size === 0 ? ', and no attempt has begun' : ''}.` });
  }

  connectsLate(attempt: AttemptId, alpn: string, at: Millis): void {
    this.says({ at, tone: 'success', text: `Attempt ${attempt} is connected too: ${this.#path(attempt)} ${alpn}, for requests to come.` });
  }

  #asksAgain({ name, type }: Query, at: Millis, rule: string): void {
    const expired = rule === 'HE-25' ? 'was expired when it came' : 'has expired since';
    this.says({ at, rule, tone: 'step', text: `The race asks for ${type} of ${name} again: the answer ${expired}.` });
  }

  #starts({ attempt, endpoint, secureHandshake, cause, rule, at }: StartAttempt): void {
    const held = secureHandshake === 'held' ? '; its secure handshake waits for HTTPS' : '';
    const reason = this.#reason(cause, endpoint);
    this.#paths.set(attempt, endpoint);
    this.says({ at, rule, tone: 'decision', text: `Attempt ${attempt} starts, ${endpointText(endpoint)}: ${reason}${held}.` });
  }

  #reason(cause: StartCause, endpoint: Endpoint): string {
    switch (cause.why) {
      case 'first':
        return 'the first candidate';
      case 'lane-begins':
        return `${this.#firstOfLane(endpoint)}, beside the other ${this.#isFirstOver(endpoint) ? 'transport' : 'one'}`;
      case 'lane-released':
        return `${this.#firstOfLane(endpoint)}, ${cause.by === 'head-start-over' ? 'as the head start of the other is over' : 'as the other has nothing left to try'}`;
      case 'delay-passed':
        return `the connection attempt delay after attempt ${cause.after} has passed`;
      case 'family-turned':
        return `attempt ${cause.after} is slow, which turns to the other family`;
      case 'brought-forward':
        return `an answer has come, and attempt ${cause.after} has made no progress`;
      case 'connected':
        return `attempt ${cause.after} is connected, but not ready yet`;
      case 'failed':
        return `attempt ${cause.after} failed`;
      case 'cancelled':
        return `attempt ${cause.after} ${this.#cancelled.get(cause.after) ?? 'is cancelled'}`;
      case 'new-endpoint':
        return 'it has just come to be known, and there was nothing left to try';
      case 'ech-retry':
        return `it repeats attempt ${cause.after}, ${endpoint.ech === undefined ? 'without ECH' : "with the server's own ECH configuration"}`;
    }
  }

  #firstOfLane(endpoint: Endpoint): string {
    return this.#isFirstOver(endpoint) ? `the first over ${endpoint.transport === 'quic' ? 'QUIC' : 'TCP'}` : 'the first of its list';
  }

  #isFirstOver({ transport }: Endpoint): boolean {
    return [...this.#paths.values()].every((other) => other.transport !== transport);
  }

  #cancels(attempt: AttemptId, at: Millis, rule: string): void {
    const { because, makesWay } = CANCELLATIONS[rule] ?? { because: 'the race is decided' };
    if (makesWay !== undefined) this.#cancelled.set(attempt, makesWay);
    this.says({ at, rule, tone: 'step', text: `Attempt ${attempt} is cancelled: ${because}.` });
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
