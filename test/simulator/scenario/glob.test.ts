import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globMatches, parseGlob } from '../../../src/simulator/scenario/glob.ts';

describe('a glob over names', () => {
  it.each([
    ['dual.lab.test', 'dual.lab.test', true],
    ['dual.lab.test', 'a.dual.lab.test', false],
    ['*', 'anything.at.all', true],
    ['*.lab.test', 'dual.lab.test', true],
    ['*.lab.test', 'a.b.lab.test', true],
    ['*.lab.test', 'lab.test', false],
    ['*.lab*.test', 'cname3.lab2.test', true],
    ['h*.*.test', 'h1.many.test', true],
    ['a*a', 'a', false],
    ['a.b', 'aXb', false],
  ])('%s on %s: %s', (glob, name, expected) => {
    expect(globMatches(parseGlob(glob), name)).toBe(expected);
  });

  it('matches what it was made from by filling its stars in', () => {
    const pieces = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '.') }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(pieces, fc.string({ unit: fc.constantFrom('a', 'b', '.') }), (parts, filling) => {
        expect(globMatches(parseGlob(parts.join('*')), parts.join(filling))).toBe(true);
      }),
    );
  });

  it('agrees with the regular expression of the same meaning', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 });
    fc.assert(
      fc.property(text, name, (glob, subject) => {
        expect(globMatches(parseGlob(glob), subject)).toBe(new RegExp(`^${glob.replaceAll('*', '.*')}$`).test(subject));
      }),
    );
  });
});
