/**
 * Address families by turns (RFC 8305 §4, HE-48, HE-49), so that a broken family costs one attempt at a time.
 */
import type { Family } from '../../address.ts';

/**
 * Items of a sorted list, reordered: first as many of the head's family as the preferred address family count says,
 * then one of the other family, then one by one; what is left when a family runs dry follows. Within a family the
 * order stays.
 * @param preferredCount Preferred Address Family Count, 1 or more
 */
export function interleave<T>(items: readonly T[], familyOf: (item: T) => Family, preferredCount = 1): T[] {
  const [head] = items;
  if (head === undefined) return [];
  const family = familyOf(head);
  const preferred = items.filter((item) => familyOf(item) === family);
  const other = items.filter((item) => familyOf(item) !== family);

  const interleaved = preferred.slice(0, preferredCount);
  const turns = Math.max(preferred.length - preferredCount, other.length);
  for (let turn = 0; turn < turns; turn++) {
    interleaved.push(...other.slice(turn, turn + 1));
    interleaved.push(...preferred.slice(preferredCount + turn, preferredCount + turn + 1));
  }
  return interleaved;
}
