/** Counting and grouping for charts: things per name, in the order in which names first come. */

export function countBy<Item, Name>(items: Iterable<Item>, nameOf: (item: Item) => Name): Map<Name, number> {
  const counts = new Map<Name, number>();
  for (const item of items) {
    const name = nameOf(item);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

export function groupBy<Item, Name>(items: Iterable<Item>, nameOf: (item: Item) => Name): Map<Name, Item[]> {
  const groups = new Map<Name, Item[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}

/** Equal items once, each with how many there are of it. `keyOf` tells which are equal. */
export function tally<Item extends object>(items: Iterable<Item>, keyOf: (item: Item) => string): (Item & { readonly count: number })[] {
  return [...groupBy(items, keyOf).values()].flatMap(([first, ...equal]) => (first === undefined ? [] : [{ ...first, count: 1 + equal.length }]));
}

/** The greatest of values that can be too many for a call of `Math.max`; `floor` for none. */
export function greatest(values: Iterable<number>, floor: number): number {
  let most = floor;
  for (const value of values) most = Math.max(most, value);
  return most;
}
