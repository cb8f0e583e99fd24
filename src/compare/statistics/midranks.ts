/** Ranks of pooled values, where equal values share the mean of the ranks that they take up (midranks). */

export interface Midranks {
  /** Twice the rank, from 2 on, so that shared ranks are whole numbers; in the order of the values given. */
  readonly doubled: readonly number[];
  /** How many values are equal, for each distinct value: all 1 without ties. */
  readonly tieSizes: readonly number[];
}

export function midranks(values: readonly number[]): Midranks {
  const order = values.map((_, i) => i).toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const doubled = Array.from(values, () => 0);
  const tieSizes: number[] = [];
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to++;
    // Ranks from + 1 to `to`, whose mean is half of their sum.
    for (const i of order.slice(from, to)) doubled[i] = from + 1 + to;
    tieSizes.push(to - from);
    from = to;
  }
  return { doubled, tieSizes };
}
