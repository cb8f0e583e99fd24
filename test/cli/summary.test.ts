/** `netlog-analyze TRACE…`: formats, several traces, filters, unreadable and incomplete ones. */
import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../src/report/report.ts';
import { aRace, aReport, aRequest, aResolution, aSession, blackholeRace, failedRace } from '../report/builders.ts';
import { netlogAnalyze } from './harness.ts';

const [blackhole, failed] = [blackholeRace(), failedRace()];
const report = aReport({
  trace: { file: 'a.json' },
  resolutions: [blackhole.resolution, failed.resolution],
  races: [
    blackhole.race,
    failed.race,
    aRace({ id: 400, engine: 'hev2', destination: { scheme: 'https', host: 'b.test', port: 443 }, durationMs: 900 }),
  ],
  requests: [
    aRequest({ id: 1, raceId: 112, sessionId: 150, endMs: 400 }),
    aRequest({ id: 2, url: 'https://nx.a.test/', raceId: 200, endMs: 60, netError: { code: -105, name: 'ERR_NAME_NOT_RESOLVED' } }),
  ],
  sessions: [aSession(), aSession({ id: 151, hosts: ['b.test'] })],
});
const reports = {
  'a.json': report,
  'b.json': aReport({ trace: { file: 'b.json' } }),
  'cut.json': aReport({ trace: { file: 'cut.json', complete: false } }),
};

const analyze = (words: string, surroundings = {}) => netlogAnalyze(words.split(' '), { reports, ...surroundings });
const listed = (json: string) => {
  const { races, resolutions, requests, sessions, metrics } = reportSchema.parse(JSON.parse(json));
  const ids = (things: readonly { id: number }[]): number[] => things.map(({ id }) => id);
  return { races: ids(races), resolutions: ids(resolutions), requests: ids(requests), sessions: ids(sessions), metrics: metrics.length };
};

describe('formats', () => {
  test('text is the default', async () => {
    const { exitCode, stdout, stderr } = await analyze('a.json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toBe('a.json');
  });

  test('one trace gives one JSON object, which is the report', async () => {
    expect(JSON.parse((await analyze('a.json --format json')).stdout)).toEqual(report);
  });

  test('several traces give an array', async () => {
    const { stdout } = await analyze('a.json b.json -f json');
    expect(JSON.parse(stdout)).toEqual([report, reports['b.json']]);
  });

  test('several traces give one block of text each', async () => {
    const { stdout } = await analyze('a.json b.json');
    expect(stdout.split('\n').filter((line) => /^[ab]\.json$/.test(line))).toEqual(['a.json', 'b.json']);
  });

  test('Markdown', async () => {
    expect((await analyze('a.json -f markdown')).stdout).toMatch(/^## `a\.json`\n/);
  });
});

describe('colour', () => {
  const ANSI = new RegExp(String.raw`\u001b\[`);
  test.each([
    ['a terminal has it', { columns: 100 }, true],
    ['a pipe has none', {}, false],
    ['NO_COLOR takes it away', { columns: 100, env: { NO_COLOR: '1' } }, false],
    ['an empty NO_COLOR does not', { columns: 100, env: { NO_COLOR: '' } }, true],
    ['a dumb terminal has none', { columns: 100, env: { TERM: 'dumb' } }, false],
    ['FORCE_COLOR brings it to a pipe', { env: { FORCE_COLOR: '1' } }, true],
    ['FORCE_COLOR=0 takes it away', { columns: 100, env: { FORCE_COLOR: '0' } }, false],
  ])('%s', async (_what, surroundings, expected) => {
    expect(ANSI.test((await analyze('a.json', surroundings)).stdout)).toBe(expected);
  });
});

test('text fills the terminal, and --width overrides it', async () => {
  const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));
  expect(widest((await analyze('a.json', { columns: 140, env: { NO_COLOR: '1' } })).stdout)).toBeGreaterThan(80);
  expect(widest((await analyze('a.json --width 80', { columns: 140, env: { NO_COLOR: '1' } })).stdout)).toBeLessThanOrEqual(80);
});

