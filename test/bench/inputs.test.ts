/** What the benchmark reads: copies of a recording, each a separate set of sources, and the same recording in other forms. */
import { describe, expect, it } from 'vitest';
import { amplify } from '../../bench/amplify.mjs';
import { withPayload } from '../../bench/payload.mjs';
import { LAYOUTS, type LaidOut, sampleText } from '../../bench/sample.mjs';

interface LoggedEvent {
  readonly params?: { readonly byte_count?: number; readonly bytes?: string; readonly source_dependency?: { readonly id: number } };
  readonly source: { readonly id: number; readonly start_time: string };
  readonly time: string;
}

interface LoggedNetLog {
  readonly constants: { readonly logCaptureMode: string };
  readonly events: readonly LoggedEvent[];
}

const parsed = (text: string): LoggedNetLog => JSON.parse(text) as LoggedNetLog;
const amplified = (log: LaidOut, bytes: number): string => [...amplify(log, bytes)].join('');

const SAMPLE = sampleText();

describe('an amplified log', () => {
  const EVENTS = [
    '{"phase":1,"source":{"id":7,"start_time":"100","type":1},"time":"100","type":3}',
    '{"params":{"id":5,"source_dependency":{"id":7,"type":1},"text":"\\"time\\":\\"9\\""},"phase":0,"source":{"id":-2147483646,"start_time":"90","type":2},"time":"110","type":4}',
  ];
  const LOG: LaidOut = { before: '[\n', events: EVENTS, separator: ',\n', after: ']\n' };

  it('repeats the events with ids and times of their own, and leaves the rest as it is', () => {
    // Ids go up to 7, times from 90 to 110: the next copy is 8 ids and 20 ms and a second further on.
    expect(amplified(LOG, 300)).toBe(
      [
        '[',
        `${EVENTS.join(',\n')},`,
        '{"phase":1,"source":{"id":15,"start_time":"1120","type":1},"time":"1120","type":3},',
        '{"params":{"id":5,"source_dependency":{"id":15,"type":1},"text":"\\"time\\":\\"9\\""},"phase":0,"source":{"id":-2147483638,"start_time":"1110","type":2},"time":"1130","type":4}]',
        '',
      ].join('\n'),
    );
  });

  it('is the log itself if no more bytes are asked for', () => {
    expect(amplified(LAYOUTS.lines(SAMPLE), 0)).toBe(SAMPLE);
  });

  it('holds as many separate sets of sources as copies, in the order of time', () => {
    const { events } = parsed(amplified(LAYOUTS.lines(SAMPLE), 2.5 * SAMPLE.length));
    const original = parsed(SAMPLE).events;
    const sources = (list: readonly LoggedEvent[]): number => new Set(list.map(({ source }) => source.id)).size;
    expect(events).toHaveLength(3 * original.length);
    expect(sources(events)).toBe(3 * sources(original));
    expect(Number(events[original.length]?.time)).toBeGreaterThan(Number(original.at(-1)?.time));
  });
});

describe('the sample', () => {
  it.each(Object.entries(LAYOUTS))('says the same in the layout %s', (_, layOut) => {
    expect(parsed(amplified(layOut(SAMPLE), 0))).toEqual(parsed(SAMPLE));
  });

  it('is on one line or on more lines than recorded, as the layout says', () => {
    const lineCount = (layout: keyof typeof LAYOUTS): number => amplified(LAYOUTS[layout](SAMPLE), 0).split('\n').length;
    expect(lineCount('one line')).toBe(1);
    expect(lineCount('pretty-printed')).toBeGreaterThan(lineCount('lines'));
  });

  it('holds as many bytes as its events count, in capture mode Everything; they are four fifths of it', () => {
    const text = withPayload(SAMPLE);
    const { constants, events } = parsed(text);
    expect(constants.logCaptureMode).toBe('Everything');
    expect(events.map(({ time, source }) => [time, source])).toEqual(parsed(SAMPLE).events.map(({ time, source }) => [time, source]));
    const payloads = events.flatMap(({ params }) => (params?.bytes === undefined || params.byte_count === undefined ? [] : [params]));
    expect(payloads.length).toBeGreaterThan(500);
    for (const { bytes = '', byte_count: count } of payloads) expect(Buffer.from(bytes, 'base64')).toHaveLength(count ?? NaN);
    const share = payloads.reduce((sum, { bytes = '' }) => sum + bytes.length, 0) / text.length;
    expect(share).toBeGreaterThan(0.75);
    expect(share).toBeLessThan(0.85);
  });
});
