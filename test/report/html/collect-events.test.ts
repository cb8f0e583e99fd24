/** Which events a page gets of a log that has too many. */
import { describe, expect, test } from 'vitest';
import { eventCollector } from '../../../src/report/html/collect-events.ts';
import type { PageSource } from '../../../src/report/html/page-data.ts';
import { constants } from '../../cli/harness.ts';

const PLENTY = 1_000_000;

/** `counts`: source id to its number of events, which take turns in the log. */
function collect(counts: Readonly<Record<number, number>>, wanted: readonly number[], evidence: readonly number[] = [], room = PLENTY) {
  const { sink, sources } = eventCollector({ ids: new Set(wanted), evidence: new Set(evidence) });
  sink.start(constants);
  let index = 0;
  const left = new Map(Object.entries(counts).map(([id, count]) => [Number(id), count]));
  while ([...left.values()].some((count) => count > 0)) {
    for (const [id, count] of left) {
      if (count === 0) continue;
      left.set(id, count - 1);
      sink.event({ index, time: 100 + index, type: 'X', loggedType: 'X_OLD', phase: 'NONE', source: { id, type: 'SOCKET' } });
      index++;
    }
  }
  sink.end({ complete: true, diagnostics: [] });
  return sources(room);
}

const positions = ({ events }: PageSource): number[] => events.map(({ position }) => position);

describe('events for a page', () => {
  test('are those of the wanted sources, in order of importance, under the name that the log gives them', () => {
    const { sources, sourcesLeftOut } = collect({ 1: 2, 2: 1, 3: 1 }, [3, 1]);
    expect(sources).toEqual([
      { id: 3, type: 'SOCKET', eventCount: 1, events: [{ index: 2, position: 0, atMs: 2, type: 'X_OLD', phase: 'NONE', params: [] }] },
      {
        id: 1,
        type: 'SOCKET',
        eventCount: 2,
        events: [
          { index: 0, position: 0, atMs: 0, type: 'X_OLD', phase: 'NONE', params: [] },
          { index: 3, position: 1, atMs: 3, type: 'X_OLD', phase: 'NONE', params: [] },
        ],
      },
    ]);
    expect(sourcesLeftOut).toBe(0);
  });

  test('of a long source are the first, and those that decide', () => {
    const [source] = collect({ 1: 500 }, [1], [300, 499]).sources;
    expect(source?.eventCount).toBe(500);
    expect(source === undefined ? [] : positions(source)).toEqual([...Array.from({ length: 60 }, (_, i) => i), 300, 499]);
  });

  test('are fewer of each where very many sources are wanted', () => {
    const { sources } = collect({ 1: 100 }, Array.from({ length: 20_000 }, (_, i) => i));
    expect(sources.map(positions)).toEqual([Array.from({ length: 15 }, (_, i) => i)]);
  });

  test('of less important sources make room, and are counted', () => {
    // Three events of a source are about 225 characters.
    const { sources, sourcesLeftOut } = collect({ 1: 3, 2: 3, 3: 3 }, [2, 3, 1], [], 500);
    expect({ ids: sources.map(({ id }) => id), sourcesLeftOut }).toEqual({ ids: [2, 3], sourcesLeftOut: 1 });
  });

  test('of a log that never started are none', () => {
    expect(eventCollector({ ids: new Set([1]), evidence: new Set() }).sources(PLENTY)).toEqual({ sources: [], sourcesLeftOut: 0 });
  });
});
