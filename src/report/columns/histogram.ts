/** The columns of a histogram: its size, its extent, and its shape. */
import type { Histogram } from '../../metrics/histograms/histogram.ts';
import type { Column } from '../column.ts';
import { MISSING, formatCount, formatDuration } from '../format.ts';
import { sparkline } from '../terminal/sparkline.ts';

/** Characters of the shape: one for each equal part of the logarithm of the samples. */
const SHAPE_PARTS = 12;

export const histogramColumns: readonly Column<Histogram>[] = [
  { id: 'name', title: 'Histogram', rank: 0, shrinkTo: 50, value: (histogram) => histogram.name },
  { id: 'unit', title: 'Unit', rank: 3, only: 'csv', value: (histogram) => histogram.unit },
  { id: 'count', title: 'n', align: 'right', rank: 0, value: (histogram) => histogram.count, text: ({ count }) => formatCount(count) },
  { id: 'sum', title: 'Sum', align: 'right', rank: 2, value: (histogram) => histogram.sum, text: ({ sum, unit }) => (unit === 'code' ? MISSING : valueText(sum, unit)) },
  { id: 'buckets', title: 'Buckets', rank: 2, only: 'csv', value: bucketsText },
  { id: 'median', title: 'Median in', align: 'right', rank: 1, only: 'people', value: medianText },
  { id: 'values', title: 'From – to', align: 'right', rank: 1, only: 'people', value: extentText },
  { id: 'shape', title: 'Shape', rank: 3, only: 'people', value: shapeOf },
];

/** Codes are names in disguise: not grouped by thousands. */
function valueText(value: number, unit: Histogram['unit']): string {
  if (unit === 'ms') return formatDuration(value);
  return unit === 'code' ? String(value) : formatCount(value);
}

/** `0-1:3 105-106:7`: lower end, upper end (exclusive) and number of samples. */
function bucketsText({ buckets }: Histogram): string {
  return buckets.map(({ low, high, count }) => `${low}-${high}:${count}`).join(' ');
}

function rangeText({ low, high }: Histogram['buckets'][number], unit: Histogram['unit']): string {
  if (high === low + 1) return valueText(low, unit);
  return isOpen({ high }) ? `≥ ${valueText(low, unit)}` : `${low}–${valueText(high - 1, unit)}`;
}

/** The last bucket of a layout has no upper end to speak of. */
function isOpen({ high }: Pick<Histogram['buckets'][number], 'high'>): boolean {
  return high > 1_000_000_000;
}

/** The bucket of the middle sample; of an even number the lower one. Of codes there is no middle. */
function medianText({ unit, count, buckets }: Histogram): string | undefined {
  if (unit === 'code') return undefined;
  let below = 0;
  for (const bucket of buckets) {
    below += bucket.count;
    if (below * 2 >= count) return rangeText(bucket, unit);
  }
  return undefined;
}

/** All values of codes; of times the lowest bucket's lower end and the highest's last value. */
function extentText({ unit, buckets }: Histogram): string | undefined {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  if (unit === 'code') return buckets.map(({ low, count }) => `${low}×${count}`).join(' ');
  if (first === last) return rangeText(first, unit);
  return isOpen(last) ? `${valueText(first.low, unit)} – ${rangeText(last, unit)}` : `${first.low} – ${valueText(last.high - 1, unit)}`;
}

function shapeOf({ unit, buckets }: Histogram): string {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (unit === 'code' || first === undefined || last === undefined || first === last) return '';
  const position = (value: number): number => Math.log1p(value);
  const [from, to] = [position(first.low), position(last.low)];
  const counts = Array.from({ length: SHAPE_PARTS }, () => 0);
  for (const { low, count } of buckets) {
    const part = Math.min(SHAPE_PARTS - 1, Math.floor(((position(low) - from) / (to - from)) * SHAPE_PARTS));
    counts[part] = (counts[part] ?? 0) + count;
  }
  return sparkline(counts);
}
