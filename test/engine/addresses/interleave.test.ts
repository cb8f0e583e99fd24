import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Family } from '../../../src/address.ts';
import { interleave } from '../../../src/engine/addresses/interleave.ts';

const familyOf = (item: string): Family => (item.startsWith('6') ? 'ipv6' : 'ipv4');

function interleaved(items: string, preferredCount?: number): string {
  return interleave(items === '' ? [] : items.split(' '), familyOf, preferredCount).join(' ');
}

describe('interleave', () => {
  it.each([
    ['6a 6b 4a 4b', '6a 4a 6b 4b'],
    ['6a 6b 6c 4a', '6a 4a 6b 6c'],
    ['4a 6a 4b', '4a 6a 4b'],
    ['', ''],
    ['6a 4a 4b 4c', '6a 4a 4b 4c'],
    ['4a 4b 6a 6b', '4a 6a 4b 6b'],
  ])('P-06: [%s] becomes [%s]', (items, expected) => {
    expect(interleaved(items)).toBe(expected);
  });

  it.each([
    ['P-07', '6a 6b 6c 4a', '6a 6b 4a 6c'],
    ['D-25', '6a 6b 6c 4a 4b', '6a 6b 4a 6c 4b'],
    ['HE-49', '6a 4a 4b', '6a 4a 4b'],
    ['HE-49', '4a 6a 6b 4b 4c', '4a 4b 6a 4c 6b'],
  ])('%s: with a preferred address family count of 2, [%s] becomes [%s]', (_id, items, expected) => {
    expect(interleaved(items, 2)).toBe(expected);
  });

  const lists = fc.array(fc.tuple(fc.constantFrom('4', '6'), fc.nat(99)).map((parts) => parts.join('.')));
  const counts = fc.integer({ min: 1, max: 4 });

  it('keeps every item, and the order within each family', () => {
    fc.assert(
      fc.property(lists, counts, (items, count) => {
        const result = interleave(items, familyOf, count);
        for (const family of ['ipv4', 'ipv6']) {
          const ofFamily = (item: string) => familyOf(item) === family;
          expect(result.filter(ofFamily)).toEqual(items.filter(ofFamily));
        }
      }),
    );
  });

  it('HE-48: after the first run, has two of a family in a row only once the other has run dry', () => {
    fc.assert(
      fc.property(lists, counts, (items, count) => {
        const families = interleave(items, familyOf, count).map(familyOf);
        const firstPair = families.findIndex((family, at) => at >= count && family === families[at - 1]);
        if (firstPair !== -1) expect(new Set(families.slice(firstPair)).size).toBe(1);
      }),
    );
  });
});
