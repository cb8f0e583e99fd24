/** The empirical distribution function of a sample, with no more points than a chart can show. */

export interface EcdfPoint {
  readonly value: number;
  /** The share of the sample that is at most `value`, above 0 and at most 1. */
  readonly share: number;
}

/** Points of one curve at most. */
export const MOST_POINTS = 200;

/** How far a thinned curve can be off, as a share: between two points that are kept lies at most this much of the sample. */
export const THINNED_ERROR = 1 / MOST_POINTS;

/**
 * A point for each different value, from the least up. With more than `MOST_POINTS` of them only those are kept at which
 * the share has grown by `THINNED_ERROR` since the last one, and the least and the greatest. Each point is exact.
 */
export function ecdf(values: readonly number[]): EcdfPoint[] {
  const sorted = values.toSorted((a, b) => a - b);
  const points = sorted.flatMap((value, i) => (sorted[i + 1] === value ? [] : [{ value, share: (i + 1) / sorted.length }]));
  if (points.length <= MOST_POINTS) return points;
  const last = points.length - 1;
  let kept = 0;
  return points.filter(({ share }, i) => {
    if (i !== 0 && i !== last && share - kept < THINNED_ERROR) return false;
    kept = share;
    return true;
  });
}
