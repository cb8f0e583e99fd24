/** Small journals: `at` is the time in milliseconds, a source is named `TYPE#id`. */
import { computeHistograms } from '../../../src/metrics/histograms/all-histograms.ts';
import type { JournalEvent } from '../../../src/model/journal.ts';
import type { Trace } from '../../../src/model/trace.ts';
import type { EventParams, Phase } from '../../../src/netlog/event.ts';

export type Line = readonly [at: number, source: string, type: string, phase: Phase, params?: EventParams];

export function journalOf(lines: readonly Line[]): JournalEvent[] {
  return lines.map(([time, source, type, phase, params], index) => {
    const [sourceType = '', id] = source.split('#');
    return { time, index, type, phase, sourceId: Number(id), sourceType, ...(params !== undefined && { params }) };
  });
}

/** Each histogram's samples as far as its buckets tell: `count/sum`. */
export function counted(lines: readonly Line[], routes: Partial<Pick<Trace, 'requests' | 'sessions' | 'races'>> = {}): Record<string, string> {
  const histograms = computeHistograms({ journal: journalOf(lines), requests: [], sessions: [], races: [], ...routes });
  return Object.fromEntries(histograms.map(({ name, count, sum }) => [name, `${count}/${sum}`]));
}

export const linkTo = (id: number): EventParams => ({ source_dependency: { id, type: 0 } });
