/** What the writer writes is what Chromium writes, and what the reader reads back. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConstants } from '../../src/netlog/constants.ts';
import type { EventSink, LogConstants, NetLogEvent } from '../../src/netlog/event.ts';
import { readNetLog } from '../../src/netlog/read-netlog.ts';
import { writeNetLog } from '../../src/netlog/write-netlog.ts';
import { CONSTANTS, EVENTS, HEAD, type Reading, chunksOf, lineLog, read } from './reading.ts';

const SAMPLES = join(import.meta.dirname, '../../samples');
const names = readdirSync(SAMPLES).filter((name) => existsSync(join(SAMPLES, name, 'netlog.json.gz')));

/** Reads a log straight into a writer. */
async function rewritten(log: string | Uint8Array, polledData?: unknown): Promise<string> {
  const bytes = typeof log === 'string' ? new TextEncoder().encode(log) : log;
  return written((sink) => readNetLog(chunksOf(bytes), sink), polledData);
}

async function written(produce: (sink: EventSink) => unknown, polledData?: unknown): Promise<string> {
  let text = '';
  const writer = writeNetLog((chunk) => void (text += chunk));
  await produce(polledData === undefined ? writer : { ...writer, end: (end) => writer.end({ ...end, polledData }) });
  return text;
}

const readable = ({ constants, events, end }: Reading) => ({ constants, events, complete: end?.complete });

describe.each(names)('the recording %s', (name) => {
  const bytes = gunzipSync(readFileSync(join(SAMPLES, name, 'netlog.json.gz')));

  it('reads the same once it is written again', async () => {
    expect(readable(await read(await rewritten(bytes)))).toEqual(readable(await read(bytes)));
  });

  it('is written as Chromium wrote it, byte for byte', async () => {
    const recorded = bytes.toString();
    // No reader hands on the polled data; and it has a 1.0, which JavaScript cannot tell from 1.
    const polled = recorded.indexOf(',\n"polledData": ');
    const expected = polled < 0 ? recorded : `${recorded.slice(0, polled)}}\n`;
    expect((await rewritten(bytes)).split('\n')).toEqual(expected.split('\n'));
  });
});

