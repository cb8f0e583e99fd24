/**
 * A log cut off at any byte (inside a key, a string, an escape, a character of several bytes, a
 * number, between lines, after the events) gives exactly the events that were whole.
 */
import { describe, expect, it } from 'vitest';
import { NetLogError } from '../../src/netlog/errors.ts';
import { CONSTANTS, EVENTS, HEAD, expectedEvents, lineLog, read } from './reading.ts';

const encoder = new TextEncoder();
const bytesOf = (text: string): number => encoder.encode(text).length;

const POLLED_DATA = ',\n"polledData": [{"events":["\\"}],"]}]\n';

const LAYOUTS: Record<string, { text: string; events: readonly string[] }> = {
  "Chromium's lines": { text: lineLog(EVENTS, POLLED_DATA), events: EVENTS },
  'lines with CR LF': { text: lineLog(EVENTS, POLLED_DATA).replaceAll('\n', '\r\n'), events: EVENTS },
  'one line': { text: `${HEAD}${EVENTS.join(',')}]${POLLED_DATA}}`.replaceAll('\n', ''), events: EVENTS },
  'pretty-printed': pretty(),
};

/** In a pretty-printed log, an event is found by its own pretty-printed text. */
function pretty(): { text: string; events: readonly string[] } {
  const text = JSON.stringify(JSON.parse(lineLog(EVENTS, POLLED_DATA)), undefined, 2);
  const events = EVENTS.map((event) => JSON.stringify(JSON.parse(event), undefined, 2).replaceAll('\n', '\n    '));
  return { text, events };
}

/** Where each event ends, in bytes. */
function endsOf({ text, events }: { text: string; events: readonly string[] }): number[] {
  let at = 0;
  return events.map((event) => {
    at = text.indexOf(event, at) + event.length;
    return bytesOf(text.slice(0, at));
  });
}

describe.each(Object.entries(LAYOUTS))('a log of %s, cut at every byte', (_, log) => {
  const bytes = encoder.encode(log.text);
  const ends = endsOf(log);
  const whole = expectedEvents(log.text);
  const space = log.text.includes('\n    ') ? ' ' : '';
  const headEnd = bytesOf(log.text.slice(0, log.text.indexOf(`"events":${space}`)));
  const closedAt = bytesOf(log.text.trimEnd());

  it('gives each whole event and no other', async () => {
    for (let cut = headEnd; cut < bytes.length; cut++) {
      const count = ends.filter((end) => end <= cut).length;
      const { events, summary, codes } = await read(bytes.subarray(0, cut), { chunkSizes: [1 + (cut % 97)] });
      expect(events, `cut at ${cut}`).toEqual(whole.slice(0, count));
      expect(codes, `cut at ${cut}`).toEqual([...(cut < closedAt ? ['truncated'] : []), ...(count === 0 ? ['no-events'] : [])]);
      expect(summary.complete).toBe(cut >= closedAt);
    }
  });

  it('says where the last whole event ends', async () => {
    for (let cut = ends[0]!; cut < closedAt; cut++) {
      const count = ends.filter((end) => end <= cut).length;
      const { summary } = await read(bytes.subarray(0, cut));
      expect(summary.diagnostics[0], `cut at ${cut}`).toMatchObject({ severity: 'warning', byteOffset: ends[count - 1], eventIndex: count });
    }
  });

  it('is refused when cut before its constants are whole', async () => {
    const constantsEnd = bytesOf(log.text.slice(0, log.text.indexOf(`"timeTickOffset":`)));
    for (let cut = 0; cut <= constantsEnd; cut++) {
      const code = cut === 0 ? 'empty' : 'cut-in-header';
      await expect(read(bytes.subarray(0, cut)), `cut at ${cut}`).rejects.toMatchObject({ name: 'NetLogError', code });
    }
  });
});

describe('what is said about a cut', () => {
  const message = async (text: string): Promise<string | undefined> => (await read(text)).summary.diagnostics[0]?.message;
  const two = `${HEAD}${EVENTS[0]},\n${EVENTS[2]},\n`;

  it('tells the places where it can be', async () => {
    expect(await message(two)).toBe(
      `The log is cut off among its events: 2 whole events read, up to byte ${two.length - 2}; the 2 bytes after that hold none.`,
    );
    expect(await message(two + EVENTS[3]!.slice(0, 50))).toBe(
      `The log is cut off in the middle of an event: 2 whole events read, up to byte ${two.length - 2}; the 52 bytes after that hold none.`,
    );
    expect(await message(`${two.slice(0, -2)}],\n"polledData": [`)).toBe(
      'The log is cut off after its events, all of which were read: 2 whole events.',
    );
    expect(await message(HEAD)).toBe(`The log is cut off before its first event is whole, at byte ${HEAD.length}.`);
  });

  it('keeps a last event that lacks nothing but what comes after it', async () => {
    const { events, codes } = await read(HEAD + EVENTS[0]);
    expect(events).toHaveLength(1);
    expect(codes).toEqual(['truncated']);
  });

  it('is not confused by constants that are whole, but cut off right after', async () => {
    const { constants, codes } = await read(`{"constants":${JSON.stringify(CONSTANTS)}`);
    expect(constants?.eventTypes.size).toBe(4);
    expect(codes).toEqual(['truncated', 'no-events']);
    await expect(read('{"constants":{"logEventTypes"')).rejects.toThrow(NetLogError);
  });
});
