import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetLogEvent } from '../../../src/netlog/event.ts';
import { readNetLog } from '../../../src/netlog/read-netlog.ts';
import { writeNetLog } from '../../../src/netlog/write-netlog.ts';
import { simulatedConstants } from '../../../src/simulator/log/constants.ts';
import { EVENT_TYPES, type EventType } from '../../../src/simulator/log/event-types.ts';
import { type SourceLog, createSourceLog } from '../../../src/simulator/log/source-log.ts';
import { SOURCE_TYPES, type SourceType } from '../../../src/simulator/log/source-types.ts';

const constants = simulatedConstants({ tickOffset: 1_700_000_000_000, version: '0.0.0', subject: 'a test' });

function eventsOf(story: (log: SourceLog) => void): NetLogEvent[] {
  const events: NetLogEvent[] = [];
  story(createSourceLog({ start() {}, event: (event) => void events.push(event), end() {} }));
  return events;
}

describe('a source log', () => {
  it('numbers sources from 1 and events from 0', () => {
    const events = eventsOf((log) => {
      const manager = log.source('HTTP_STREAM_POOL_ATTEMPT_MANAGER', 0);
      const socket = log.source('SOCKET', 10);
      log.begin(manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE', 10);
      log.begin(socket, 'SOCKET_ALIVE', 10, { source_dependency: log.dependency(manager) });
      log.event(manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_CAN_ATTEMPT_TCP', 12, { can_attempt: 0 });
      log.end(socket, 'SOCKET_ALIVE', 12);
    });
    const manager = { id: 1, type: 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', startTime: 0 };
    const socket = { id: 2, type: 'SOCKET', startTime: 10 };
    expect(events).toEqual([
      { index: 0, time: 10, ...named('HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE'), phase: 'BEGIN', source: manager },
      // 21: the number of the source type in Chromium 156.
      { index: 1, time: 10, ...named('SOCKET_ALIVE'), phase: 'BEGIN', source: socket, params: { source_dependency: { id: 1, type: 21 } } },
      { index: 2, time: 12, ...named('HTTP_STREAM_POOL_ATTEMPT_MANAGER_CAN_ATTEMPT_TCP'), phase: 'NONE', source: manager, params: { can_attempt: 0 } },
      { index: 3, time: 12, ...named('SOCKET_ALIVE'), phase: 'END', source: socket },
    ]);
  });

  it('cuts times to whole milliseconds, but not for the noise of floats', () => {
    const at = (ms: number): number | undefined => eventsOf((log) => log.event(log.source('NONE', ms), 'NETWORK_CHANGED', ms))[0]?.time;
    expect([0, 0.9, 49.999, 299.9999999999].map(at)).toEqual([0, 0, 49, 300]);
  });

  it('refuses to go back in time, by events and by sources', () => {
    const log = createSourceLog({ start() {}, event() {}, end() {} });
    const socket = log.source('SOCKET', 5);
    log.event(socket, 'SOCKET_CLOSED', 5.25);
    expect(() => log.event(socket, 'SOCKET_CLOSED', 5.2)).toThrow('back in time, from 5.25 ms to 5.2 ms');
    expect(() => log.source('SOCKET', 4)).toThrow('back in time');
    expect(() => log.source('SOCKET', Number.NaN)).toThrow('back in time');
    expect(() => createSourceLog({ start() {}, event() {}, end() {} }).source('NONE', -1)).toThrow('back in time');
    log.event(socket, 'SOCKET_CLOSED', 5.25);
  });

  it('gives a log that is read, once written, without any diagnostic and as it was built', async () => {
    const steps = fc.array(
      fc.record({
        wait: fc.double({ min: 0, max: 400, noNaN: true }),
        sourceType: fc.constantFrom(...(Object.keys(SOURCE_TYPES) as SourceType[])),
        type: fc.constantFrom(...(Object.keys(EVENT_TYPES) as EventType[])),
        phase: fc.constantFrom('begin' as const, 'end' as const, 'event' as const),
        net_error: fc.option(fc.integer({ min: -999, max: 0 }), { nil: undefined }),
      }),
      { minLength: 1 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (some) => {
        const story = (log: SourceLog): void => {
          let now = 0;
          for (const { wait, sourceType, type, phase, net_error } of some) {
            const source = log.source(sourceType, now);
            log[phase](source, type, (now += wait), net_error === undefined ? undefined : { net_error, source_dependency: log.dependency(source) });
          }
        };
        let text = '';
        const sink = writeNetLog((chunk) => void (text += chunk));
        sink.start(constants);
        story(createSourceLog(sink));
        sink.end({ complete: true, diagnostics: [] });

        const events: NetLogEvent[] = [];
        const summary = await readNetLog([new TextEncoder().encode(text)], {
          start: (header) => expect(header).toEqual(constants),
          event: (event) => void events.push(event),
          end() {},
        });
        expect(summary).toMatchObject({ complete: true, diagnostics: [] });
        expect(events).toEqual(eventsOf(story));
      }),
    );
  });
});

function named(type: EventType): Pick<NetLogEvent, 'type' | 'loggedType'> {
  return { type, loggedType: type };
}
