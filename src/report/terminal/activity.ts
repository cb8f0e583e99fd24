/** When things began, as sparklines over the time of the log. */
import { formatCount, formatDuration } from '../format.ts';
import type { Report } from '../report.ts';
import type { Fact } from '../summary-facts.ts';
import { countParts, sparkline } from './sparkline.ts';

/** Fewer beginnings are better read from the lists. */
const LEAST = 5;
const PARTS = 30;

/** One line for races and one for requests, without those to DNS-over-HTTPS servers, where there are enough of them for a shape. */
export function activityFacts({ trace: { durationMs }, races, requests }: Report): Fact[] {
  const kinds = [
    { name: 'races   ', rows: races },
    { name: 'requests', rows: requests },
  ];
  return kinds
    .map(({ name, rows }) => ({ name, starts: rows.filter(({ forResolver }) => forResolver !== true).map(({ startMs }) => startMs) }))
    .filter(({ starts }) => starts.length >= LEAST && durationMs > 0)
    .map(({ name, starts }, i) => {
      const counts = countParts(starts, 0, durationMs, PARTS);
      const most = formatCount(Math.max(...counts));
      return { label: i === 0 ? 'Over time' : '', text: `${name} ▕${sparkline(counts)}▏ at most ${most} in ${formatDuration(Math.round(durationMs / PARTS))}` };
    });
}
