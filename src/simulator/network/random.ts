/** Seeded random numbers: one seed, one sequence. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Random {
  /** The next number, at least 0 and below 1. */
  next(): number;
}

/** @param seed an integer; its lower 32 bits count. */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return { next: () => uniformFloat64(generator) };
}
