/** Seeded draws from the distributions of which packs are made: the same seed, the same values in the same order. */
import { createRandom } from '../../src/simulator/network/random.ts';

export interface Draw {
  /** True with this probability, 0 to 1. */
  readonly chance: (probability: number) => boolean;
  /** Log-normal with this median; `sigma` is the standard deviation of the logarithm. */
  readonly logNormal: (median: number, sigma: number) => number;
  /** Laplace around 0, of whose absolute values 99 % are below `p99`. */
  readonly laplace: (p99: number) => number;
  /** One of the values, each with its weight; weights add up to 1. */
  readonly among: <Value>(weighted: readonly (readonly [weight: number, value: Value])[]) => Value;
}

export function createDraw(seed: number): Draw {
  const random = createRandom(seed);
  // Of neighbouring seeds the first numbers are much alike.
  for (let i = 0; i < 8; i++) random.next();
  const uniform = (): number => random.next();
  return {
    chance: (probability) => uniform() < probability,
    logNormal: (median, sigma) => median * Math.exp(sigma * normal(1 - uniform(), uniform())),
    laplace: (p99) => (uniform() < 0.5 ? -1 : 1) * (p99 / Math.log(100)) * -Math.log(1 - uniform()),
    among: (weighted) => {
      let left = uniform();
      for (const [weight, value] of weighted) {
        if (left < weight) return value;
        left -= weight;
      }
      return weighted.at(-1)![1];
    },
  };
}

/** Box and Muller: two uniform numbers, the first above 0, give a standard normal one. */
function normal(a: number, b: number): number {
  return Math.sqrt(-2 * Math.log(a)) * Math.cos(2 * Math.PI * b);
}
