/** Values that there are some of: what every statistic asks for, so that none has to invent an answer for nothing. */

export type Sample = readonly [number, ...number[]];

export function isSample(values: readonly number[]): values is Sample {
  return values.length > 0;
}
