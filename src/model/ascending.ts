/** Looks among items in ascending order by halves: a log may hold very many of them. */

/** How many have a value below the bound. */
export function countBelow<Item>(ascending: readonly Item[], valueOf: (item: Item) => number, bound: number): number {
  let from = 0;
  let to = ascending.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (valueOf(ascending[middle] as Item) < bound) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The first whose value is not below the bound; `undefined` where all are below it. */
export function firstFrom<Item>(ascending: readonly Item[], valueOf: (item: Item) => number, bound: number): Item | undefined {
  return ascending[countBelow(ascending, valueOf, bound)];
}

/** Something at a place in the log. */
interface Placed {
  readonly at: { readonly index: number };
}

/** Of things in log order, the last that is not after a place in the log; `undefined` where all are after it. */
export function lastUpTo<Item extends Placed>(inLogOrder: readonly Item[], index: number): Item | undefined {
  return inLogOrder[countUpTo(inLogOrder, index) - 1];
}

/** How many of them are not after a place in the log. */
export function countUpTo(inLogOrder: readonly Placed[], index: number): number {
  return countBelow(inLogOrder, ({ at }) => at.index, index + 1);
}
