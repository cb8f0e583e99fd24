/** Logs damaged in the middle: what is no event is skipped and counted, the rest is read. */
import { describe, expect, it } from 'vitest';
import { EVENTS, HEAD, expectedEvents, lineLog, read } from './reading.ts';

const [first, second, third, ...others] = EVENTS as [string, string, string, ...string[]];

/** Lines put between the second and the third event, and how many places are skipped for them. */
const GARBAGE: Record<string, [lines: string, skipped: number]> = {
  'a line of garbage': ['hello, world', 1],
  'several lines of garbage': ['hello\nworld }\n"""', 3],
  'a line of NULs': ['\0'.repeat(100), 1],
  'NULs in front of an event': [`\0\0${first},`, 1],
  'half an event, cut in a string': [second.slice(0, 20), 1],
  'half an event, cut in its params': [third.slice(0, 11), 1],
  'half an event, cut before a comma': [first.slice(0, first.indexOf(',"time"')), 1],
  'half an event, cut after a comma': [first.slice(0, first.indexOf('"time"')), 1],
  'the second half of an event': [third.slice(20), 1],
  'an opening brace': ['{', 1],
  'closing braces': ['}}', 1],
  'a list': ['[1,2],', 1],
  'a number, a string, a word and null': ['1,\n"x",\nnull,\ntrue,', 4],
  'part of a word': ['tru', 1],
  'an event without time': ['{"phase":0,"source":{"id":1,"type":0},"type":3},', 1],
  'an event with a time that is no number': ['{"phase":0,"source":{"id":1,"type":0},"time":"soon","type":3},', 1],
  'an event without source': ['{"phase":0,"time":"1","type":3},', 1],
  'an event with a type that is no integer': ['{"phase":0,"source":{"id":1,"type":0},"time":"1","type":3.5},', 1],
  'an event with needless zeros': ['{"phase":0,"source":{"id":1,"start_time":"1","type":0},"time":"1","type":03},', 1],
  'an event with broken params': ['{"params":{"a":},"phase":0,"source":{"id":1,"start_time":"1","type":0},"time":"1","type":3},', 1],
};

describe('a log of lines with damage in the middle', () => {
  it.each(Object.entries(GARBAGE))('skips %s', async (_, [lines, count]) => {
    const text = `${HEAD}${first},\n${second},\n${lines}\n${[third, ...others].join(',\n')}]}\n`;
    const { events, summary } = await read(text);
    expect(events).toEqual(expectedEvents(lineLog()));
    const at = new TextEncoder().encode(text.slice(0, text.indexOf(lines, HEAD.length + first.length + second.length))).length;
    expect(summary).toMatchObject({
      complete: true,
      diagnostics: [{ code: 'malformed-event', severity: 'warning', count, byteOffset: at, eventIndex: 2 }],
    });
  });

  it.each(Object.entries(GARBAGE))('skips %s before the end of the log', async (_, [lines, count]) => {
    const { events, summary } = await read(`${HEAD}${EVENTS.join(',\n')},\n${lines}\n],\n"polledData": []\n}\n`);
    expect(events).toEqual(expectedEvents(lineLog()));
    expect(summary).toMatchObject({ complete: true, diagnostics: [{ code: 'malformed-event', count }] });
  });

  it('reads the first of two events glued together, and skips the other', async () => {
    for (const paramsOf of [new Set<string>(), new Set(['HOST_RESOLVER_MANAGER_JOB'])]) {
      const { events, summary } = await read(`${HEAD}${first},\n${second}${third},\n${others.join(',\n')}]}\n`, { paramsOf });
      const expected = expectedEvents(lineLog(EVENTS.filter((event) => event !== third)), paramsOf);
      expect(events).toEqual(expected);
      expect(summary).toMatchObject({ complete: true, diagnostics: [{ code: 'malformed-event', count: 1, eventIndex: 2 }] });
    }
  });

  it('goes on when a pretty-printed event is broken off', async () => {
    const broken = JSON.stringify(JSON.parse(second), undefined, 2).split('\n').slice(0, 4).join('\n');
    const { events, summary } = await read(`${HEAD}${first},\n${broken}\n${[third, ...others].join(',\n')}]}\n`);
    expect(events).toEqual(expectedEvents(lineLog(EVENTS.filter((event) => event !== second))));
    expect(summary).toMatchObject({ complete: true, diagnostics: [{ code: 'malformed-event', count: 1, eventIndex: 1 }] });
  });

  it('reads on where commas are missing', async () => {
    const { events, codes } = await read(`${HEAD}${EVENTS.join('\n')}\n]}`);
    expect(events).toEqual(expectedEvents(lineLog()));
    expect(codes).toEqual([]);
  });

  it('says that something follows the end of the log', async () => {
    for (const more of ['\0\0\0\0', lineLog(), 'x']) {
      const { events, summary } = await read(lineLog() + more);
      expect(events).toEqual(expectedEvents(lineLog()));
      expect(summary).toMatchObject({ complete: true, diagnostics: [{ code: 'trailing-data', severity: 'info' }] });
    }
  });

  it('has all events of a log that is broken after them', async () => {
    const { events, summary } = await read(lineLog(EVENTS, ',\n"polledData": [\n{"a":nonsense,"and":"more of it"}]\n'));
    expect(events).toEqual(expectedEvents(lineLog()));
    expect(summary).toMatchObject({ complete: false, diagnostics: [{ code: 'broken-json', severity: 'warning' }] });
  });
});

describe('a log of another layout with damage in the middle', () => {
  it('gives the events before the damage and says where it is', async () => {
    const text = JSON.stringify(JSON.parse(lineLog()), undefined, 2);
    const at = text.indexOf('"params"', text.indexOf('AA=='));
    const { events, summary } = await read(`${text.slice(0, at)}#${text.slice(at)}`);
    expect(events).toEqual(expectedEvents(text).slice(0, 3));
    const [diagnostic] = summary.diagnostics;
    expect(diagnostic).toMatchObject({ code: 'broken-json', severity: 'error', eventIndex: 3 });
    const bytes = new TextEncoder().encode(text.slice(0, at)).length;
    expect(Math.abs(diagnostic!.byteOffset! - bytes)).toBeLessThan(40);
    expect(summary.complete).toBe(false);
  });

  it('skips items that are not events', async () => {
    const log = JSON.parse(lineLog()) as { constants: unknown; events: unknown[] };
    const text = JSON.stringify({ ...log, events: [...log.events.slice(0, 2), null, 7, 'x', [], {}, ...log.events.slice(2)] });
    const { events, summary } = await read(text);
    expect(events).toEqual(expectedEvents(lineLog()));
    expect(summary).toMatchObject({ complete: true, diagnostics: [{ code: 'malformed-event', count: 5, eventIndex: 2 }] });
  });
});
