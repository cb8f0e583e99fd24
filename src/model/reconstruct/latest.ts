/** The last of things sorted by `index` that is not after a place in the log; `undefined` where all are after it. Halves its way there. */
export function latest<Item extends { readonly at: { readonly index: number } }>(sorted: readonly Item[], index: number): Item | undefined {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] as Item).at.index <= index) from = middle + 1;
    else to = middle;
  }
  return sorted[from - 1];
}
