/** Where QUIC is marked broken: a controller makes no job for HTTP/3 to such a destination. */
import type { Millis } from '../../../units.ts';
import { type Destination, destinationKey } from '../../../engine/client/destination.ts';

export class QuicBreakage {
  readonly #until = new Map<string, Millis>();

  mark(destination: Destination, until: Millis): void {
    this.#until.set(destinationKey(destination), until);
  }

  /** It has worked. */
  clear(destination: Destination): void {
    this.#until.delete(destinationKey(destination));
  }

  /** All of that was true of the network before. */
  networkChanged(): void {
    this.#until.clear();
  }

  has(destination: Destination, at: Millis): boolean {
    return at < (this.#until.get(destinationKey(destination)) ?? -Infinity);
  }
}
