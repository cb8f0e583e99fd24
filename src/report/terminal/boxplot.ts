/**
 * Boxplots in one line of text, all on one logarithmic axis so that they can be compared: box from p25 to p75, a bar at
 * the median, whiskers to the least and the greatest value. Outliers are not set apart.
 */
import type { Metric, Summary } from '../../metrics/metric.ts';
import type { Column } from '../column.ts';
import { formatDuration } from '../format.ts';

const CELLS = 30;
/** Logs tick in milliseconds: what is faster than one is not told apart. */
const LEAST_MS = 1;

/** A column that draws the metrics measured in milliseconds; its title is the axis. Without such metrics it stays empty. */
export function boxplotColumn(metrics: readonly Metric[]): Column<Metric> {
  const greatest = metrics.reduce((most, metric) => Math.max(most, drawn(metric)?.max ?? 0), 0);
  const decades = Math.max(1, Math.ceil(Math.log10(Math.max(greatest, LEAST_MS))));
  const cellOf = (ms: number): number => Math.min(CELLS - 1, Math.floor((Math.log10(Math.max(ms, LEAST_MS)) / decades) * CELLS));
  return {
    id: 'boxplot',
    title: axis(10 ** decades),
    rank: 4,
    value: (metric) => (drawn(metric) === undefined ? undefined : metric.id),
    text: (metric) => {
      const summary = drawn(metric);
      return summary === undefined ? '' : boxplot(summary, cellOf);
    },
  };
}

/** Of fewer than two values there is no spread to draw. */
function drawn({ unit, n, summary }: Metric): Summary | undefined {
  return unit === 'ms' && n >= 2 ? summary : undefined;
}

/** `├──━━┃━━━───┤`, blanks before it. */
function boxplot({ min, p25, p50, p75, max }: Summary, cellOf: (ms: number) => number): string {
  const cells = Array.from({ length: cellOf(max) + 1 }, () => ' ');
  cells.fill('─', cellOf(min));
  cells.fill('━', cellOf(p25), cellOf(p75) + 1);
  cells[cellOf(min)] = cellOf(min) === cellOf(p25) ? '━' : '├';
  cells[cellOf(max)] = cellOf(max) === cellOf(p75) ? '━' : '┤';
  cells[cellOf(p50)] = '┃';
  return cells.join('');
}

function axis(greatestMs: number): string {
  const ends = [formatRound(LEAST_MS), formatRound(greatestMs)] as const;
  const middle = ' logarithmic ';
  const rule = CELLS - ends[0].length - ends[1].length - middle.length - 2;
  return `${ends[0]} ${'·'.repeat(Math.floor(rule / 2))}${middle}${'·'.repeat(Math.ceil(rule / 2))} ${ends[1]}`;
}

/** `10 s` rather than `10.000 s`. */
function formatRound(ms: number): string {
  return formatDuration(ms).replace('.000', '').replace(' 00 s', '');
}
