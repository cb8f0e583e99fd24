/** Who builds something of a log gets so many sources and events of it, and is told of the rest. */
import { describe, expect, it } from 'vitest';
import { type SinkLimits, bounded } from '../../src/netlog/bounded.ts';
import type { EventSink } from '../../src/netlog/event.ts';
import { readNetLog } from '../../src/netlog/read-netlog.ts';
import { lineLog, recorder } from './reading.ts';

const NONE: SinkLimits = { mostSources: 100, mostEvents: 100, mostEventsOfSource: 100 };

const event = (id: number): string => `{"phase":0,"source":{"id":${id},"start_time":"1","type":0},"time":"1","type":4}`;

async function readBounded(ids: readonly number[], limits: Partial<SinkLimits>, more: Partial<EventSink> = {}, isFull?: () => boolean) {
  const { sink, got } = recorder();
  await readNetLog([new TextEncoder().encode(lineLog(ids.map(event)))], bounded({ ...sink, ...more }, { ...NONE, ...limits }, isFull));
  return { ids: got.events.map(({ source }) => source.id), indices: got.events.map(({ index }) => index), end: got.end };
}

describe('a bounded sink', () => {
  it('gets everything of a log within the limits', async () => {
    const { ids, end } = await readBounded([1, 2, 1, 3], { mostSources: 3, mostEvents: 4, mostEventsOfSource: 2 });
    expect(ids).toEqual([1, 2, 1, 3]);
    expect(end).toMatchObject({ complete: true, diagnostics: [] });
  });

  it('gets the events of the first sources only, at their places in the log', async () => {
    const { ids, indices, end } = await readBounded([1, 2, 3, 1, 4, 2], { mostSources: 2 });
    expect(ids).toEqual([1, 2, 1, 2]);
    expect(indices).toEqual([0, 1, 3, 5]);
    expect(end).toMatchObject({
      complete: false,
      diagnostics: [{ code: 'too-many-events', severity: 'warning', count: 2, eventIndex: 2, message: 'Left out 2 events: 2 of sources beyond the first 2 (--max-sources). Read the log in parts, with --from and --to.' }],
    });
  });

  it('gets only so many events of one source, and of all', async () => {
    const { ids, end } = await readBounded([1, 1, 1, 2, 3, 4], { mostEventsOfSource: 2, mostEvents: 4 });
    expect(ids).toEqual([1, 1, 2, 3]);
    expect(end?.diagnostics).toMatchObject([{ count: 2, message: expect.stringMatching(/1 beyond the first 2 of one source \(--max-source-events\), 1 beyond the first 4 of a kind/) as unknown }]);
  });

  it('gets nothing more once memory is full, even if there is room again', async () => {
    let asked = 0;
    const { ids, end } = await readBounded([1, 1, 1, 2, 1, 2], {}, {}, () => ++asked === 4);
    expect(ids).toEqual([1, 1]);
    expect(end).toMatchObject({ complete: false, diagnostics: [{ count: 4, eventIndex: 2, message: expect.stringMatching(/^Left out 4 events: 4 after memory was full/) as unknown }] });
  });

  it('passes over as many events as there are, of the sources that it lets through', async () => {
    const passed: number[] = [];
    const passing = { taken: new Set<string>(), pass: (_: unknown, id: number) => void passed.push(id) };
    const { ids, end } = await readBounded([1, 1, 1, 2, 3], { mostEvents: 1, mostSources: 2 }, { passing });
    expect([ids, passed]).toEqual([[], [1, 1, 1, 2]]);
    expect(end?.diagnostics).toMatchObject([{ code: 'too-many-events', count: 1, eventIndex: 4 }]);
  });
});
