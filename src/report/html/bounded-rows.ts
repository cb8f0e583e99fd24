/**
 * Rows cut to a size that a page can carry. A log may hold a URL of megabytes, or a race of ten
 * thousand attempts; each cut is visible where it was made, in texts, and counted.
 */

export const LONGEST_TEXT = 2000;
export const LONGEST_LIST = 500;

export interface Bounded<Row> {
  readonly rows: readonly Row[];
  /** How many texts and lists were cut. */
  readonly cuts: number;
}

/** The same rows with long texts and lists in them cut, however deep they lie. For plain JSON values. */
export function boundedRows<Row>(rows: readonly Row[]): Bounded<Row> {
  let cuts = 0;
  const bound = (part: unknown): unknown => {
    if (typeof part === 'string' && part.length > LONGEST_TEXT) {
      cuts++;
      return `${part.slice(0, LONGEST_TEXT)}… (${part.length} characters)`;
    }
    if (Array.isArray(part)) {
      if (part.length > LONGEST_LIST) cuts++;
      return part.slice(0, LONGEST_LIST).map(bound);
    }
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, member]) => [key, bound(member)]));
  };
  // The shape stays: only texts and lists get shorter.
  const bounded = rows.map((row) => bound(row) as Row);
  return { rows: bounded, cuts };
}
