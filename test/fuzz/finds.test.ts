/** What the fuzzer found once, cut down: each case told something false, took too long or brought the program down. */
import { describe, expect, it } from 'vitest';
import { dependency, netError } from '../../src/model/handlers/params.ts';
import { parseGroup } from '../../src/model/reconstruct/destination.ts';
import { markdownCode, markdownFence } from '../../src/report/plain-text.ts';
import { CONSTANTS, EVENTS, HEAD, lineLog, read } from '../netlog/reading.ts';

const SIZES = [[1 << 20], [2, 1], [2, 93], [1], [7, 100]];

describe('a damaged log', () => {
  const anyLayout = `{"constants": ${JSON.stringify(CONSTANTS)}, "events": [`;

  it.each([
    ['broken within its first event', `${HEAD}{"phase":2,]}"source":{"id":1,"type":0},"time":"1","type":0},\n${EVENTS[0]}]}\n`],
    ['broken within its first event, in another layout', `${anyLayout}{"type\t":1,"source":{"id":1,"type":0}},${EVENTS.join(',')}]}`],
    ['broken right after the list begins', `${anyLayout} 1, 2, ] x`],
    ['broken before anything that tells what it is', `{"a": [1, x], "traceEvents": []}`],
    ['a trace that is broken in its list', `{"traceEvents": [{"ph":"X"}, x`],
    ['broken after its events', `${anyLayout}${EVENTS.join(',')}], "polledData": oops}`],
  ])('is told the same of, whatever pieces it comes in: %s', async (_, text) => {
    const tellings = await Promise.all(
      SIZES.map((chunkSizes) =>
        read(text, { chunkSizes }).then(
          ({ events, summary }) => ({ events, diagnostics: summary.diagnostics }),
          (error: unknown) => String(error),
        ),
      ),
    );
    for (const telling of tellings) expect(telling).toEqual(tellings[0]);
  });

  it('takes no objects after its events for events, whatever pieces it comes in', async () => {
    const text = `${anyLayout}\n\n\n${EVENTS.join(',\n')}], "polledData": [{"a":[1,{},{}]}]}`;
    for (let size = 1; size < text.length; size++) {
      const { events, summary } = await read(text, { chunkSizes: [size] });
      expect({ size, events: events.length, diagnostics: summary.diagnostics }).toEqual({ size, events: EVENTS.length, diagnostics: [] });
    }
  });

  it('is refused for events without constants, not for constants that lack a table', async () => {
    const text = lineLog().replace('"constants"', '"constantss"');
    for (const log of [text, text.replaceAll('\n', '')]) await expect(read(log)).rejects.toMatchObject({ code: 'events-before-constants' });
  });
});

it('an id that is no integer is no id, so that the report keeps to its schema', () => {
  expect(dependency({ source_dependency: { id: -7 } })).toBe(-7);
  for (const id of [1e300, 0.5, '9007199254740993']) expect(dependency({ source_dependency: { id } })).toBeUndefined();
  expect(netError({ net_error: -0.5 })).toBeUndefined();
});

describe('text without end', () => {
  it('in the name of a socket-pool group is read once, not once for each of its characters', () => {
    expect(parseGroup(`${'ssl/'.repeat(500_000)} <${'pm/ <'.repeat(500_000)}`)).toBeUndefined();
    expect(parseGroup(`pm/${'ssl/'.repeat(100_000)}a.test:443 <key>`)).toMatchObject({ destination: { host: 'a.test' }, privacyMode: 'enabled', networkKey: 'key' });
  });

  it('with more runs of backticks than a function takes arguments is still fenced in', () => {
    const text = '` '.repeat(300_000);
    expect(markdownCode(text).startsWith('`` ')).toBe(true);
    expect(markdownFence(text).startsWith('```text')).toBe(true);
  });
});