describe('filters', () => {
  test.each([
    ['--host a.test', { races: [112], resolutions: [128], requests: [1], sessions: [150] }],
    ['--host *.a.test --host b.test', { races: [200, 400], resolutions: [201], requests: [2], sessions: [151] }],
    ['--failed', { races: [200], resolutions: [201], requests: [2], sessions: [] }],
    ['--slower-than 100', { races: [112, 400], resolutions: [], requests: [1], sessions: [150] }],
    ['--engine hev2', { races: [400], resolutions: [], requests: [], sessions: [] }],
    ['--engine hev2 --engine hev3', { races: [112, 200, 400], resolutions: [128, 201], requests: [1, 2], sessions: [150] }],
    ['--failed --host a.test', { races: [], resolutions: [], requests: [], sessions: [] }],
  ])('%s', async (filters, expected) => {
    const { stdout } = await analyze(`a.json -f json ${filters}`);
    expect(listed(stdout)).toEqual({ ...expected, metrics: report.metrics.length });
  });

  test('text says what it lists', async () => {
    expect((await analyze('a.json --failed')).stdout).toContain('Listed       only --failed');
  });
});

test('--from and --to are handed on', async () => {
  const seen: unknown[] = [];
  await analyze('a.json --from 100 --to 2500', { onRead: (_path: string, options: { window?: unknown }) => seen.push(options.window) });
  expect(seen).toEqual([{ fromMs: 100, toMs: 2500 }]);
});

describe('what cannot be read ends with exit code 3 and one line', () => {
  test.each([
    ['missing.json', 'missing.json: no such file'],
    ['hello.txt', 'hello.txt: Expected a NetLog, found "hello" at byte 0.'],
    ['resolution', 'did you mean the command resolutions?'],
  ])('%s', async (path, says) => {
    const { exitCode, stdout, stderr } = await analyze(path);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('the others are still reported, and JSON stays an array', async () => {
    const { exitCode, stdout, stderr } = await analyze('missing.json a.json -f json');
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toEqual([report]);
    expect(stderr).toContain('missing.json');
    expect(JSON.parse((await analyze('missing.json missing2.json -f json')).stdout)).toEqual([]);
  });
});

describe('an incomplete log', () => {
  test('is no error by itself', async () => {
    expect((await analyze('cut.json')).exitCode).toBe(0);
  });

  test('ends with exit code 4 under --strict, its results printed all the same', async () => {
    const { exitCode, stdout, stderr } = await analyze('cut.json --strict');
    expect(exitCode).toBe(4);
    expect(stdout).toContain('cut.json');
    expect(stderr).toContain('the log is incomplete');
  });

  test('is graver than done and less grave than unreadable', async () => {
    expect((await analyze('a.json cut.json b.json --strict')).exitCode).toBe(4);
    expect((await analyze('missing.json cut.json --strict')).exitCode).toBe(3);
  });
});

test('a bug of ours shows its stack and has an exit code of its own', async () => {
  const { exitCode, stderr } = await analyze('bug.json');
  expect(exitCode).toBe(70);
  expect(stderr).toMatch(/internal error, please report it:\nTypeError: x is not a function\n {4}at /);
});

test('a reader that goes away ends the program quietly', async () => {
  expect(await analyze('a.json b.json', { stdoutError: 'EPIPE' })).toMatchObject({ exitCode: 0, stderr: '' });
});

test('a resolution of the failed host is found by engine through its race', async () => {
  const linked = aReport({ races: [failed.race], resolutions: [failed.resolution, aResolution({ id: 999 })] });
  const { stdout } = await netlogAnalyze(['x', '-f', 'json', '--engine', 'hev3'], { reports: { x: linked } });
  expect(listed(stdout).resolutions).toEqual([201]);
});
