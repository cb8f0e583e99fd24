/**
 * A summary of a sample that merges: DDSketch (Masson, Rim and Lee 2019). Values are counted in bins that grow by the
 * same factor, so that whatever stands for a bin is within `RELATIVE_ERROR` of each value in it. Merging adds up counts,
 * which loses nothing: the quantiles of merged sketches are those of the sketch of all values.
 *
 * Bins are sparse and never collapsed: 1 ms to an hour take at most 760 of them. Values are at least 0, as those of all
 * metrics are.
 */

/** Of a quantile, against the order statistics that the exact one lies between. */
export const RELATIVE_ERROR = 0.01;

const GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GROWTH = Math.log(GROWTH);

/** The bin of zeros; all others are those of positive values, the least double in bin -37,217. */
export const ZERO_BIN = -1_000_000;

/** The bin whose values lie above `GROWTH ** (bin - 1)`, up to and with `GROWTH ** bin`. */
export function binOf(value: number): number {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) throw new RangeError(`expected a finite value of at least 0, found ${value}`);
  return value === 0 ? ZERO_BIN : Math.ceil(Math.log(value) / LOG_GROWTH);
}

/** What stands for every value in a bin. */
export function valueOfBin(bin: number): number {
  return bin === ZERO_BIN ? 0 : (2 * GROWTH ** bin) / (GROWTH + 1);
}

export class Sketch {
  readonly #counts = new Map<number, number>();
  #count = 0;

  static of(values: readonly number[]): Sketch {
    const sketch = new Sketch();
    for (const value of values) sketch.add(binOf(value), 1);
    return sketch;
  }

  /** How many values it holds. */
  get count(): number {
    return this.#count;
  }

  /** Adds `count` values of a bin, at least one. */
  add(bin: number, count: number): void {
    this.#counts.set(bin, (this.#counts.get(bin) ?? 0) + count);
    this.#count += count;
  }

  merge(other: Sketch): void {
    for (const [bin, count] of other.#counts) this.add(bin, count);
  }

  /** Bins and their counts, the lowest first. */
  bins(): [bin: number, count: number][] {
    return [...this.#counts].toSorted(([a], [b]) => a - b);
  }

  /**
   * Quantiles of type 7, as everywhere: between the order statistics around `(count - 1) * p`. `undefined` if it is empty.
   *
   * @param shares from 0 to 1
   */
  quantiles(shares: readonly number[]): number[] | undefined {
    if (this.#count === 0) return undefined;
    const bins = this.bins();
    return shares.map((p) => {
      const position = (this.#count - 1) * p;
      const [lower, upper] = [orderStatistic(bins, Math.floor(position)), orderStatistic(bins, Math.ceil(position))];
      return lower + (upper - lower) * (position - Math.floor(position));
    });
  }
}

/** @param rank from 0 */
function orderStatistic(bins: readonly (readonly [bin: number, count: number])[], rank: number): number {
  let below = 0;
  for (const [bin, count] of bins) {
    below += count;
    if (below > rank) return valueOfBin(bin);
  }
  return valueOfBin(bins.at(-1)?.[0] ?? ZERO_BIN);
}
