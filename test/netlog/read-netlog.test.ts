/** Whatever the layout, a valid log gives the events that `JSON.parse` finds in it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventSink, NetLogEvent } from '../../src/netlog/event.ts';
import { readNetLog } from '../../src/netlog/read-netlog.ts';
import { CONSTANTS, EVENTS, HEAD, chunksOf, expectedEvents, lineLog, read } from './reading.ts';

const compact = JSON.parse(lineLog()) as { constants: unknown; events: { params?: unknown; source: object }[] };

const LAYOUTS: Record<string, string> = {
  "Chromium's lines": lineLog(),
  'lines, with polledData as a list': lineLog(EVENTS, ',\n"polledData": [{"a":"}]"},{}]\n'),
  'lines, with polledData as an object': lineLog(EVENTS, ',\n"polledData": {"events":[1,2]}\n'),
  'lines, with keys after the events': lineLog(EVENTS, ',"tool":"x",\n"more":[{"time":"1"}]'),
  'lines that end with CR LF': lineLog().replaceAll('\n', '\r\n'),
  'lines after a byte order mark': `\u{FEFF}${lineLog()}`,
  'lines with blank lines between them': `${HEAD}\n${EVENTS.join(',\n\n')}\n]}`,
  'lines that begin with the comma': `${HEAD}${EVENTS.join('\n,')}\n]\n}\n`,
  'lines with white space around the events': `${HEAD}${EVENTS.map((event) => `  ${event} `).join(' ,\n')}\n ] }`,
  'lines with the keys of an event in another order': lineLog(compact.events.map(({ source, params, ...rest }) => JSON.stringify({ ...rest, params, source }))),
  'lines without start times': lineLog(EVENTS).replaceAll(/"start_time":"\d+",/g, ''),
  'lines with times as numbers': lineLog(EVENTS).replaceAll(/"(time|start_time)":"(\d+)"/g, '"$1":$2'),
  'lines, some of which hold two events': `${HEAD}${EVENTS[0]},\n${EVENTS[1]},${EVENTS[2]},\n${EVENTS[3]},{"phase":0,"source":{"id":1,"type":0},"time":"3","type":4},\n${EVENTS[4]}]}`,
  'lines first, and then pretty-printed events': `${HEAD}${EVENTS.slice(0, 3).join(',\n')},\n${EVENTS.slice(3).map((event) => JSON.stringify(JSON.parse(event), undefined, 2)).join(',\n')}\n]\n}`,
  'pretty-printed events between lines': `${HEAD}${EVENTS.map((event, i) => (i % 2 ? JSON.stringify(JSON.parse(event), undefined, 1) : event)).join(',\n')}]}`,
  'pretty-printed': JSON.stringify(compact, undefined, 2),
  'pretty-printed with CR LF': JSON.stringify(compact, undefined, 2).replaceAll('\n', '\r\n'),
  'on one line': JSON.stringify(compact),
  'on one line after a byte order mark': `\u{FEFF}${JSON.stringify(compact)}`,
  'with user comments first': `{"userComments": "slow }, \\"events\\": [", ${lineLog().slice(1)}`,
  'with user comments on a line of their own': `{"userComments": "slow",\n${lineLog().slice(1)}`,
};

describe('reading a log', () => {
  it.each(Object.entries(LAYOUTS))('gives the events of a log %s', async (_, text) => {
    const { events, end, summary, codes } = await read(text);
    expect(events).toEqual(expectedEvents(text));
    expect(codes).toEqual(events.some(({ time }, i) => time < (events[i - 1]?.time ?? 0)) ? ['time-backwards'] : []);
    const otherKeys = Object.keys(JSON.parse(text.replace(/^\u{FEFF}/u, '')) as object).filter((key) => key !== 'constants' && key !== 'events');
    expect(end).toEqual({ complete: true, diagnostics: summary.diagnostics, ...(otherKeys.length > 0 && { otherKeys }) });
    expect(summary).toMatchObject({ events: events.length, logBytes: new TextEncoder().encode(text).length });
  });

  it.each(Object.entries(LAYOUTS))('does so wherever its bytes are split, %s', async (_, text) => {
    const expected = expectedEvents(text);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 }), async (chunkSizes) => {
        const { events, summary } = await read(text, { chunkSizes });
        expect(events).toEqual(expected);
        expect(summary.complete).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it.each(Object.entries(LAYOUTS))('leaves out the params that the sink does not read, %s', async (_, text) => {
    const paramsOf = new Set(['DNS_TRANSACTION']);
    expect((await read(text, { paramsOf })).events).toEqual(expectedEvents(text, paramsOf));
    expect((await read(text, { paramsOf: new Set() })).events).toEqual(expectedEvents(text, new Set()));
  });

  it.each(Object.entries(LAYOUTS))('passes the events that the sink does not take, in their places, %s', async (_, text) => {
    const all = expectedEvents(text);
    const seen: object[] = [];
    const sink: EventSink = {
      passing: {
        taken: new Set(['DNS_TRANSACTION']),
        pass: (time, id, startTime) => void seen.push({ time, id, startTime }),
      },
      start: () => undefined,
      event: (event) => void seen.push(event),
      end: () => undefined,
    };
    await readNetLog(chunksOf(new TextEncoder().encode(text)), sink);
    const passed = ({ time, source }: NetLogEvent): object => ({ time, id: source.id, startTime: source.startTime });
    expect(seen).toEqual(all.map((event) => (event.type === 'DNS_TRANSACTION' ? event : passed(event))));
    expect(all.map(({ type }) => type === 'DNS_TRANSACTION')).toEqual(expect.arrayContaining([true, false]));
  });

  it('starts the sink once with the constants', async () => {
    const { constants } = await read(lineLog());
    expect(constants?.eventTypes.get(4)).toBe('DNS_TRANSACTION');
    expect(constants?.tickOffset).toBe(CONSTANTS.timeTickOffset);
  });

  it('tells of a log without events', async () => {
    for (const text of [lineLog([]), `${HEAD}]}`, JSON.stringify({ constants: CONSTANTS, events: [] }), JSON.stringify({ constants: CONSTANTS })]) {
      const { events, codes, summary } = await read(text);
      expect(events).toEqual([]);
      expect(codes).toEqual(['no-events']);
      expect(summary.complete).toBe(true);
    }
  });

  it('delivers and counts events with numbers that the constants do not name', async () => {
    const odd = [
      '{"phase":0,"source":{"id":1,"start_time":"1","type":0},"time":"1","type":999}',
      '{"phase":0,"source":{"id":1,"start_time":"1","type":55},"time":"1","type":4}',
      '{"phase":9,"source":{"id":1,"start_time":"1","type":0},"time":"1","type":4}',
      '{"source":{"id":1,"type":0},"time":"1","type":4}',
    ];
    for (const text of [lineLog(odd), JSON.stringify(JSON.parse(lineLog(odd)))]) {
      const { events, summary } = await read(text);
      expect(events.map(({ type, loggedType, phase, source }) => [type, loggedType, phase, source.type])).toEqual([
        ['UNKNOWN_EVENT_TYPE_999', 'UNKNOWN_EVENT_TYPE_999', 'NONE', 'NONE'],
        ['DNS_TRANSACTION', 'DNS_TRANSACTION', 'NONE', 'UNKNOWN_SOURCE_TYPE_55'],
        ['DNS_TRANSACTION', 'DNS_TRANSACTION', 'NONE', 'NONE'],
        ['DNS_TRANSACTION', 'DNS_TRANSACTION', 'NONE', 'NONE'],
      ]);
      expect(summary.diagnostics).toMatchObject([
        { code: 'unknown-event-type', severity: 'info', count: 1, eventIndex: 0 },
        { code: 'unknown-source-type', severity: 'info', count: 1, eventIndex: 1 },
        { code: 'unknown-phase', severity: 'info', count: 2, eventIndex: 2 },
      ]);
    }
  });

  it('counts the places where time runs backwards', async () => {
    const at = (time: number): string => `{"phase":0,"source":{"id":1,"start_time":"1","type":0},"time":"${time}","type":4}`;
    const { summary, events } = await read(lineLog([at(5), at(4), at(4), at(9), at(8)]));
    expect(summary.diagnostics).toMatchObject([{ code: 'time-backwards', severity: 'info', count: 2, eventIndex: 1 }]);
    expect(events.map(({ time }) => time)).toEqual([5, 4, 4, 9, 8]);
  });

  it('counts what the producer of the chunks found wrong as incomplete', async () => {
    const diagnostic = { code: 'damaged-compression', severity: 'warning', message: 'cut' } as const;
    const { summary } = await read(lineLog(), { sourceDiagnostics: () => [diagnostic] });
    expect(summary).toMatchObject({ complete: false, diagnostics: [diagnostic] });
  });
});