describe('a written log', () => {
  const [first] = EVENTS;

  it('has the constants, each event and the polled data on lines of their own', async () => {
    const polledData = [{ quicInfo: {}, altSvcMappings: [] }];
    expect(await rewritten(lineLog(EVENTS), polledData)).toBe(
      [
        `{"constants":${JSON.stringify(CONSTANTS)},`,
        '"events": [',
        '{"phase":1,"source":{"id":7,"start_time":"100","type":7},"time":"100","type":3},',
        '{"params":{"host":"bücher.example","note":"日本 😀"},"phase":0,"source":{"id":7,"start_time":"100","type":7},"time":"101","type":3},',
        '{"params":{"bytes":"AA=="},"phase":0,"source":{"id":-2147483646,"start_time":"90","type":0},"time":"101","type":12},',
        String.raw`{"params":{"list":[1,-2500,true,null,{"a":[]}],"text":"quote \" brace } end \\"},"phase":1,"source":{"id":9,"start_time":"102","type":2},"time":"102","type":4},`,
        '{"params":{},"phase":2,"source":{"id":9,"start_time":"102","type":2},"time":"105","type":4},',
        '{"phase":2,"source":{"id":7,"start_time":"100","type":7},"time":"106","type":3}],',
        '"polledData": [{"altSvcMappings":[],"quicInfo":{}}]',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('sorts the keys of params, leaves out what is undefined, and holds no tags', async () => {
    const event = eventOf({ params: { b: { 10: 'ten', 9: 'nine' }, a: ['</script>', undefined], c: undefined } });
    const text = await written((sink) => produce(sink, [event]));
    expect(text).toContain(String.raw`{"params":{"a":["\u003C/script>",null],"b":{"10":"ten","9":"nine"}},"phase":0,`);
  });

  it('is left unclosed if its events were cut off', async () => {
    const cut = await rewritten(`${HEAD}${first},\n{"phase":1,"sou`);
    expect(cut).toBe(`${HEAD}${first},\n`);
    expect((await read(cut)).summary.complete).toBe(false);
  });

  it('may hold no events', async () => {
    expect(await rewritten(lineLog([]))).toBe(`${HEAD}]}\n`);
  });

  it('goes out in pieces, each long but the last', () => {
    const sizes: number[] = [];
    produce(writeNetLog((text) => void sizes.push(text.length)), Array<NetLogEvent>(5000).fill(eventOf({})));
    expect(sizes.length).toBeGreaterThan(3);
    expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThanOrEqual(65_536);
    expect(Math.max(...sizes)).toBeLessThan(70_000);
  });

  it('keeps the numbers of types and phases that its constants do not name', async () => {
    const odd = '{"phase":9,"source":{"id":7,"type":-55},"time":"100","type":999}';
    const log = `{"constants":${JSON.stringify({ ...CONSTANTS, logEventPhase: { PHASE_BEGIN: 1 } })},\n"events": [\n${odd},\n${first}]}\n`;
    const again = await read(await rewritten(log));
    expect(readable(again)).toEqual(readable(await read(log)));
    expect(again.codes).toEqual((await read(log)).codes);
  });

  it('keeps events of renamed types and sources', async () => {
    const constants = { logEventTypes: { HOST_RESOLVER_IMPL_REQUEST: 8 }, logSourceType: { CONNECT_JOB: 3, TRANSPORT_CONNECT_JOB: 4, SPDY_SESSION: 5 } };
    const lines = [3, 4, 5].map((type) => `{"phase":0,"source":{"id":${type},"type":${type}},"time":"1","type":8}`);
    const log = `{"constants":${JSON.stringify(constants)},\n"events": [\n${lines.join(',\n')}]}\n`;
    expect(readable(await read(await rewritten(log)))).toEqual(readable(await read(log)));
  });
});

describe('a writer throws', () => {
  it.each([
    ['an event type', { loggedType: 'NEVER_HEARD_OF' }, 'event type NEVER_HEARD_OF'],
    ['a source type', { source: { id: 1, type: 'NOWHERE' } }, 'source type NOWHERE'],
    ['a phase', { phase: 'MIDDLE' as 'BEGIN' }, 'phase MIDDLE'],
  ])('for %s that the constants do not name', (_, oddity, message) => {
    expect(() => produce(writeNetLog(() => {}), [eventOf(oddity)])).toThrow(message);
  });

  it('for an event before the constants', () => {
    expect(() => writeNetLog(() => {}).event(eventOf({}))).toThrow('before the constants');
  });
});

function eventOf(parts: Partial<NetLogEvent>): NetLogEvent {
  return { index: 0, time: 5, type: 'REQUEST_ALIVE', loggedType: 'REQUEST_ALIVE', phase: 'NONE', source: { id: 1, type: 'NONE', startTime: 5 }, ...parts };
}

function produce(sink: EventSink, events: readonly NetLogEvent[], constants: LogConstants = readConstants(CONSTANTS)): void {
  sink.start(constants);
  for (const event of events) sink.event(event);
  sink.end({ complete: true, diagnostics: [] });
}

/** Events of any shape, with the names of `CONSTANTS`. */
const anyEvent = fc.record(
  {
    time: fc.nat(),
    type: fc.constantFrom('DNS_TRANSACTION', 'REQUEST_ALIVE', 'SOCKET_BYTES_SENT'),
    phase: fc.constantFrom('NONE' as const, 'BEGIN' as const, 'END' as const),
    source: fc.record(
      { id: fc.integer(), type: fc.constantFrom('DNS_TRANSACTION', 'HOST_RESOLVER_IMPL_JOB', 'NONE'), startTime: fc.nat() },
      { requiredKeys: ['id', 'type'] },
    ),
    // By way of JSON, which has no -0.
    params: fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()).map((params) => JSON.parse(JSON.stringify(params)) as Record<string, unknown>),
  },
  { requiredKeys: ['time', 'type', 'phase', 'source'] },
);

describe('any events', () => {
  it('read as they were written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEvent, { minLength: 1 }), fc.boolean(), fc.option(fc.jsonValue(), { nil: undefined }), async (some, complete, polledData) => {
        const events = some.map((event, index): NetLogEvent => ({ index, loggedType: event.type, ...event }));
        const constants = readConstants(CONSTANTS);
        const text = await written((sink) => {
          sink.start(constants);
          for (const event of events) sink.event(event);
          sink.end({ complete, diagnostics: [] });
        }, polledData);
        expect(readable(await read(text))).toEqual({ constants, events, complete });
        expect(await rewritten(text, polledData)).toBe(text);
      }),
    );
  });
});
