/** Finds which thing in the report is which thing on the wire: the cheapest one-to-one assignment. */

export interface Pair<L, R> {
  readonly left: L;
  readonly right: R;
}

interface Candidate<R> {
  readonly right: R;
  readonly cost: number;
}

/** Worse than any pair: leaving something without a partner is the last resort. */
const ALONE = 1e6;

/** As many pairs as possible, and of those the cheapest. `costOf` is `undefined` where two cannot be partners. */
export function assign<L, R>(lefts: readonly L[], rights: readonly R[], costOf: (left: L, right: R) => number | undefined): Pair<L, R>[] {
  const candidates = new Map<L, readonly Candidate<R>[]>();
  for (const left of lefts) {
    const found = rights.flatMap((right) => {
      const cost = costOf(left, right);
      return cost === undefined ? [] : [{ right, cost }];
    });
    candidates.set(left, found);
  }
  return rivals(candidates).flatMap((group) => cheapest(group, candidates));
}

/** Groups of those who may want the same partner: a handful each, small enough to try all ways. */
function rivals<L, R>(candidates: ReadonlyMap<L, readonly Candidate<R>[]>): L[][] {
  let groups: { readonly members: L[]; readonly wanted: Set<R> }[] = [];
  for (const [left, found] of candidates) {
    const wanted = new Set(found.map((c) => c.right));
    const touching = groups.filter((group) => [...wanted].some((right) => group.wanted.has(right)));
    groups = groups.filter((group) => !touching.includes(group));
    groups.push({
      members: [...touching.flatMap((group) => group.members), left],
      wanted: new Set([...touching.flatMap((group) => [...group.wanted]), ...wanted]),
    });
  }
  return groups.map((group) => group.members);
}

function cheapest<L, R>(lefts: readonly L[], candidates: ReadonlyMap<L, readonly Candidate<R>[]>): readonly Pair<L, R>[] {
  interface Best {
    readonly cost: number;
    readonly pairs: readonly Pair<L, R>[];
  }
  const rights = [...new Set(lefts.flatMap((left) => (candidates.get(left) ?? []).map((c) => c.right)))];
  const known = new Map<string, Best>();

  function best(from: number, taken: ReadonlySet<R>): Best {
    const left = lefts[from];
    if (left === undefined) return { cost: 0, pairs: [] };
    const key = `${from} ${rights.map((right) => (taken.has(right) ? 1 : 0)).join('')}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const without = best(from + 1, taken);
    let choice: Best = { cost: without.cost + ALONE, pairs: without.pairs };
    for (const { right, cost } of candidates.get(left) ?? []) {
      if (taken.has(right)) continue;
      const rest = best(from + 1, new Set([...taken, right]));
      if (rest.cost + cost < choice.cost) choice = { cost: rest.cost + cost, pairs: [{ left, right }, ...rest.pairs] };
    }
    known.set(key, choice);
    return choice;
  }

  return best(0, new Set()).pairs;
}
