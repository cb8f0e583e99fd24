/** What a client remembers of the addresses that it connects to: a history for each partition (HE-44). */
import { AddressHistory } from '../addresses/address-history.ts';
import type { Destination } from './destination.ts';

export class AddressHistories {
  readonly #histories = new Map<string | undefined, AddressHistory>();

  of({ partition }: Destination): AddressHistory {
    const known = this.#histories.get(partition);
    if (known !== undefined) return known;
    const history = new AddressHistory();
    this.#histories.set(partition, history);
    return history;
  }

  /** Round trips and reachability were those of the old network (HE-45). */
  networkChanged(): void {
    for (const history of this.#histories.values()) history.networkChanged();
  }
}
