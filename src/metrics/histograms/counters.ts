/** Counts samples into histograms. */
import type { Histogram } from './histogram.ts';
import { type Layout, SAMPLE_END, bucketOf } from './layouts.ts';

/** Takes one sample. Times are cut to whole milliseconds, and no sample is below 0, as in Chromium. */
export type Count = (name: string, layout: Layout, value: number) => void;

export interface Counters {
  readonly count: Count;
  /** Those that have a sample, by name. */
  readonly histograms: () => Histogram[];
}

interface Counter {
  readonly layout: Layout;
  count: number;
  sum: number;
  /** By lower end. */
  readonly buckets: Map<number, { readonly low: number; readonly high: number; count: number }>;
}

export function createCounters(): Counters {
  const counters = new Map<string, Counter>();

  function counterOf(name: string, layout: Layout): Counter {
    const made = counters.get(name);
    if (made !== undefined) return made;
    const counter: Counter = { layout, count: 0, sum: 0, buckets: new Map() };
    counters.set(name, counter);
    return counter;
  }

  return {
    count(name, layout, sample) {
      const value = Math.min(Math.max(0, Math.floor(sample)), SAMPLE_END - 1);
      const counter = counterOf(name, layout);
      counter.count += 1;
      counter.sum += value;
      const range = bucketOf(layout, value);
      const bucket = counter.buckets.get(range.low);
      if (bucket === undefined) counter.buckets.set(range.low, { ...range, count: 1 });
      else bucket.count += 1;
    },
    histograms: () =>
      [...counters]
        .map(([name, { layout, count, sum, buckets }]) => ({
          name,
          unit: layout.unit,
          count,
          sum,
          buckets: [...buckets.values()].toSorted((a, b) => a.low - b.low),
        }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}
