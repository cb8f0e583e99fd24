/** The order of addresses by past round trips that Apple described in 2015. */
import { describe, expect, it } from 'vitest';
import { slowerLast } from '../../../src/engine/addresses/slower-last.ts';

const times = (...known: readonly (readonly [string, number])[]): ReadonlyMap<string, number> => new Map(known);

describe('addresses whose round trip is known to be slow', () => {
  it.each([
    ['come last if they are over 25 ms slower than the fastest, whatever their family', times(['6a', 80], ['4a', 50]), ['4a', '6a']],
    ['keep their place at 25 ms', times(['6a', 75], ['4a', 50]), ['6a', '4a']],
    ['keep their place if nothing is known of the other', times(['6a', 800]), ['6a', '4a']],
    ['keep their place without a history', times(), ['6a', '4a']],
  ])('%s', (_, known, expected) => {
    expect(slowerLast(['6a', '4a'], known)).toEqual(expected);
  });

  it('keep their order among themselves, and the rest theirs', () => {
    expect(slowerLast(['6a', '6b', '4a', '4b', '4c'], times(['6a', 90], ['6b', 60], ['4a', 20], ['4c', 30]))).toEqual(['4a', '4b', '4c', '6a', '6b']);
  });
});
