/** Real recordings, as they are and laid out in other ways, give the events that `JSON.parse` finds. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CONSTANTS, type LoggedNetLog, expectedEvents, read } from './reading.ts';

const SAMPLES = join(import.meta.dirname, '../../samples');

/** More or larger ones would take long, and show nothing more. */
const ENOUGH = 3;

/** The smallest closed logs: name and text. */
const samples = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('netlog.json.gz'))
  .map((path): [string, string] => [path, gunzipSync(readFileSync(join(SAMPLES, path))).toString()])
  .filter(([, text]) => text.trimEnd().endsWith('}'))
  .toSorted(([, a], [, b]) => a.length - b.length)
  .slice(0, ENOUGH);

interface FullNetLog extends LoggedNetLog {
  readonly constants: typeof CONSTANTS;
  readonly polledData?: unknown;
}

/** The same log in other layouts. */
function relaid(text: string): Record<string, string> {
  const log = JSON.parse(text) as FullNetLog;
  const { polledData: _, ...unpolled } = log;
  const shuffled = log.events.map(({ time, type, phase, source, params }) => ({ type, source, time, params, phase }));
  return {
    'as recorded': text,
    'pretty-printed': JSON.stringify(log, undefined, 2),
    'on one line': JSON.stringify(log),
    'with keys in another order': JSON.stringify({ ...log, events: shuffled }),
    'with user comments first': JSON.stringify({ userComments: 'a\n"b"', ...log }),
    'with CR LF': text.replaceAll('\n', '\r\n'),
    'after a byte order mark': `\u{FEFF}${text}`,
    'without polledData': JSON.stringify(unpolled),
    'with polledData as an object': JSON.stringify({ ...log, polledData: { a: [log.constants] } }),
    'with numbers as times': text.replaceAll(/"(time|start_time)":"(\d+)"/g, '"$1":$2'),
  };
}

describe.skipIf(samples.length === 0).each(samples)('the recording %s', (_, text) => {
  const layouts = relaid(text);
  const expected = expectedEvents(text);

  it.each(Object.entries(layouts))('gives its events %s', async (__, variant) => {
    const { events, summary } = await read(variant, { chunkSizes: [65_536] });
    expect(events).toEqual(expectedEvents(variant));
    expect(summary.complete).toBe(true);
    expect(summary.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('gives only the params that were asked for, in every layout', async () => {
    const paramsOf = new Set(['HOST_RESOLVER_MANAGER_JOB', 'TCP_CONNECT_ATTEMPT', 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE']);
    const fewer = expectedEvents(text, paramsOf);
    for (const variant of [text, layouts['pretty-printed']!, layouts['on one line']!]) {
      expect((await read(variant, { paramsOf })).events).toEqual(fewer);
    }
  });

  it('gives its events wherever its bytes are split', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('as recorded', 'pretty-printed', 'on one line'),
        fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 20 }),
        async (layout, chunkSizes) => {
          expect((await read(layouts[layout]!, { chunkSizes })).events).toEqual(expected);
        },
      ),
      { numRuns: 6 },
    );
  }, 30_000);

  it('gives each whole event when it is cut anywhere', async () => {
    const bytes = new TextEncoder().encode(text);
    const lines = text.split('\n').slice(0, expected.length + 2);
    const firstEvent = new TextEncoder().encode(`${lines[0]}\n${lines[1]}\n`).length;
    // An event is whole once its last brace is there; what may follow on its line does not matter.
    let at = 0;
    const ends = lines.map((line) => {
      const end = at + new TextEncoder().encode(line.replace(/\]?,?$/, '')).length;
      at += new TextEncoder().encode(line).length + 1;
      return end;
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: firstEvent, max: bytes.length - 2 }), async (cut) => {
        const whole = ends.slice(2).filter((end) => end <= cut).length;
        const { events, codes } = await read(bytes.subarray(0, cut), { chunkSizes: [8192] });
        expect(events).toEqual(expected.slice(0, whole));
        expect(codes).toContain('truncated');
      }),
      { numRuns: 40 },
    );
  }, 30_000);
});
