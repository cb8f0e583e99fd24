/**
 * Whether a QUIC connection can go on at another address of its server (RFC 9000 §8.2): a challenge, repeated until it
 * is answered.
 *
 * The server's own validation of the client is left out; who is to move, and where to, is the client's choice.
 */
import type { Millis } from '../../units.ts';
import type { Exchange, Happening, Message, Route } from './exchange.ts';
import { type Medium, repeated } from './medium.ts';
import type { ExchangeEventSink, NetworkId } from './network-event.ts';

export class PathValidation implements Exchange {
  /** That of the connection. */
  readonly id: NetworkId;
  readonly route: Route;
  readonly #medium: Medium;
  readonly #sink: ExchangeEventSink;
  #turnedAway = false;
  #over = false;

  /** @param reachable whether the client has an address of the family; without one validation fails at once. */
  constructor(id: NetworkId, route: Route, reachable: boolean, medium: Medium, sink: ExchangeEventSink, now: Millis) {
    this.id = id;
    this.route = route;
    this.#medium = medium;
    this.#sink = sink;
    if (reachable) this.#challenge({ content: { kind: 'path-challenge' }, direction: 'toServer', repetition: 0 }, now);
    else medium.schedule(this, { kind: 'deadline', deadline: 'at-once' }, now);
  }

  get over(): boolean {
    return this.#over;
  }

  cancel(): void {
    this.#over = true;
  }

  happen(happening: Happening, now: Millis): void {
    switch (happening.kind) {
      case 'arrived':
        return this.#arrived(happening.message, now);
      case 'rejected':
        this.#turnedAway = true;
        return;
      case 'unanswered':
        return this.#unanswered(happening.message, now);
      case 'deadline':
        return this.#end('migration-failed', now);
      case 'prepared':
        throw new Error('A path validation answers without preparation');
    }
  }

  #challenge(challenge: Message, now: Millis): void {
    this.#medium.send(this, this.route, challenge, now);
    this.#medium.schedule(this, { kind: 'unanswered', message: challenge }, now + this.#medium.parameters.pathChallengeMs);
  }

  #arrived({ direction }: Message, now: Millis): void {
    if (direction === 'fromServer') return this.#end('migrated', now);
    this.#medium.send(this, this.route, { content: { kind: 'path-response' }, direction: 'fromServer', repetition: 0 }, now);
  }

  /** An ICMP error alone ends nothing; it makes the last challenge fail in the sending (recorded: at 600 in place of 900). */
  #unanswered(challenge: Message, now: Millis): void {
    const challenges = this.#medium.parameters.pathChallenges - (this.#turnedAway ? 1 : 0);
    if (challenge.repetition + 1 < challenges) this.#challenge(repeated(challenge), now);
    else this.#end('migration-failed', now);
  }

  #end(kind: 'migrated' | 'migration-failed', now: Millis): void {
    this.#over = true;
    this.#sink.receive(this.id, { kind }, now);
  }
}
