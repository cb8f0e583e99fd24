/** The small parts of the command line that a whole command hardly reaches: progress, suggestions, titles, limits. */
import { describe, expect, test } from 'vitest';
import { linkedSources, MOST_LINKED_SOURCES } from '../../src/cli/events/linked-sources.ts';
import { sourceIndexer } from '../../src/cli/events/source-index.ts';
import { hostInSubject, subjectOf } from '../../src/cli/events/source-title.ts';
import { nearest } from '../../src/cli/nearest.ts';
import { progressOn } from '../../src/cli/progress.ts';
import type { NetLogEvent } from '../../src/netlog/event.ts';

describe('progress', () => {
  function watch(isTTY: boolean) {
    let written = '';
    let nowMs = 0;
    const stream = { isTTY, write: (text: string) => ((written += text), true) } as unknown as Parameters<typeof progressOn>[0];
    return { progress: progressOn(stream, () => nowMs), wait: (ms: number) => (nowMs += ms), written: () => written };
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
    expect(written()).toMatch(/\r\u001b\[2Kreading: 3\.0 kB$/);
    progress.clear();
    expect(written()).toMatch(/kB\r\u001b\[2K$/);
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
  expect(nearest('WWW.EXAMPLE.CO', hosts)).toEqual(['www.example.com', 'cdn.example.com']);
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

test('following links stops at a limit, and says so', () => {
  const { sink, index } = sourceIndexer({ matchesType: () => true, withLinks: true });
  const count = MOST_LINKED_SOURCES + 10;
  for (let id = 1; id <= count; id++) {
    const params = { source_dependency: { id: 0, type: 9 } };
    sink.event({ index: id, time: 0, type: 'X', loggedType: 'X', phase: 'NONE', source: { id, type: 'SOCKET' }, params } satisfies NetLogEvent);
  }
  sink.event({ index: 0, time: 0, type: 'X', loggedType: 'X', phase: 'NONE', source: { id: 0, type: 'SOCKET' } });
  expect(linkedSources([1], index())).toMatchObject({ cut: true, ids: { size: MOST_LINKED_SOURCES + 1 } });
});
