/** The journal by source: what each thing that logs did, in log order. */
import { countBelow } from '../../model/ascending.ts';
import type { Journal, JournalEvent } from '../../model/journal.ts';
import { addTo } from '../../model/grouping.ts';

export interface Timelines {
  /** The events of one source; none if it logged nothing that is kept. */
  of(sourceId: number | undefined): readonly JournalEvent[];
  /** Those of one type, or of one type and phase, in log order. Found without a walk through the others. */
  ofType(sourceId: number | undefined, eventType: string, phase?: JournalEvent['phase']): readonly JournalEvent[];
  /** The timelines that have an event of this type other than an END, in order of the first one. */
  having(eventType: string): Iterable<readonly JournalEvent[]>;
}

/** So many events are looked through faster than they are sorted. */
const SHORT = 16;

export function createTimelines(journal: Journal): Timelines {
  const bySource = new Map<number, JournalEvent[]>();
  const byType = new Map<string, Set<readonly JournalEvent[]>>();
  for (const event of journal) {
    const timeline = bySource.get(event.sourceId) ?? [];
    if (timeline.length === 0) bySource.set(event.sourceId, timeline);
    timeline.push(event);
    if (event.phase === 'END') continue;
    const having = byType.get(event.type);
    if (having === undefined) byType.set(event.type, new Set([timeline]));
    else having.add(timeline);
  }
  const sorted = new Map<readonly JournalEvent[], ReadonlyMap<string, readonly JournalEvent[]>>();
  return {
    ofType(sourceId, eventType, phase) {
      const timeline = sourceId === undefined ? undefined : bySource.get(sourceId);
      if (timeline === undefined) return [];
      if (timeline.length <= SHORT) return timeline.filter((event) => event.type === eventType && (phase === undefined || event.phase === phase));
      const byKind = sorted.get(timeline) ?? sortByKind(timeline);
      sorted.set(timeline, byKind);
      return byKind.get(phase === undefined ? eventType : `${eventType} ${phase}`) ?? [];
    },
    of: (sourceId) => (sourceId === undefined ? undefined : bySource.get(sourceId)) ?? [],
    having: (eventType) => byType.get(eventType) ?? [],
  };
}

/** By type, and by type and phase. */
function sortByKind(timeline: readonly JournalEvent[]): ReadonlyMap<string, readonly JournalEvent[]> {
  const byKind = new Map<string, JournalEvent[]>();
  for (const event of timeline) {
    addTo(byKind, event.type, event);
    addTo(byKind, `${event.type} ${event.phase}`, event);
  }
  return byKind;
}

/** The last event before a place in the log. */
export function lastBefore(events: readonly JournalEvent[], index: number): JournalEvent | undefined {
  return events[countBefore(events, index) - 1];
}

/** The first event after a place in the log. */
export function firstAfter(events: readonly JournalEvent[], index: number): JournalEvent | undefined {
  return events[countBefore(events, index + 1)];
}

/** How many of the events, which are in log order, come before a place in the log. */
export function countBefore(events: readonly JournalEvent[], index: number): number {
  return countBelow(events, (event) => event.index, index);
}

/** The time between two events, cut to whole milliseconds. */
export function elapsed(from: JournalEvent, to: JournalEvent): number {
  return Math.floor(to.time - from.time);
}

export interface Span {
  readonly begin: JournalEvent;
  readonly end: JournalEvent;
}

/** Spans of one type in a timeline that have both ends; an END closes the last open BEGIN. */
export function spans(timeline: readonly JournalEvent[], type: string): Span[] {
  const found: Span[] = [];
  const open: JournalEvent[] = [];
  for (const event of timeline) {
    if (event.type !== type) continue;
    if (event.phase === 'BEGIN') open.push(event);
    else if (event.phase === 'END') {
      const begin = open.pop();
      if (begin !== undefined) found.push({ begin, end: event });
    }
  }
  return found;
}
