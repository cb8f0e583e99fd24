/** Finds which thing in the report is which thing on the wire: the cheapest one-to-one assignment. */

export interface Pair<L, R> {
  readonly left: L;
  readonly right: R;
}

/** Worse than any pair: leaving something without a partner is the last resort. */
const ALONE = 1e6;

/**
 * As many pairs as possible, and of those the cheapest. `costOf` is `undefined` where two cannot be
 * partners. Groups are of things to one endpoint, or queries for one name: small enough to try all.
 */
export function assign<L, R>(lefts: readonly L[], rights: readonly R[], costOf: (left: L, right: R) => number | undefined): Pair<L, R>[] {
  interface Best {
    readonly cost: number;
    readonly pairs: readonly Pair<L, R>[];
  }
  const partners = lefts.map((left) => rights.flatMap((right, index) => {
    const cost = costOf(left, right);
    return cost === undefined ? [] : [{ right, bit: 1n << BigInt(index), cost }];
  }));
  const known = new Map<string, Best>();

  function best(from: number, taken: bigint): Best {
    const left = lefts[from];
    if (left === undefined) return { cost: 0, pairs: [] };
    const key = `${from} ${taken}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const without = best(from + 1, taken);
    let cheapest: Best = { cost: without.cost + ALONE, pairs: without.pairs };
    for (const { right, bit, cost } of partners[from] ?? []) {
      if ((taken & bit) !== 0n) continue;
      const rest = best(from + 1, taken | bit);
      if (rest.cost + cost < cheapest.cost) cheapest = { cost: rest.cost + cost, pairs: [{ left, right }, ...rest.pairs] };
    }
    known.set(key, cheapest);
    return cheapest;
  }

  return [...best(0, 0n).pairs];
}

/** Assigns within groups of equal keys. */
export function assignByKey<L, R>(
  lefts: readonly L[],
  rights: readonly R[],
  keyOfLeft: (left: L) => string,
  keyOfRight: (right: R) => string,
  costOf: (left: L, right: R) => number | undefined,
): Pair<L, R>[] {
  const keys = new Set(lefts.map(keyOfLeft));
  return [...keys].flatMap((key) =>
    assign(
      lefts.filter((left) => keyOfLeft(left) === key),
      rights.filter((right) => keyOfRight(right) === key),
      costOf,
    ),
  );
}
