/** Looks among things in log order by halves: a log may hold very many of them. */

interface Placed {
  readonly at: { readonly index: number };
}

/** The last of things sorted by `index` that is not after a place in the log; `undefined` where all are after it. */
export function latest<Item extends Placed>(sorted: readonly Item[], index: number): Item | undefined {
  return sorted[countUpTo(sorted, index) - 1];
}

/** How many of them are not after a place in the log. */
export function countUpTo(sorted: readonly Placed[], index: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (sorted[middle]!.at.index <= index) from = middle + 1;
    else to = middle;
  }
  return from;
}
