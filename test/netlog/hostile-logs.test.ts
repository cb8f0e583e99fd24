/** Logs made to do harm: they cost bounded memory and leave no trace outside their own events. */
import { describe, expect, it } from 'vitest';
import { CONSTANTS, EVENTS, HEAD, expectedEvents, lineLog, read } from './reading.ts';

const HOSTILE =
  '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}},"toString":"x","hasOwnProperty":3,"a":1,"a":2,"b":{"__proto__":null,"__proto__":[4]}}';
const hostileEvent = `{"params":${HOSTILE},"phase":0,"source":{"id":1,"start_time":"1","type":0},"time":"1","type":4}`;

const head = JSON.stringify({ constants: CONSTANTS }).slice(0, -1);
const anyLayout = (events: readonly string[]): string => `${head},"events":[${events.join(',')}]}`;

describe.each([
  ['lines', lineLog],
  ['another layout', anyLayout],
])('a hostile log of %s', (_, log) => {
  it('has keys with a meaning in JavaScript as plain keys', async () => {
    const { events } = await read(log([hostileEvent]));
    const params = events[0]?.params as Record<string, unknown>;
    expect(Object.getPrototypeOf(params)).toBe(Object.prototype);
    expect(Object.entries(params)).toEqual(Object.entries(JSON.parse(HOSTILE) as object));
    expect(Object.getOwnPropertyDescriptor(params['b'], '__proto__')?.value).toEqual([4]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('has the last of equal keys', async () => {
    const twice = '{"time":"1","params":{"x":1},"phase":1,"source":{"id":1,"id":2,"type":0},"type":3,"time":"7","phase":2,"params":{"y":1},"type":4}';
    const { events } = await read(log([twice]));
    expect(events).toEqual(expectedEvents(log([twice])));
    expect(events).toMatchObject([{ time: 7, loggedType: 'DNS_TRANSACTION', phase: 'END', source: { id: 2 }, params: { y: 1 } }]);
  });

  it('reads an event within the params of another as what it is', async () => {
    const nested = `{"params":{"inner":${EVENTS[1]!},"x":[{}]},"phase":0,"source":{"id":1,"start_time":"1","type":0},"time":"1","type":4}`;
    for (const paramsOf of [new Set(['DNS_TRANSACTION']), new Set<string>()]) {
      const { events } = await read(log([nested]), { paramsOf });
      expect(events).toEqual(expectedEvents(log([nested]), paramsOf));
    }
  });

  it('skips an event longer than the bound, and no other', async () => {
    const long = EVENTS[2]!.replace('AA==', 'A'.repeat(5000));
    const text = log([...EVENTS.slice(0, 2), long, long, ...EVENTS.slice(3)]);
    for (const chunkSizes of [[text.length], [1000], [7]]) {
      const { events, summary } = await read(text, { longestEvent: 4000, chunkSizes });
      expect(events).toEqual(expectedEvents(lineLog(EVENTS.toSpliced(2, 1))));
      expect(summary).toMatchObject({ complete: true, diagnostics: [{ code: 'value-too-long', severity: 'warning', count: 2, eventIndex: 2 }] });
    }
  });

  it('is cut off if it ends in an event longer than the bound', async () => {
    const { events, codes } = await read(log([...EVENTS.slice(0, 2), `{"params":{"x":"${'A'.repeat(9000)}`]).slice(0, -4), { longestEvent: 4000, chunkSizes: [500] });
    expect(events).toHaveLength(2);
    expect(codes[0]).toBe('truncated');
  });

  it('gives up on brackets without end, and keeps the events before', async () => {
    const { events, summary } = await read(log([...EVENTS, '['.repeat(50_000)]).slice(0, -3));
    expect(events).toHaveLength(EVENTS.length);
    expect(summary.complete).toBe(false);
  });

  it('takes numbers beyond all measure as JSON.parse does', async () => {
    const odd = '{"params":{"big":123456789012345678901234567890,"huge":1e999,"zero":-0},"phase":0,"source":{"id":900719925474099,"start_time":"1234567890123456","type":0},"time":"99999999999999999999","type":4}';
    expect((await read(log([odd]))).events).toEqual(expectedEvents(log([odd])));
  });

  it('reads bytes that are not UTF-8 as replacement characters', async () => {
    const text = log([EVENTS[0]!, EVENTS[2]!.replace('AA==', 'A###B')]);
    const bytes = new TextEncoder().encode(text);
    bytes.set([0xff, 0xe2, 0x82], new TextEncoder().encode(text.slice(0, text.indexOf('###'))).length);
    const { events, summary } = await read(bytes, { chunkSizes: [13] });
    expect(events[1]?.params).toEqual({ bytes: 'A\u{FFFD}\u{FFFD}B' });
    expect(summary.complete).toBe(true);
  });
});

it('gives up on a key that does not end', async () => {
  const pretty = JSON.stringify(JSON.parse(anyLayout(EVENTS)), undefined, 1).replace(/\s*\]\s*\}$/, '');
  const { events, codes } = await read(`${pretty},{"${'k'.repeat(20_000)}`, { longestEvent: 4000, chunkSizes: [1000] });
  expect(events).toHaveLength(EVENTS.length);
  expect(codes).toEqual(['broken-json']);
});

it('reads lines that no one would write, line by line or not at all', async () => {
  const { events } = await read(`${HEAD}${EVENTS[0]},\n]garbage\n${EVENTS.slice(1).join(',\n')}]}`);
  expect(events).toHaveLength(EVENTS.length);
});
