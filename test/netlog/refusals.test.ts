/** What is not a NetLog is refused with one clear line that names it and says what to do. */
import { describe, expect, it } from 'vitest';
import { NetLogError } from '../../src/netlog/errors.ts';
import { CONSTANTS, EVENTS, read, recorder } from './reading.ts';
import { readNetLog } from '../../src/netlog/read-netlog.ts';

const IN_PROGRESS = `Logging is in progress writing data to:
    /home/someone/log.json.inprogress

That data will be stitched into a single file (this one) once logging
has stopped.

If logging was interrupted, you can stitch a NetLog file out of the
.inprogress directory manually using:

https://chromium.googlesource.com/chromium/src/+/main/net/tools/stitch_net_log_files.py
`;

const events = `"events":[${EVENTS.join(',')}]`;

const REFUSED: [what: string, input: string | Uint8Array, code: string, message: RegExp][] = [
  ['nothing at all', '', 'empty', /^Expected a NetLog, found nothing: the input is empty\. Record one with/],
  ['white space', ' \r\n\t\n', 'empty', /empty/],
  ['plain text', 'GET / HTTP/1.1\r\nHost: \u{1b}[31m\u{202e}x\n', 'not-json', /found "GET \/ HTTP\/1\.1\.\.Host: \.\[31m\.x" at byte 0/],
  ['a page', '\n<!DOCTYPE html><html><title>Sign in</title>', 'not-json', /found an HTML or XML page at byte 0.*download the log itself again/],
  ['NULs', '\0\0\0\0', 'not-json', /found "\.\.\.\."/],
  ['a long line of text', 'x'.repeat(3000), 'not-json', /found "x{40}\.\.\." at byte 0/],
  ['UTF-16 text', new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x22, 0]), 'not-json', /UTF-16.*Save it as UTF-8/],
  ['broken JSON', '{hello}', 'not-json', /broken before its events begin, near byte 0/],
  ['constants that are broken', `{"constants":{"logEventTypes":{"A":1},,},${events}}`, 'not-json', /broken before its events/],
  ['the note of a log in progress', IN_PROGRESS, 'logging-in-progress', /its parts are in "\/home\/someone\/log\.json\.inprogress".*Stop the logging in chrome:\/\/net-export/],
  ['that note with other line ends', `\u{FEFF}${IN_PROGRESS.replaceAll('\n', '\r\n')}`, 'logging-in-progress', /Stop the logging/],
  ['that note in another wording', 'Events go to C:\\logs\\a.json.inprogress and will be stitched later', 'logging-in-progress', /Stop the logging/],
  ['a HAR file', JSON.stringify({ log: { version: '1.2', creator: {}, entries: [{}] } }), 'not-a-netlog', /HAR file.*chrome:\/\/net-export/],
  ['a pretty-printed HAR file', JSON.stringify({ log: { version: '1.2', entries: [] } }, undefined, 2), 'not-a-netlog', /HAR/],
  ['a Chrome trace', '{"metadata":{},"traceEvents":[{"ph":"X"}]}', 'not-a-netlog', /Chrome trace.*--log-net-log/],
  ['a Chrome trace that is a list', '[{"ph":"X"}]', 'not-a-netlog', /list/],
  ['other JSON', '{"a":1,"b\\u0007":2}', 'not-a-netlog', /the key "constants", found a JSON object with the keys "a", "b\."/],
  ['an empty object', '{}', 'not-a-netlog', /no keys at all/],
  ['constants of something else', '{"constants":{"pi":3},"events":[]}', 'not-a-netlog', /logEventTypes/],
  ['constants that are no object', '{"constants":[],"events":[]}', 'not-a-netlog', /logEventTypes/],
  ['constants without event types, in lines', `{"constants":{"x":1},\n"events": [\n${EVENTS[0]}]}\n`, 'not-a-netlog', /logEventTypes/],
  ['events before constants', `{${events},"constants":${JSON.stringify(CONSTANTS)}}`, 'events-before-constants', /Move "constants" to the front/],
  ['a cut header', '{"constants":{"logEventTypes":{"A', 'cut-in-header', /end of the input at byte 33/],
];

describe('what is not a NetLog', () => {
  it.each(REFUSED)('is refused: %s', async (_, input, code, message) => {
    for (const chunkSizes of [[1 << 20], [1], [7, 100]]) {
      const error: unknown = await read(input, { chunkSizes }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(NetLogError);
      expect(error).toMatchObject({ code, message: expect.stringMatching(message) as unknown });
      expect((error as Error).message).not.toMatch(/[^\x20-\x7e]/);
    }
  });

  it('never starts the sink', async () => {
    for (const [, input] of REFUSED) {
      const { sink, got } = recorder();
      const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
      await expect(readNetLog([bytes], sink)).rejects.toThrow(NetLogError);
      expect(got).toEqual({ constants: undefined, events: [], end: undefined });
    }
  });

  it('is refused without reading it all', async () => {
    let chunks = 0;
    function* endless(): Generator<Uint8Array> {
      for (;;) {
        chunks++;
        yield new TextEncoder().encode('no log at all ');
      }
    }
    await expect(readNetLog(endless(), recorder().sink)).rejects.toMatchObject({ code: 'not-json' });
    expect(chunks).toBeLessThan(200);
  });
});

it('lets the errors of the sink and of the producer pass', async () => {
  const sink = { ...recorder().sink, event: () => { throw new RangeError('mine'); } };
  const text = `{"constants":${JSON.stringify(CONSTANTS)},\n${events}}`;
  await expect(readNetLog([new TextEncoder().encode(text)], sink)).rejects.toThrow(RangeError);
  function* failing(): Generator<Uint8Array> {
    yield new TextEncoder().encode(text.slice(0, 100));
    throw new TypeError('theirs');
  }
  await expect(readNetLog(failing(), recorder().sink)).rejects.toThrow(TypeError);
});
