/** The fast reading of a line never says anything that `JSON.parse` would not say. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchFor } from '../../src/netlog/byte-search.ts';
import { asRawEvent } from '../../src/netlog/event-feed.ts';
import { EventLine } from '../../src/netlog/event-line.ts';
import { EVENTS } from './reading.ts';

const encoder = new TextEncoder();

/** What the line says, read the fast way; undefined if it is refused. */
function fields(text: string): object | undefined {
  const line = new EventLine(() => true);
  const bytes = encoder.encode(`,\n${text},\n`);
  if (!line.read(bytes, 2, bytes.length - 2)) return undefined;
  const { time, type, phase, sourceId, sourceType, startTime, params } = line;
  return { time, type, phase, sourceId, sourceType, startTime, params };
}

function parsed(text: string): object | undefined {
  try {
    return asRawEvent(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const ticks = fc.oneof(fc.nat(), fc.bigInt({ min: 0n, max: 10n ** 18n })).map(String);
const events = fc.record({
  params: fc.option(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), { nil: undefined }),
  phase: fc.integer({ min: -1, max: 4 }),
  source: fc.record({ id: fc.maxSafeInteger(), start_time: fc.option(ticks, { nil: undefined }), type: fc.nat(99) }),
  time: ticks,
  type: fc.nat(999),
});

describe('an event read from its line', () => {
  it('is what JSON.parse finds in it', () => {
    for (const event of EVENTS) expect(fields(event)).toEqual(parsed(event));
    const old = EVENTS[0]!.replace('"start_time":"100",', '');
    expect(fields(old)).toEqual(parsed(old));
  });

  it('is what JSON.parse finds in it, for events of all kinds', () => {
    fc.assert(
      fc.property(events, (event) => {
        const text = JSON.stringify(event);
        expect([undefined, parsed(text)]).toContainEqual(fields(text));
      }),
      { numRuns: 500 },
    );
  });

  it('is refused rather than read wrongly when characters are changed, lost or added', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EVENTS), fc.nat(300), fc.nat(3), fc.constantFrom('', '"', '}', '{', ',', '0', '-', '\\', ' ', 'x'), (event, at, lost, added) => {
        // Half a character is no text; written as bytes it would become another one.
        const text = (event.slice(0, at) + added + event.slice(at + lost)).replaceAll(/\p{Surrogate}/gu, '');
        const read = fields(text);
        if (read !== undefined) expect(read).toEqual(parsed(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('is refused if its numbers are not written as JSON has them', () => {
    for (const number of ['01', '-0', '1.0', '1e3', '+1', '-', '']) {
      expect(fields(EVENTS[0]!.replace('"id":7', `"id":${number}`))).toBeUndefined();
    }
  });
});

it('finds bytes among bytes wherever indexOf does', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 40 });
  fc.assert(
    fc.property(text, fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 }), fc.nat(10), (hay, needle, from) => {
      const found = searchFor(encoder.encode(needle))(encoder.encode(hay), from, hay.length);
      expect(found).toBe(hay.slice(from).includes(needle));
    }),
  );
});
