/** A window onto a log lets a stretch of it through, numbered as if there were nothing else. */
import { expect, test } from 'vitest';
import type { EventSink, NetLogEvent } from '../../src/netlog/event.ts';
import { windowed } from '../../src/netlog/window.ts';
import type { Ticks } from '../../src/units.ts';

function at(time: number, index: number): NetLogEvent {
  return { index, time: time as Ticks, type: 'SOCKET_ALIVE', loggedType: 'SOCKET_ALIVE', phase: 'NONE', source: { id: 7, type: 'SOCKET' } };
}

test('events and passed events of the window count together, and both its ends belong to it', () => {
  const seen: (number | string)[] = [];
  const inner: EventSink = {
    passing: { taken: new Set(['SOCKET_ALIVE']), pass: (time) => void seen.push(`passed ${time}`) },
    start: () => undefined,
    event: ({ index }) => void seen.push(index),
    end: () => undefined,
  };
  const sink = windowed(inner, { fromMs: 10, toMs: 30 });
  sink.event(at(100, 0));
  sink.passing?.pass(105 as Ticks, 7, undefined);
  sink.event(at(110, 2));
  sink.passing?.pass(120 as Ticks, 7, undefined);
  sink.event(at(130, 4));
  sink.passing?.pass(131 as Ticks, 7, undefined);
  sink.event(at(140, 6));
  expect(seen).toEqual([0, 'passed 120', 2]);
});
