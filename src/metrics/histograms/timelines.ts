/** The journal by source: what each thing that logs did, in log order. */
import type { Journal, JournalEvent } from '../../model/journal.ts';

export interface Timelines {
  /** The events of one source; none if it logged nothing that is kept. */
  of(sourceId: number | undefined): readonly JournalEvent[];
  /** The timelines that have an event of this type other than an END, in order of the first one. */
  having(eventType: string): Iterable<readonly JournalEvent[]>;
}

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
  return {
    of: (sourceId) => (sourceId === undefined ? undefined : bySource.get(sourceId)) ?? [],
    having: (eventType) => byType.get(eventType) ?? [],
  };
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
