/**
 * Bins for durations, which range from under a millisecond to minutes: edges at 1, 2 and 5 times the powers of ten, so
 * that a histogram has a dozen bars and not thousands.
 */

export interface DurationBin {
  /** From 0 on, in milliseconds; a bin holds its lower edge. */
  readonly from: number;
  /** Absent: no end. */
  readonly to?: number;
}

/** Ten minutes and more have one bin. */
const EDGES = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000];

const BINS: readonly DurationBin[] = EDGES.map((from, i) => {
  const to = EDGES[i + 1];
  return to === undefined ? { from } : { from, to };
});

/** `values`: milliseconds, none negative. The bins from the first to the last that hold something, empty ones between too. */
export function binnedDurations(values: readonly number[]): { readonly bin: DurationBin; readonly count: number }[] {
  const counts = BINS.map((bin) => ({ bin, count: 0 }));
  for (const value of values) {
    const held = counts.findLast(({ bin }) => bin.from <= value);
    if (held !== undefined) held.count += 1;
  }
  const first = counts.findIndex(({ count }) => count > 0);
  const last = counts.findLastIndex(({ count }) => count > 0);
  return first < 0 ? [] : counts.slice(first, last + 1);
}

/** `5–10 ms`, `1–2 s`, `≥ 500 s`. */
export function binText({ from, to }: DurationBin): string {
  if (to === undefined) return `≥ ${from / 1000} s`;
  return to > 1000 ? `${from / 1000}–${to / 1000} s` : `${from}–${to} ms`;
}
