/**
 * What a client remembers of the addresses that it has connected to, for HE-42, HE-43 and HE-57.
 *
 * One history is for one partition and one network: whoever keeps it gives each partition a history of its own
 * (HE-44), and tells it when the network changes, so that nothing is carried over (HE-45, HE-46). Former networks are
 * not recognised again.
 */
import type { Millis } from '../../units.ts';
import type { DestinationHistory } from './destination-sorter.ts';

/** RFC 6298 §2.3: the weights of a new measurement, and of its distance from those before. */
const ALPHA = 1 / 8;
const BETA = 1 / 4;
/**
 * An address is forgotten this many connections after it was first remembered, even if it was used meanwhile: so
 * clients whose histories differ come to judge alike (HE-47), which would not be if the preferred address alone were
 * ever measured. The number is ours.
 */
const LIFETIME_IN_CONNECTIONS = 64;

interface Entry {
  roundTrip: Millis;
  /** Connections made before this entry. */
  readonly born: number;
}

export class AddressHistory {
  /** Oldest first. */
  readonly #entries = new Map<string, Entry>();
  #connections = 0;
  /** Of all addresses together; they are not forgotten one by one, as each counts for less with every other. */
  #all: { readonly smoothed: Millis; readonly variation: Millis } | undefined;
  #view: DestinationHistory | undefined;

  /** A transport handshake to `address`, in canonical text, took `roundTrip`. */
  connected(address: string, roundTrip: Millis): void {
    this.#forgetOld();
    const entry = this.#entries.get(address);
    if (entry === undefined) this.#entries.set(address, { roundTrip, born: this.#connections });
    else entry.roundTrip += ALPHA * (roundTrip - entry.roundTrip);
    this.#connections += 1;
    this.#all = this.#all === undefined ? { smoothed: roundTrip, variation: roundTrip / 2 } : blended(this.#all, roundTrip);
    this.#view = undefined;
  }

  /** The smoothed round-trip time of RFC 6298; `undefined` for an address that is not remembered. */
  roundTripTo(address: string): Millis | undefined {
    return this.#entries.get(address)?.roundTrip;
  }

  /**
   * What few round trips to addresses of this network exceed: the time-out of RFC 6298 §2, SRTT + 4 RTTVAR, of all its
   * connections as if they had been to one address; `undefined` before the first.
   */
  longRoundTrip(): Millis | undefined {
    return this.#all === undefined ? undefined : this.#all.smoothed + 4 * this.#all.variation;
  }

  /** All that is remembered as of now; later connections do not change it. */
  view(): DestinationHistory {
    this.#view ??= {
      roundTripTimes: new Map(Array.from(this.#entries, ([address, { roundTrip }]) => [address, roundTrip])),
      used: new Set(this.#entries.keys()),
    };
    return this.#view;
  }

  networkChanged(): void {
    this.#entries.clear();
    this.#all = undefined;
    this.#view = undefined;
  }

  #forgetOld(): void {
    for (const [address, { born }] of this.#entries) {
      if (this.#connections - born < LIFETIME_IN_CONNECTIONS) return;
      this.#entries.delete(address);
    }
  }
}

function blended({ smoothed, variation }: { readonly smoothed: Millis; readonly variation: Millis }, roundTrip: Millis): { smoothed: Millis; variation: Millis } {
  return { smoothed: smoothed + ALPHA * (roundTrip - smoothed), variation: variation + BETA * (Math.abs(roundTrip - smoothed) - variation) };
}
