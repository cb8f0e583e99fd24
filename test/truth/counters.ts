/** Chromium's own counters of a sample's run, and what it takes for recomputed ones to agree with them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Histogram } from '../../src/metrics/histograms/histogram.ts';
import { SAMPLES } from './truth.ts';

type Counter = Omit<Histogram, 'unit'>;

const countersSchema = z.object({
  /** When the browser was asked, in milliseconds from the log's first event. */
  readMs: z.number(),
  histograms: z.array(z.object({ name: z.string(), count: z.number(), sum: z.number(), buckets: z.array(z.object({ low: z.number(), high: z.number(), count: z.number() })) })),
});

export function hasCounters(sample: string): boolean {
  return existsSync(join(SAMPLES, sample, 'histograms.json'));
}

export function readCounters(sample: string): { readonly readMs: number; readonly histograms: readonly Counter[] } {
  return countersSchema.parse(JSON.parse(readFileSync(join(SAMPLES, sample, 'histograms.json'), 'utf8')));
}

/** Names that Chromium 156 counts no more: of them there is nothing to hold ours against. */
export const OLDER_NAMES =
  /^(DNS\.Attempt|Net\.OSErrorsForGetAddrinfo$|Net\.DNS\.(TotalTime|ProcTask\.|DnsTask\.(SuccessTime|FailureTime|Error)|SecureDnsTask\.|Resolve(Success|Failure)Time\.))/;

/**
 * The log cuts both ends of a time to whole milliseconds, and an event is written a moment before or after the clock is
 * read for the counter: up to 2 ms a sample, and 3 ms where up to three waits are added up.
 */
function millisASample({ name, unit }: Histogram): number {
  if (unit !== 'ms') return 0;
  return /JobQueueTime\.(Success|Failure)$/.test(name) ? 3 : 2;
}

/** What differs, in words; nothing if they agree. */
export function disagreements(ours: readonly Histogram[], theirs: readonly Counter[]): string[] {
  const mine = new Map(ours.map((histogram) => [histogram.name, histogram]));
  const known = new Set(theirs.map(({ name }) => name));
  const surplus = ours.filter(({ name }) => !known.has(name) && !OLDER_NAMES.test(name)).map(({ name }) => `${name}: not counted by Chromium`);
  return [
    ...surplus,
    ...theirs.flatMap((counter) => {
      const own = mine.get(counter.name);
      if (own === undefined) return [`${counter.name}: missing`];
      if (own.count !== counter.count) return [`${own.name}: ${own.count} samples instead of ${counter.count}`];
      if (Math.abs(own.sum - counter.sum) > millisASample(own) * own.count) return [`${own.name}: sum ${own.sum} instead of ${counter.sum}`];
      return bucketsAgree(own, counter) ? [] : [`${own.name}: ${JSON.stringify(own.buckets)} instead of ${JSON.stringify(counter.buckets)}`];
    }),
  ];
}

/** Every bucket is one of the layout that Chromium has; a sample may lie over a bound by as much as its time may be off. */
function bucketsAgree(own: Histogram, counter: Counter): boolean {
  const [ours, theirs] = [spread(own.buckets), spread(counter.buckets)];
  const pairs = ours.map((bucket, i) => [bucket, theirs[i]] as const).filter(([a, b]) => a.low !== b?.low || a.high !== b.high);
  if (pairs.some(([a, b]) => b === undefined || (a.low < b.high && b.low < a.high))) return false;
  const off = millisASample(own);
  const far = pairs.filter(([a, b]) => b === undefined || Math.max(a.low - b.high, b.low - a.high) >= off);
  // Where the browser's thread stalled between the log and the clock (at its start) single samples are off by up to 9 ms.
  return far.length <= (off === 0 ? 0 : Math.max(1, ours.length / 20));
}

/** One bucket a sample. */
function spread(buckets: Counter['buckets']): Counter['buckets'] {
  return buckets.flatMap((bucket) => Array.from({ length: bucket.count }, () => bucket));
}
