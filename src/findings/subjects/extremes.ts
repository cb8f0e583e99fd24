/** The largest and the smallest of any number of values: a log can hold more than a call takes arguments. */

/** 0 if there is none, or none above it: what it is used for are durations and costs. */
export function largest(values: readonly number[]): number {
  return values.reduce((found, value) => Math.max(found, value), 0);
}

/** Infinity if there is none. */
export function smallest(values: readonly number[]): number {
  return values.reduce((found, value) => Math.min(found, value), Number.POSITIVE_INFINITY);
}
