/** `races`, `resolutions`, `requests`, `sessions`: formats, order, filters, and having nothing to list. */
import { describe, expect, test } from 'vitest';
import { aReport, aRequest, aSession, blackholeRace, cryptoWaitRace, failedRace } from '../report/builders.ts';
import { netlogAnalyze } from './harness.ts';

const all = [blackholeRace(), cryptoWaitRace(), failedRace()];
const report = aReport({
  races: all.map(({ race }) => race),
  resolutions: all.map(({ resolution }) => resolution),
  requests: [
    aRequest({
      connection: 'new',
      status: 200,
      alpn: 'h2',
      raceId: 112,
      sessionId: 150,
      endMs: 420,
      phases: { dnsMs: 32, connectMs: 293, sslMs: 23, waitMs: 40, receiveMs: 5 },
    }),
    aRequest({ id: 109, url: `https://a.test/${'very/'.repeat(20)}long.css`, connection: 'reused', status: 404, endMs: 430 }),
    aRequest({
      id: 110,
      url: 'https://nx.a.test:8443/',
      connection: 'none',
      netError: { code: -105, name: 'ERR_NAME_NOT_RESOLVED' },
      startMs: 490,
      endMs: 549,
    }),
    aRequest({ id: 111, startMs: 600 }),
  ],
  sessions: [
    aSession({
      ipEndpoint: '10.77.0.21:443',
      endMs: 2000,
      ech: 'accepted',
      pooledHosts: ['img.a.test'],
      pooled: [{ host: 'img.a.test', by: 'origin-frame', atMs: 60 }],
      certificateNames: ['*.a.test'],
      originFrame: { origins: ['https://img.a.test'], atMs: 30 },
    }),
    aSession({
      id: 151,
      protocol: 'h3',
      hosts: ['svc.a.test'],
      requestCount: 7,
      migrations: [{ atMs: 90, endMs: 112, cause: 'path-degrading', outcome: 'migrated', firstBytes: { oldPath: { n: 3, medianMs: 23 }, newPath: { n: 4, medianMs: 22.5 } } }],
    }),
  ],
});
const run = (words: string, surroundings = {}) => netlogAnalyze(words.split(' '), { reports: { 'a.json': report }, ...surroundings });

describe.each(['races', 'resolutions', 'requests', 'sessions'] as const)('%s', (command) => {
  test.each([80, 140])('in %i columns', async (width) => {
    const { stdout, stderr, exitCode } = await run(`${command} a.json --width ${width}`);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    await expect(stdout).toMatchFileSnapshot(`__golden__/${command}-${width}.txt`);
  });

  test('as CSV', async () => {
    await expect((await run(`${command} a.json -f csv`)).stdout).toMatchFileSnapshot(`__golden__/${command}.csv`);
  });

  test('as JSON: the whole objects', async () => {
    expect(JSON.parse((await run(`${command} a.json -f json`)).stdout)).toEqual(report[command]);
  });

  test('as Markdown: a table', async () => {
    expect((await run(`${command} a.json -f markdown`)).stdout).toMatch(/^\| Id \| [^\n]*\n\| ---: \|/);
  });
});

const ids = async (words: string): Promise<number[]> =>
  (JSON.parse((await run(`${words} -f json`)).stdout) as { id: number }[]).map(({ id }) => id);

test('rows can be ordered, turned round and cut', async () => {
  expect(await ids('races a.json')).toEqual([112, 126, 200]);
  expect(await ids('races a.json --reverse')).toEqual([200, 126, 112]);
  expect(await ids('races a.json --sort startMs')).toEqual([126, 200, 112]);
  expect(await ids('races a.json --sort durationMs --reverse')).toEqual([200, 126, 112]);
  expect(await ids('requests a.json --sort durationMs --top 2')).toEqual([109, 108]);
});

test('filters choose rows', async () => {
  expect(await ids('races a.json --failed')).toEqual([200]);
  expect(await ids('requests a.json --host nx.*')).toEqual([110]);
  expect(await ids('requests a.json --slower-than 400')).toEqual([108, 109]);
});

test('nothing to list is said on stderr, and is no error', async () => {
  expect(await run('races a.json --host nowhere.test')).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'netlog-analyze: a.json: no races --host nowhere.test\n',
  });
  expect((await run('races a.json --host nowhere.test -f json')).stdout).toBe('[]\n');
  expect((await run('races a.json --host nowhere.test -f csv')).stdout).toMatch(/^id,destination,[^\n]*\n$/);
});

test('one that cannot be read ends with exit code 3', async () => {
  expect(await run('races missing.json')).toEqual({ exitCode: 3, stdout: '', stderr: 'netlog-analyze: missing.json: no such file\n' });
});
