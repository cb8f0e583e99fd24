/** Logs of all kinds as text: odd events, each spelled in one way or another, in each layout that logs come in. */
import fc from 'fast-check';
import { CONSTANTS } from './reading.ts';

type JsonRecord = Record<string, unknown>;

/** Text that could be taken for the header of an event, or for the end of one. */
const MISLEADING = ['"},"phase":0,"source":{"id":1,"type":0},"time":"1","type":3},\n{', '}],', '"phase"', '\\"', '\\', '\u0000', '\n', ']}', '日本 😀', '\ud800'];

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...MISLEADING));
/** Without a backslash in front: once `JSON.parse` of Node 24 has met such a key, it takes other keys that are written with an escape for it. */
const key = text.filter((one) => !one.startsWith('\\'));
const params = fc.oneof(
  fc.dictionary(key, fc.jsonValue({ stringUnit: 'binary' })),
  fc.dictionary(fc.constantFrom('phase', 'source', 'time', 'type', 'params', '__proto__', 'bytes'), fc.oneof(text, fc.integer(), fc.constant({ id: 1, type: 2 }))),
);

const often = <T>(usual: fc.Arbitrary<T>, odd: readonly unknown[]): fc.Arbitrary<unknown> => fc.oneof({ arbitrary: usual, weight: 12 }, { arbitrary: fc.constantFrom(...odd), weight: 1 });

const ticks = often(fc.nat().map(String), [7, 7.5, -3, '7.5', '-3', '007', '', ' ', 'soon', null, '1234567890123456', '12345678901234567890', '1e3', ' 8 ']);
const source = often(
  fc.record(
    {
      id: often(fc.oneof(fc.nat(999), fc.integer({ min: -2_147_483_648, max: -2_147_483_600 })), ['7', 7.5, null, 9_007_199_254_740_992, -0]),
      start_time: ticks,
      type: often(fc.constantFrom(...Object.values(CONSTANTS.logSourceType)), [99, -1, '7', null]),
    },
    { requiredKeys: ['id', 'type'] },
  ),
  [undefined, null, [], 7],
);
const phase = often(fc.constantFrom(0, 1, 2), [3, -1, '1', null, undefined]);
const type = often(fc.constantFrom(...Object.values(CONSTANTS.logEventTypes)), [999, -1, 70_000, '3', 3.5, undefined]);

/** With its keys sorted, as Chromium has them. */
const chromiumEvent: fc.Arbitrary<JsonRecord> = fc.record({ params, phase, source, time: ticks, type }, { requiredKeys: ['phase', 'source', 'time', 'type'] });
const otherItem: fc.Arbitrary<unknown> = fc.oneof(
  fc.record({ time: ticks, type, phase, source, params, more: fc.jsonValue() }, { requiredKeys: [] }),
  fc.constantFrom<unknown>(null, 7, 'x', [], [[]], {}, true),
);

/** How one event is spelled; each gives the same value to `JSON.parse`. */
const SPELLINGS: readonly ((item: unknown) => string)[] = [
  (item) => JSON.stringify(item, undefined, 2),
  (item) => JSON.stringify(item).replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  (item) => JSON.stringify(item).replaceAll('"time"', String.raw`"\u0074im\u0065"`),
  (item) => JSON.stringify(item).replaceAll('/', String.raw`\/`).replace(/^\{/, '{ '),
  (item) => JSON.stringify(item).replace(/^\{(?=")/, '{"time":"99","params":{"first":1},"source":{"id":5,"type":2},'),
  (item) => JSON.stringify(item).replaceAll('":"', '" :\t"'),
];

const spelled: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: chromiumEvent.map((event) => JSON.stringify(event)), weight: 6 },
  { arbitrary: fc.tuple(fc.oneof(chromiumEvent, otherItem), fc.constantFrom(...SPELLINGS)).map(([item, spell]) => spell(item)), weight: 2 },
);

const constants = JSON.stringify(CONSTANTS);
const lines = (events: readonly string[], after = ''): string => `{"constants":${constants},\n"events": [\n${events.join(',\n')}]${after}}\n`;

/** An event's line, and the end of it, with another event behind. */
const GLUED = /(?<=\n)(\{"p.*,)\n(?=\{"p)/g;

/** Each gives the same log to `JSON.parse`, but for what is beside the constants and the events. */
export const LAYOUTS: Readonly<Record<string, (events: readonly string[]) => string>> = {
  lines: (events) => lines(events),
  'lines and polledData': (events) => lines(events, ',\n"polledData": [{"events":[{}]},"}],"]\n'),
  'lines that end with CR LF': (events) => lines(events).replaceAll('\n', '\r\n'),
  'lines after a byte order mark': (events) => `\u{FEFF}${lines(events)}`,
  'lines with blank lines and the comma in front': (events) => `{"constants":${constants},\n"events": [\n\n${events.join('\n ,')}\n]\n}`,
  'several events on a line': (events) => lines(events).replaceAll(GLUED, '$1'),
  'one line': (events) => lines(events).replaceAll(/\n\s*/g, ''),
  'pretty-printed': (events) => pretty(lines(events)),
  'constants behind other keys': (events) => `{"userComments":"\\"constants\\":{","more":{"constants":1,"events":[2]},\n${lines(events).slice(1)}`,
};

/** Equal keys become one, the last, in which all layouts agree. */
function pretty(log: string): string {
  return JSON.stringify(JSON.parse(log), undefined, 2);
}

/** The items of the list of events, each as text. */
export const generatedItems: fc.Arbitrary<readonly string[]> = fc.array(spelled, { minLength: 1, maxLength: 12 });
export const layouts = fc.constantFrom(...Object.keys(LAYOUTS));
export const chunkSizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 8 });
