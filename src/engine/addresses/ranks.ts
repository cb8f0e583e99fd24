/**
 * An ordered list of rules as numbers: one for each rule, the smaller preferred. RFC 6724 words both of its
 * selections so, and every rule put as a number keeps the order transitive.
 */
export type Ranks = readonly number[];

/** The first rule that tells two apart decides; 0 if none does. Both lists come from the same rules. */
export function compareRanks(a: Ranks, b: Ranks): number {
  for (let rule = 0; rule < a.length; rule++) {
    const difference = (a[rule] ?? 0) - (b[rule] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
