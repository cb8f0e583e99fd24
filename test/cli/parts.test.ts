/** The small parts of the command line that a whole command hardly reaches: progress, suggestions, titles, limits. */
import { describe, expect, test } from 'vitest';
import { printGrouped } from '../../src/cli/events/print-events.ts';
import { linkedSources, MOST_LINKED_SOURCES } from '../../src/cli/events/linked-sources.ts';
import { sourceIndexer } from '../../src/cli/events/source-index.ts';
import { hostInSubject, subjectOf } from '../../src/cli/events/source-title.ts';
import { nearest } from '../../src/cli/nearest.ts';
import { countingOn, progressOn } from '../../src/cli/progress.ts';
import type { EventSink, NetLogEvent } from '../../src/netlog/event.ts';
import { plainStyle } from '../../src/report/view.ts';
import { constants } from './harness.ts';

describe('progress', () => {
  function watch(isTTY: boolean) {
    let written = '';
    let nowMs = 0;
    const stream = { isTTY, write: (text: string) => ((written += text), true) } as unknown as Parameters<typeof progressOn>[0];
    return { progress: progressOn(stream, () => nowMs), counting: countingOn(stream, 'simulating', 3, () => nowMs), wait: (ms: number) => (nowMs += ms), written: () => written };
  }

  test('shows after a while, at intervals, and leaves nothing behind', () => {
    const { progress, wait, written } = watch(true);
    progress.report({ bytesRead: 1000, bytes: 4000 });
    expect(written()).toBe('');
    wait(800);
    progress.report({ bytesRead: 2000, bytes: 4000 });
    progress.report({ bytesRead: 2001, bytes: 4000 });
    expect(written()).toBe('\r\u001b[2Kreading: 2.0 kB of 4.0 kB (50 %)');
    wait(200);
    progress.report({ bytesRead: 3000 });
    expect(written().endsWith('\r\u001b[2Kreading: 3.0 kB')).toBe(true);
    progress.clear();
    expect(written().endsWith('kB\r\u001b[2K')).toBe(true);
  });

  test('counts what is done', () => {
    const { counting, wait, written } = watch(true);
    wait(800);
    counting.report(2);
    expect(written()).toBe('\r\u001b[2Ksimulating: 2 of 3 (66 %)');
  });

  test('is silent in a pipe', () => {
    const { progress, wait, written } = watch(false);
    wait(10_000);
    progress.report({ bytesRead: 1 });
    progress.clear();
    expect(written()).toBe('');
  });
});

test('suggestions are those that contain the word or are a few letters away, the nearest first', () => {
  const hosts = ['www.example.com', 'cdn.example.com', 'example.org', 'other.test'];
  expect(nearest('example.con', hosts)).toEqual(['example.org']);
  expect(nearest('example.com', hosts)).toEqual(['www.example.com', 'cdn.example.com', 'example.org']);
  expect(nearest('WWW.EXAMPLE.CMO', hosts)).toEqual(['www.example.com']);
  expect(nearest('zzz', hosts)).toEqual([]);
});

test.each([
  ['https://a.test/x?y', 'a.test'],
  ['https://[2001:db8::1]:8443/', '2001:db8::1'],
  ['pm/ssl/a.test:443 <null>', 'a.test'],
  ['https://a.test <https://b.test same_site>', 'a.test'],
  ['a.test:443', 'a.test'],
  ['dns.a.test', 'dns.a.test'],
  ['', ''],
])('the host in %j is %j', (subject, host) => {
  expect(hostInSubject(subject)).toBe(host);
});

test('a source is about what its parameters name, and never at any length', () => {
  expect(subjectOf({ priority: 'LOW', url: 'https://a.test/' })).toBe('https://a.test/');
  expect(subjectOf({ stream_key: { destination: 'https://b.test' } })).toBe('https://b.test');
  expect(subjectOf({ priority: 'LOW' })).toBeUndefined();
  expect(subjectOf({ url: `data:,${'x'.repeat(5000)}` })).toHaveLength(201);
});

test('grouped events are the same however few are held at a time', async () => {
  const { sink, index } = sourceIndexer({ matchesType: () => true, withLinks: false });
  const events = Array.from({ length: 12 }, (_, i): NetLogEvent => ({
    index: i,
    time: i,
    type: `EVENT_${i}`,
    loggedType: `EVENT_${i}`,
    phase: 'NONE',
    source: { id: i % 3, type: 'SOCKET' },
  }));
  events.forEach((event) => {
    sink.event(event);
  });
  const print = async (eventsPerBatch: number): Promise<{ text: string; passes: number }> => {
    let text = '';
    let passes = 0;
    const output = {
      view: { width: 80, style: plainStyle },
      write: (chunk: string) => Promise.resolve(void (text += chunk)),
      finish: () => Promise.resolve(),
      discard: () => Promise.resolve(),
    };
    const readPass = (pass: EventSink): Promise<void> => {
      passes++;
      for (const event of events) pass.event(event);
      return Promise.resolve();
    };
    const options = { names: constants, full: false, originTick: 0, lastTick: 11 };
    await printGrouped([...index().sources.values()], index(), options, readPass, output, eventsPerBatch);
    return { text, passes };
  };
  const [all, few] = [await print(1000), await print(5)];
  expect([all.passes, few.passes]).toEqual([1, 3]);
  expect(few.text).toBe(all.text);
  expect(all.text.match(/^Source/gm)).toHaveLength(3);
});

test('following links stops at a limit, and says so', () => {
  const { sink, index } = sourceIndexer({ matchesType: () => true, withLinks: true });
  const count = MOST_LINKED_SOURCES + 10;
  for (let id = 1; id <= count; id++) {
    const params = { source_dependency: { id: 0, type: 9 } };
    sink.event({
      index: id,
      time: 0,
      type: 'X',
      loggedType: 'X',
      phase: 'NONE',
      source: { id, type: 'SOCKET' },
      params,
    } satisfies NetLogEvent);
  }
  sink.event({ index: 0, time: 0, type: 'X', loggedType: 'X', phase: 'NONE', source: { id: 0, type: 'SOCKET' } });
  expect(linkedSources([1], index())).toMatchObject({ cut: true, ids: { size: MOST_LINKED_SOURCES + 1 } });
});
