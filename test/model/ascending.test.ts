/** Looking by halves finds what looking at each would. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countBelow, countUpTo, firstFrom, lastUpTo } from '../../src/model/ascending.ts';

const place = fc.integer({ min: -3, max: 12 });
const places = fc.array(place, { maxLength: 12 }).map((all) => all.toSorted((a, b) => a - b).map((index) => ({ at: { index } })));
const indexOf = ({ at }: { readonly at: { readonly index: number } }): number => at.index;

it('finds what a walk through all of them finds, equal values too', () => {
  fc.assert(
    fc.property(places, fc.oneof(place, fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)), (items, bound) => {
      expect(countBelow(items, indexOf, bound)).toBe(items.filter(({ at }) => at.index < bound).length);
      expect(firstFrom(items, indexOf, bound)).toBe(items.find(({ at }) => at.index >= bound));
      expect(countUpTo(items, bound)).toBe(items.filter(({ at }) => at.index <= bound).length);
      expect(lastUpTo(items, bound)).toBe(items.findLast(({ at }) => at.index <= bound));
    }),
  );
});
