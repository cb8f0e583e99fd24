/**
 * Three ways to the events of a log: the reader as it chooses its way itself, fast where the log is Chromium's; the
 * reader for any JSON, which stands on stream-json; and `JSON.parse`. All must give the same.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roleOfEvent, roleOfSource } from '../../src/netlog/event-names.ts';
import type { EventSink, NetLogEvent } from '../../src/netlog/event.ts';
import { type Reading, type Wishes, anyJsonWay, readAsAnyJson, readAsUsual, usualWay } from '../fuzz/read-both-ways.ts';
import { LAYOUTS, chunkSizes, generatedItems, layouts } from './generated-logs.ts';
import { type ParsedEvent, eventsOfParsed } from './oracle.ts';
import { CONSTANTS, EVENTS, lineLog } from './reading.ts';

const encoder = new TextEncoder();
/** As many generated logs of each kind; more of them find no more, and the fuzzer goes on from there. */
const RUNS = 200;

const TYPES = ['DNS_TRANSACTION', 'HOST_RESOLVER_MANAGER_JOB', 'REQUEST_ALIVE'];
/** Types whose params are asked for; undefined: all. */
const wantedTypes = fc.option(fc.subarray(TYPES), { nil: undefined });

async function bothWays(log: string | Uint8Array, sizes: readonly number[], wishes: Wishes = {}): Promise<readonly [usual: Reading, any: Reading]> {
  const bytes = typeof log === 'string' ? encoder.encode(log) : log;
  return [await readAsUsual(bytes, sizes, wishes), await readAsAnyJson(bytes, wishes)];
}

function eventsOf(reading: Reading): readonly NetLogEvent[] {
  if (reading.kind === 'refused') throw new Error(`Refused as ${reading.code}`);
  return reading.events;
}

/** A sink that takes some types of events, of some of them the first of each source, and notes what it gets. */
function takerOf(taken: readonly string[], once: readonly string[]) {
  const seen: { readonly time: number; readonly id: number; readonly startTime: number | undefined; readonly event?: NetLogEvent }[] = [];
  const sink: EventSink = {
    passing: {
      taken: new Set(taken),
      takenOnce: new Set(once),
      pass: (time, id, startTime) => void seen.push({ time, id, startTime }),
    },
    start: () => undefined,
    event: (event) => void seen.push({ time: event.time, id: event.source.id, startTime: event.source.startTime, event }),
    end: () => undefined,
  };
  return { sink, seen };
}

function parsedEvents(text: string, paramsOf?: ReadonlySet<string>): NetLogEvent[] {
  return eventsOfParsed(JSON.parse(text.replace(/^\u{FEFF}/u, ''))).map((event, index) => named(event, index, paramsOf));
}

/** With the names that the constants of these tests give to its numbers. */
function named({ time, type: number, phase, sourceId, sourceType, startTime, params }: ParsedEvent, index: number, paramsOf?: ReadonlySet<string>): NetLogEvent {
  const nameIn = (table: Readonly<Record<string, number>>, value: number): string | undefined => Object.keys(table).find((name) => table[name] === value);
  const loggedType = nameIn(CONSTANTS.logEventTypes, number) ?? `UNKNOWN_EVENT_TYPE_${number}`;
  const type = roleOfEvent(loggedType);
  return {
    index,
    time,
    type,
    loggedType,
    phase: typeof phase === 'number' ? ((['NONE', 'BEGIN', 'END'] as const)[phase] ?? 'NONE') : 'NONE',
    source: {
      id: sourceId,
      type: roleOfSource(nameIn(CONSTANTS.logSourceType, sourceType) ?? `UNKNOWN_SOURCE_TYPE_${sourceType}`),
      ...(startTime !== undefined && { startTime }),
    },
    ...(params !== undefined && (paramsOf?.has(type) ?? true) && { params }),
  };
}

