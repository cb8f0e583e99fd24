/** `events TRACE`: which sources are chosen, how they are printed, and how often the log is read. */
import { describe, expect, test } from 'vitest';
import type { NetLogEvent, Phase } from '../../src/netlog/event.ts';
import { netlogAnalyze, type Surroundings } from './harness.ts';

const TYPES = { NONE: 0, URL_REQUEST: 1, SOCKET: 9, HTTP_STREAM_POOL_ATTEMPT_MANAGER: 21 } as const;
type SourceType = keyof typeof TYPES;
let nextIndex = 0;

function event(time: number, id: number, type: SourceType, text: string, params?: Record<string, unknown>): NetLogEvent {
  const phase: Phase = text.startsWith('+') ? 'BEGIN' : text.startsWith('-') ? 'END' : 'NONE';
  const name = text.replace(/^[+-]/, '');
  return {
    index: nextIndex++,
    time,
    type: name,
    loggedType: name,
    phase,
    source: { id, type, startTime: time },
    ...(params === undefined ? {} : { params }),
  };
}

const on = (id: number, type: SourceType) => ({ source_dependency: { id, type: TYPES[type] } });

/** Two requests share a manager with one socket; a third request has nothing to do with them. */
const events: readonly NetLogEvent[] = [
  event(100, 1, 'URL_REQUEST', '+REQUEST_ALIVE', { url: 'https://a.test/' }),
  event(101, 2, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', '+ALIVE', { stream_key: { destination: 'https://a.test' } }),
  event(102, 1, 'URL_REQUEST', 'BOUND', on(2, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER')),
  event(103, 3, 'SOCKET', '+SOCKET_ALIVE', on(2, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER')),
  event(104, 3, 'SOCKET', '+TCP_CONNECT', { address: '10.0.0.1:443' }),
  event(110, 4, 'URL_REQUEST', '+REQUEST_ALIVE', { url: 'https://b.test/' }),
  event(120, 3, 'SOCKET', '-TCP_CONNECT', { net_error: -102 }),
  event(121, 3, 'SOCKET', '-SOCKET_ALIVE'),
  event(125, 5, 'URL_REQUEST', '+REQUEST_ALIVE', { url: 'https://a.test/2' }),
  event(126, 5, 'URL_REQUEST', 'BOUND', on(2, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER')),
  event(127, 6, 'NONE', 'NETWORK_CHANGED', on(5, 'URL_REQUEST')),
];
const print = (words: string, surroundings: Surroundings = {}) =>
  netlogAnalyze(['events', ...words.split(' ')], { events, ...surroundings });
const sources = async (words: string): Promise<number[]> =>
  Array.from((await print(`x.json ${words}`)).stdout.matchAll(/^Source (\d+)/gm), ([, id]) => Number(id));

test('without filters everything is printed, grouped by source', async () => {
  const { exitCode, stdout, stderr } = await print('x.json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  await expect(stdout).toMatchFileSnapshot('__golden__/events.txt');
});

describe('sources are chosen by', () => {
  test.each([
    ['id', '--source 3 --source 4', [3, 4]],
    ['source type', '--type url_*', [1, 4, 5]],
    ['event type', '--type TCP_CONNECT', [3]],
    ['host, their own or that of what they were made for', '--host a.test', [1, 2, 3, 5]],
    ['text as printed, names of errors included', '--grep refused', [3]],
    ['all of these together', '--host a.test --type SOCKET --source 3', [3]],
  ])('%s', async (_what, words, expected) => {
    expect(await sources(words)).toEqual(expected);
  });
});

describe('--with-dependencies', () => {
  test('follows links both ways, but not through other requests', async () => {
    expect(await sources('--source 3 --with-dependencies')).toEqual([1, 2, 3, 5]);
    expect(await sources('--source 1 --with-dependencies')).toEqual([1, 2, 3, 5]);
  });

  test('starts from a request that was chosen', async () => {
    expect(await sources('--source 5 --with-dependencies')).toEqual([1, 2, 3, 5, 6]);
  });
});

test('--flat prints one line per event, in order, and filters single events', async () => {
  const { stdout } = await print('x.json --flat --type TCP_CONNECT');
  expect(stdout).toBe(
    't=      4  3 SOCKET  +TCP_CONNECT  address="10.0.0.1:443"\nt=     20  3 SOCKET  -TCP_CONNECT  net_error=-102 (ERR_CONNECTION_REFUSED)\n',
  );
  expect((await print('x.json --flat --host b.test')).stdout.split('\n')).toHaveLength(2);
});

describe('the log is read', () => {
  const passes = async (words: string, stdin = ''): Promise<string[]> => {
    const paths: string[] = [];
    await print(words, { stdin, onRead: (path) => paths.push(path) });
    return paths;
  };

  test('once if no grouping is needed', async () => {
    expect(await passes('x.json --flat --grep refused')).toEqual(['x.json']);
    expect(await passes('- --flat')).toEqual(['-']);
  });

  test('twice to group, stdin by way of a copy', async () => {
    expect(await passes('x.json')).toEqual(['x.json', 'x.json']);
    const [first, second] = await passes('-', '{}');
    expect(first).toMatch(/netlog-analyze-[^/]*\/stdin$/);
    expect(second).toBe(first);
  });
});

test('a source that is not there is told, and is no error', async () => {
  expect(await print('x.json --source 77')).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'netlog-analyze: x.json: no source 77\nnetlog-analyze: x.json: no source matches\n',
  });
});

test('an incomplete log ends with exit code 4 under --strict', async () => {
  expect((await print('x.json --strict', { complete: false })).exitCode).toBe(4);
});

test('a reader that goes away ends the program quietly', async () => {
  expect(await print('x.json --flat', { stdoutError: 'EPIPE' })).toMatchObject({ exitCode: 0, stderr: '' });
});
