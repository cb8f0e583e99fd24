/** The first of items in ascending order whose value is not below a bound; `undefined` where all are below it. Halves its way there. */
export function firstFrom<Item>(ascending: readonly Item[], valueOf: (item: Item) => number, bound: number): Item | undefined {
  let from = 0;
  let to = ascending.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (valueOf(ascending[middle] as Item) < bound) from = middle + 1;
    else to = middle;
  }
  return ascending[from];
}
