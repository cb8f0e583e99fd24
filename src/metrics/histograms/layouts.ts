/**
 * The bucket layouts of Chromium's histograms: exponential ones for times and counts, and one bucket a value
 * for codes and enumerations.
 *
 * Two layouts are called "medium times" in Chromium: the older macros begin at 10 ms, the newer functions at 1 ms.
 */

/** Upper end of the last bucket: the largest sample that a histogram takes, exclusive. */
export const SAMPLE_END = 2_147_483_647;

export interface Layout {
  readonly unit: 'ms' | 'count' | 'code';
  /** Lower ends of the buckets, ascending, the first 0; absent: a value is its own bucket. */
  readonly bounds?: readonly number[];
}

/**
 * Chromium's exponential layout: `[0, min)`, then bounds that grow by a steady factor but at least by 1, then
 * `[max, 2147483647)`.
 *
 * @param count the number of buckets, those two included
 */
export function exponentialBounds(min: number, max: number, count: number): number[] {
  const bounds = [0, min];
  let current = min;
  for (let i = 2; i < count; i++) {
    const logCurrent = Math.log(current);
    const next = Math.floor(Math.exp(logCurrent + (Math.log(max) - logCurrent) / (count - i)) + 0.5);
    current = next > current ? next : current + 1;
    bounds.push(current);
  }
  return bounds;
}

const times = (min: number, max: number, count: number): Layout => ({ unit: 'ms', bounds: exponentialBounds(min, max, count) });

export const SHORT_TIMES = times(1, 10_000, 50);
export const MEDIUM_TIMES = times(1, 180_000, 50);
export const MEDIUM_TIMES_FROM_10 = times(10, 180_000, 50);
export const LONG_TIMES = times(1, 3_600_000, 100);
export const MINUTE_TIMES = times(1, 60_000, 100);
export const TEN_MINUTE_TIMES = times(1, 600_000, 100);
export const COUNTS_TO_100: Layout = { unit: 'count', bounds: exponentialBounds(1, 100, 50) };
export const CODES: Layout = { unit: 'code' };
export const COUNTS: Layout = { unit: 'count' };

export interface Range {
  /** Inclusive. */
  readonly low: number;
  /** Exclusive. */
  readonly high: number;
}

/** The bucket of a sample: the last whose lower end is not greater. */
export function bucketOf({ bounds }: Layout, value: number): Range {
  if (bounds === undefined) return { low: value, high: value + 1 };
  let first = 0;
  let after = bounds.length;
  while (after - first > 1) {
    const middle = (first + after) >> 1;
    if ((bounds[middle] ?? SAMPLE_END) <= value) first = middle;
    else after = middle;
  }
  return { low: bounds[first] ?? 0, high: bounds[first + 1] ?? SAMPLE_END };
}
