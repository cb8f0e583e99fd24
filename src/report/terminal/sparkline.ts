/** A row of small columns, one character each: how a count rises and falls. */

const HEIGHTS = '▁▂▃▄▅▆▇█';

/** The highest count fills its character, and any count is visible; a blank stands for 0. `''` for no counts. */
export function sparkline(counts: readonly number[]): string {
  const highest = counts.reduce((most, count) => Math.max(most, count), 0);
  return counts.map((count) => (count === 0 ? ' ' : (HEIGHTS[Math.ceil((count / highest) * HEIGHTS.length) - 1] ?? ''))).join('');
}

/** How many of the values fall into each of equal parts of `from` to `to`; those outside fall into the first or last. */
export function countParts(values: Iterable<number>, from: number, to: number, parts: number): number[] {
  const counts = Array.from({ length: parts }, () => 0);
  for (const value of values) {
    const part = Math.floor(((value - from) / (to - from)) * parts);
    const index = Math.min(parts - 1, Math.max(0, part));
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}
