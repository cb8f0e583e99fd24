import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/simulator/network/random.ts';

describe('createRandom', () => {
  it('gives the same numbers for the same seed, all at least 0 and below 1', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const [a, b] = [createRandom(seed), createRandom(seed)];
        const numbers = Array.from({ length: 20 }, () => a.next());
        expect(Array.from({ length: 20 }, () => b.next())).toEqual(numbers);
        expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
      }),
    );
  });

  it('gives other numbers for another seed', () => {
    expect(createRandom(1).next()).not.toBe(createRandom(2).next());
  });
});
