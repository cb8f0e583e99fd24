/** The outputs of a client on their way out: its parts share one, so that all is told in the order in which it happened. */
import type { Millis } from '../../units.ts';
import type { ClientAction, ClientDecision, ClientEvent } from './client-output.ts';

export class Outbox {
  #events: ClientEvent[] = [];

  put(event: ClientEvent): void {
    this.#events.push(event);
  }

  emit(event: ClientAction | ClientDecision, now: Millis): void {
    this.#events.push({ layer: 'client', at: now, ...event });
  }

  /** The outputs since the last call, oldest first. */
  take(): readonly ClientEvent[] {
    const taken = this.#events;
    if (taken.length > 0) this.#events = [];
    return taken;
  }
}
