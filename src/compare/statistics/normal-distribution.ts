/** The two values of the standard normal distribution that rank tests ask for. */
import { bisect, errorFunction } from 'simple-statistics';

/** P(Z > z) for z from 0 on, to a relative error of 1e-6 down to 1e-9; no smaller than 1e-15. */
export function upperTail(z: number): number {
  return Math.max((1 - errorFunction(z / Math.SQRT2)) / 2, 1e-15);
}

/** The z whose upper tail is `p`, 0.00001 to 0.5. */
export function upperQuantile(p: number): number {
  return bisect((z) => upperTail(z) - p, 0, 6, 200, 1e-10);
}
