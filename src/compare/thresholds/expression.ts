/** A threshold's condition, as parsed: what must hold for it to pass. */
import type { Statistic } from '../statistic.ts';

export type Comparator = '<' | '<=' | '>' | '>=' | '==' | '!=';

export type Expression =
  /** One side alone: `p95 < 200ms`. `limit` is in the metric's unit. */
  | { readonly kind: 'limit'; readonly statistic: Statistic; readonly comparator: Comparator; readonly limit: number }
  /**
   * New less base: `delta(median) < max(10%, 5ms)`, or `count <= base`, which is a difference of 0 at most. The bound is
   * the greater of its two parts, so both must be exceeded; `sign` is -1 for `> -max(10%, 5ms)`.
   */
  | {
      readonly kind: 'delta';
      readonly statistic: Statistic;
      readonly comparator: Comparator;
      readonly sign: 1 | -1;
      /** Share of the base's value. */
      readonly relative?: number;
      /** In the metric's unit. */
      readonly absolute?: number;
    };

export function holds(value: number, comparator: Comparator, limit: number): boolean {
  switch (comparator) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '==':
      return value === limit;
    case '!=':
      return value !== limit;
  }
}