describe('a generated log', () => {
  it.each(Object.entries(LAYOUTS))('gives the same events and diagnostics whichever way it is read: %s', async (_, layOut) => {
    await fc.assert(
      fc.asyncProperty(generatedItems, chunkSizes, wantedTypes, async (items, sizes, types) => {
        const text = layOut(items);
        const paramsOf = types && new Set(types);
        const [usual, any] = await bothWays(text, sizes, { paramsOf });
        expect(eventsOf(usual)).toEqual(parsedEvents(text, paramsOf));
        expect(any).toEqual(usual);
      }),
      { numRuns: RUNS },
    );
  });

  it('has the same events taken and passed over, whichever way it is read', async () => {
    await fc.assert(
      fc.asyncProperty(generatedItems, layouts, chunkSizes, fc.subarray(TYPES), fc.subarray(TYPES), async (items, layout, sizes, taken, once) => {
        const text = LAYOUTS[layout]!(items);
        const bytes = encoder.encode(text);
        const [usual, any] = [takerOf(taken, once), takerOf(taken, once)];
        expect(await anyJsonWay(bytes)(any.sink)).toEqual(await usualWay(bytes, sizes)(usual.sink));
        expect(any.seen).toEqual(usual.seen);
        const places = parsedEvents(text).map(({ time, source }) => [time, source.id, source.startTime]);
        expect(usual.seen.map(({ time, id, startTime }) => [time, id, startTime])).toEqual(places);
      }),
      { numRuns: 2 * RUNS },
    );
  });

  it('gives the same first events when it is cut at any byte', async () => {
    await fc.assert(
      fc.asyncProperty(generatedItems, layouts, chunkSizes, fc.double({ min: 0, max: 1, noNaN: true }), async (items, layout, sizes, part) => {
        const text = LAYOUTS[layout]!(items);
        const bytes = encoder.encode(text);
        const [usual, any] = await bothWays(bytes.subarray(0, Math.floor(part * bytes.length)), sizes);
        expect(any.kind).toBe(usual.kind);
        if (usual.kind === 'refused') return;
        expect(eventsOf(any)).toEqual(usual.events);
        expect(parsedEvents(text).slice(0, usual.events.length)).toEqual(usual.events);
      }),
      { numRuns: 2 * RUNS },
    );
  });
});

describe('a log that JSON.parse reads and we do not', () => {
  it.each([
    ['on one line', `{"events":[${EVENTS.join(',')}],"constants":${JSON.stringify(CONSTANTS)}}`],
    ['of lines', `{"events": [\n${EVENTS.join(',\n')}],\n"constants":${JSON.stringify(CONSTANTS)}}\n`],
  ])('is refused either way for constants that come late: %s', async (_, text) => {
    expect(parsedEvents(text)).toHaveLength(EVENTS.length);
    for (const reading of await bothWays(text, [100])) expect(reading).toEqual({ kind: 'refused', code: 'events-before-constants' });
  });
});

describe('a log that JSON.parse does not read', () => {
  it.each([
    ['a NUL', '\0'],
    ['a tab', '\t'],
    ['an escape character', '\u001b'],
  ])('has no event with %s as it is in a text, whichever way it is read', async (_, character) => {
    const [first, second, ...others] = EVENTS as [string, string, ...string[]];
    const text = lineLog([first, second.replace('日本', `日${character}本`), ...others]);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    const [usual, any] = await bothWays(text, [33]);
    expect(eventsOf(usual)).toEqual(parsedEvents(lineLog([first, ...others])));
    expect(eventsOf(any)).toEqual(parsedEvents(lineLog([first])));
  });

  it('has all its events if only the end is missing, whichever way it is read', async () => {
    const text = lineLog().slice(0, -3);
    const [usual, any] = await bothWays(text, [33]);
    expect(eventsOf(usual)).toEqual(parsedEvents(`${text}]}`));
    expect(any).toEqual(usual);
  });
});
