/** `race TRACE ID|HOST`: which race is meant, and what is drawn of it. */
import { describe, expect, test } from 'vitest';
import { aRace, aReport, aRequest, blackholeRace, cryptoWaitRace, failedRace } from '../report/builders.ts';
import { netlogAnalyze } from './harness.ts';

const [blackhole, cryptoWait, failed] = [blackholeRace(), cryptoWaitRace(), failedRace()];
const report = aReport({
  trace: { file: 'a.json' },
  races: [
    blackhole.race,
    cryptoWait.race,
    failed.race,
    aRace({ id: 500, durationMs: 20, destination: { scheme: 'http', host: 'a.test', port: 8080 } }),
  ],
  resolutions: [blackhole.resolution, cryptoWait.resolution, failed.resolution],
  requests: [aRequest({ raceId: 112 })],
});
const race = (...words: string[]) =>
  netlogAnalyze(['race', 'a.json', ...words], { reports: { 'a.json': report, 'empty.json': aReport() } });
const drawn = (stdout: string): number[] => Array.from(stdout.matchAll(/^Race (-?\d+)/gm), ([, id]) => Number(id));

describe('a race is found by', () => {
  test.each([
    ['its id', '126', [126]],
    ['the id of an attempt', '138', [112]],
    ['the id of a request', '108', [112]],
    ['the id of a resolution', '201', [200]],
    ['its host', 'svc.a.test', [126]],
    ['its host in capitals', 'SVC.A.TEST', [126]],
    ['its host and port', 'a.test:8080', [500]],
    ['a URL', 'https://nx.a.test:8443/path', [200]],
  ])('%s', async (_what, wanted, expected) => {
    const { exitCode, stdout } = await race(wanted);
    expect({ exitCode, drawn: drawn(stdout) }).toEqual({ exitCode: 0, drawn: expected });
  });
});

test('an id of something else says what it is', async () => {
  expect((await race('138')).stderr).toBe('netlog-analyze: 138 is a connection attempt of race 112\n');
});

test('of several, all are listed and the slowest is drawn', async () => {
  const { stdout } = await race('a.test');
  expect(drawn(stdout)).toEqual([112]);
  await expect(stdout).toMatchFileSnapshot('__golden__/race-choice.txt');
});

test('of several, one that failed is drawn before slower ones', async () => {
  expect(drawn((await race('*.test')).stdout)).toEqual([200]);
});

test('--all draws all, the failed first', async () => {
  expect(drawn((await race('*', '--all')).stdout)).toEqual([200, 112, 126, 500]);
});

test('JSON has every match with what it is linked to', async () => {
  expect(JSON.parse((await race('a.test', '-f', 'json')).stdout)).toEqual([
    { race: report.races[0], resolutions: [report.resolutions[0]], requests: [report.requests[0]] },
    { race: report.races[3], resolutions: [], requests: [] },
  ]);
});

test('Markdown has the story and the waterfall', async () => {
  expect((await race('112', '-f', 'markdown')).stdout).toMatch(/^## Race 112: `https:\/\/a\.test`\n\n```text\n/);
});

describe('a race that is not there ends with exit code 2 and suggestions', () => {
  test.each([
    ['113', 'no race 113 in a.json; nearest: 112 (a.test), 126 (svc.a.test), 200 (nx.a.test)'],
    ['svc.a.tst', 'no race svc.a.tst in a.json; nearest: svc.a.test'],
    ['somewhere.else', 'no race somewhere.else in a.json; netlog-analyze races lists them'],
  ])('%s', async (wanted, says) => {
    const { exitCode, stdout, stderr } = await race(wanted);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(says);
  });

  test('a log without races says so', async () => {
    const { stderr } = await netlogAnalyze(['race', 'empty.json', 'a.test'], { reports: { 'empty.json': aReport() } });
    expect(stderr).toContain('the log has no races');
  });
});
