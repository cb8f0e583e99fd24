/**
 * The virtual clock's queue: what is to happen, in order of time and, at one instant, of scheduling.
 *
 * A binary heap; it knows no present, so an item may be scheduled at any time, also at one already popped.
 */
import type { Millis } from '../../units.ts';

interface Entry<Item> {
  readonly at: Millis;
  readonly order: number;
  readonly item: Item;
}

function before<Item>(a: Entry<Item>, b: Entry<Item>): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

export class EventQueue<Item> {
  readonly #heap: Entry<Item>[] = [];
  #scheduled = 0;

  schedule(at: Millis, item: Item): void {
    const heap = this.#heap;
    const entry = { at, order: this.#scheduled++, item };
    let index = heap.length;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex]!;
      if (before(parent, entry)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = entry;
  }

  /** The first entry; `undefined` if there is none. */
  peek(): { readonly at: Millis; readonly item: Item } | undefined {
    return this.#heap[0];
  }

  /** Takes the first entry out; `undefined` if there is none. */
  pop(): { readonly at: Millis; readonly item: Item } | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && last !== first) this.#sink(last);
    return first;
  }

  /** Puts an entry in the place of the first, and from there as deep as it belongs. */
  #sink(entry: Entry<Item>): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      let childIndex = 2 * index + 1;
      const left = heap[childIndex];
      if (left === undefined) break;
      const right = heap[childIndex + 1];
      let child = left;
      if (right !== undefined && before(right, left)) {
        child = right;
        childIndex++;
      }
      if (before(entry, child)) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = entry;
  }
}
