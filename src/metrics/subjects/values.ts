/** The steps from things of the model to a sample. */
import { wholeMicros } from '../../units.ts';

/**
 * Milliseconds from one moment to another; `undefined` if either is missing, or if the clock ran backwards between
 * them (a few logs have such steps).
 */
export function elapsed(fromMs: number | undefined, toMs: number | undefined): number | undefined {
  if (fromMs === undefined || toMs === undefined || toMs < fromMs) return undefined;
  return wholeMicros(toMs - fromMs);
}

/** One value for each item that has one, in order. Negative durations come from a clock step and count as missing. */
export function measure<Item>(items: readonly Item[], valueOf: (item: Item) => number | undefined): number[] {
  return items.flatMap((item) => {
    const value = valueOf(item);
    return value === undefined || value < 0 ? [] : [value];
  });
}

/** 1 for each item that passes, 0 for each that does not: the sample of a rate. */
export function rate<Item>(items: readonly Item[], passes: (item: Item) => boolean): number[] {
  return items.map((item) => (passes(item) ? 1 : 0));
}

/** A part of a whole, held between 0 and 1: two clocks' worth of rounding can put it a little outside. */
export function clampToShare(share: number): number {
  return Math.min(1, Math.max(0, share));
}
