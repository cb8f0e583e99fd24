/** A redacted log looks as the log did: its blanks, lines and keys are where they were, and only strings differ. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { CONSTANTS, lineLog } from '../netlog/reading.ts';
import { redactLog, sample } from './redacting.ts';

type Log = { readonly constants: object; readonly events: readonly object[]; readonly polledData?: unknown };

/** As other tools write what a browser has logged. */
const LAYOUTS: Readonly<Record<string, (log: Log) => string>> = {
  'an event per line': ({ constants, events }) => `{"constants":${JSON.stringify(constants)},\n"events": [\n${events.map((event) => JSON.stringify(event)).join(',\n')}]}\n`,
  'one line': (log) => JSON.stringify(log),
  'pretty-printed': (log) => `${JSON.stringify(log, undefined, 2)}\n`,
  'pretty-printed with tabs': (log) => JSON.stringify(log, undefined, '\t'),
  'with a blank after each comma and colon': (log) => JSON.stringify(log, undefined, 1).replaceAll(/\n */g, ' '),
  'with CR LF': (log) => JSON.stringify(log, undefined, 2).replaceAll('\n', '\r\n'),
};

const event = (params: unknown): object => ({ time: '1', type: 4, source: { type: 0, id: 1 }, phase: 0, params });
const secret = { z: 1, url: 'https://u:p@a.test/?token=hunter2', headers: ['cookie: hunter2', 'accept: */*'], 1: { b: '<x>', a: [null, true, 1.5e3] } };

/** The text with what is in its strings taken out. */
const bare = (text: string): string => text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');

describe.each(Object.entries(LAYOUTS))('a log in this layout keeps it: %s', (_, layOut) => {
  it('whatever its events hold, and however its text arrives', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), { maxLength: 5 }), fc.integer({ min: 1, max: 50 }), (params, chunkSize) => {
        const log = { constants: CONSTANTS, events: [...params, secret].map(event) };
        const text = layOut(log);
        const { text: redacted } = redactLog(text, undefined, chunkSize);
        expect(bare(redacted)).toBe(bare(text));
        expect(JSON.parse(redacted)).toEqual(JSON.parse(redactLog(LAYOUTS['one line']!(log)).text));
        expect(redacted).not.toContain('hunter2');
      }),
      { numRuns: 60 },
    );
  });

  it('and a cut one stays cut at the same event', () => {
    const text = layOut({ constants: CONSTANTS, events: [event(secret), event({}), event(secret)] });
    const cut = text.slice(0, text.lastIndexOf('hunter2'));
    const { text: redacted } = redactLog(cut);
    const whole = redactLog(text).text;
    expect(whole.startsWith(redacted.trimEnd())).toBe(true);
    expect(redacted.match(/"phase"/g)).toHaveLength(2);
    expect(() => JSON.parse(redacted) as unknown).toThrow(/JSON|end/);
  });

  it('though the first item of its list is no event', () => {
    const events = [event({ needed: [{ type: 'HTTPS' }, { type: 'A' }] }), event({})];
    const { text } = redactLog(layOut({ constants: CONSTANTS, events: [false as unknown as object, {}, ...events] }));
    expect((JSON.parse(text) as Log).events).toEqual(events);
  });

  it('without the keys that nobody may see', () => {
    const log = { constants: CONSTANTS, events: [event({})], polledData: [{ secret: 'hunter2' }] };
    const { text, seen } = redactLog(layOut(log).replace('"constants"', '"userComments": "hunter2", "constants"'));
    const { polledData: _, ...kept } = log;
    expect(JSON.parse(text)).toEqual(kept);
    // The layout of an event per line has no place for them at its end.
    expect(seen.every((kind) => kind === 'other-keys')).toBe(true);
    expect(text).not.toContain('hunter2');
  });
});

test('a recording that holds nothing to take out comes out byte for byte', () => {
  const { text } = redactLog(sample('dual-hev3'));
  expect(redactLog(text).text).toBe(text);
  expect(text.split('\n').length).toBeGreaterThan(1000);
});

test('a key that occurs twice hides nothing', () => {
  const { text } = redactLog(lineLog(['{"params":{"cookie":"hunter2","cookie":""},"params":{"password":"hunter2"},"phase":0,"source":{"id":1,"type":0},"time":"1","type":0}']));
  expect(text).not.toContain('hunter2');
  expect(text.match(/"cookie"/g)).toHaveLength(2);
});

describe('an event of several lines in a log of lines keeps them, and loses what it should', () => {
  const start = '"phase":0,"source":{"id":1,"type":0},"time":"1","type":0';
  const good = `{${start}}`;

  test.each([
    ['a list of objects, an object a line', `{"params":{"list":[{"cookie":"SECRET"},\n{"b":[2]},\n{}]},${start}}`],
    ['broken after a comma in lists within lists', `{"params":{"list":[[{"a":1},\n{"cookie":"SECRET"}],\n[],\n{}]},${start}}`],
    ['broken after a colon', `{"params":\n{"cookie":"SECRET"},\n${start}}`],
    ['an object in it that lacks little to be an event', `{"params":{"list":[{},\n{"phase":0,"source":{"id":1},"cookie":"SECRET"}]},${start}}`],
    ['broken everywhere', `{\n"params":\n{\n"list":\n[\n{\n"cookie":"SECRET"}\n,\n{}\n]\n}\n,\n${start}\n}`],
  ])('%s', (_, event) => {
    for (const [lines, size] of [[[good, event, good], undefined], [[good, event], 1], [[good, event, event, good], 7]] as const) {
      const text = lineLog(lines);
      const { text: redacted } = redactLog(text.replaceAll('SECRET', 'hunter2'), undefined, size);
      expect(redacted).toBe(text.replaceAll('SECRET', '[7 bytes were stripped]'));
    }
  });
});

describe('of a damaged log of lines', () => {
  const good = '{"phase":0,"source":{"id":1,"type":0},"time":"1","type":0}';

  test.each([
    ['a line cut short', `${good},\n{"params":{"a":"hunter2,\n${good},\n${good}`],
    ['a line with a bracket too many', `${good},\n{"params":{"a":"hunter2"}}},\n${good},\n${good}`],
    ['a line of something else', `${good},\nhunter2 hunter2\n${good},\n${good}`],
    ['a line that is no event', `${good},\n{"hunter2":1},\n${good},\n${good}`],
    ['a line cut short in a list', `${good},\n{"params":{"a":[{"b":"hunter2"},\n${good},\n${good}`],
    ['a line cut short in a list, after a comma', `${good},\n{"params":{"a":[{"b":"hunter2"},{"c":1},\n{"d":2},\n${good},\n${good}`],
    ['a line cut short after a colon', `${good},\n{"params":{"a":"hunter2","b":\n${good},\n${good}`],
    ['a line with a comma too many', `${good},\n{"a":"hunter2",,},\n${good},\n${good}`],
  ])('the rest is kept, and valid: %s', (_, lines) => {
    const { text } = redactLog(lineLog([lines]));
    expect(text).toBe(lineLog([good, good, good]));
  });

  test('nothing of another log that begins in it is kept', () => {
    const { text } = redactLog(`${lineLog([good]).slice(0, -3)},\n{"params":{"cut\n${lineLog(['{"params":{"a":"hunter2"},"phase":0,"source":{"id":1,"type":0},"time":"1","type":0}'])}`);
    expect(text.match(/"phase":0/g)).toHaveLength(1);
    expect(text).not.toContain('hunter2');
  });
});
