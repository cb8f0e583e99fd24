/** Seeded randomness for the fuzzer: the same seed and number, the same input, on every machine. */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Random {
  /** A whole number from 0 to `below`, that excluded; 0 if there is no other. */
  below(below: number): number;
  pick<T>(items: readonly T[]): T;
  /** True once in `of` times. */
  once(of: number): boolean;
}

export function randomFor(seed: number, number: number): Random {
  const generator = xoroshiro128plus(Math.imul(seed, 0x9e3779b1) ^ number);
  // The first draws of neighbouring seeds are alike.
  for (let i = 0; i < 4; i++) generator.next();
  const below = (limit: number): number => (limit <= 1 ? 0 : uniformInt(generator, 0, limit - 1));
  return {
    below,
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new Error('Nothing to pick from');
      return items[below(items.length)]!;
    },
    once: (of) => below(of) === 0,
  };
}
