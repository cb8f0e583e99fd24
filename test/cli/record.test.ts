/** Recording with a real browser, from local servers: logs of the engine that was asked for, ready to be compared. */
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import type { Recording } from '../../src/live/record/recording.ts';
import { SERVER_CERTIFICATE, SERVER_KEY } from '../live/certificate.ts';
import { describeWithBrowser } from '../live/describe-with-browser.ts';
import { netlogAnalyze } from './harness.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netlog-analyze-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const recordingIn = async (path: string): Promise<Recording> => JSON.parse(await readFile(join(path, 'recording.json'), 'utf8')) as Recording;

/** On the loopback, at a free port; sockets left open go with it. */
async function listening(server: Server): Promise<{ readonly port: number; readonly close: () => void }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

describeWithBrowser('record', (browser) => {
  /** Containers run tests as root, where the sandbox does not start. The pages are our own. */
  const browserWords = ['--browser', browser, '--browser-flag=--no-sandbox', '--browser-flag=--host-resolver-rules=MAP *.test 127.0.0.1'];
  const servers = { http: { port: 0, close: () => undefined as void }, https: { port: 0, close: () => undefined as void }, silent: { port: 0, close: () => undefined as void } };

  beforeAll(async () => {
    servers.http = await listening(createHttpServer((_, response) => response.end('<title>plain</title>')));
    servers.https = await listening(createHttpsServer({ cert: SERVER_CERTIFICATE, key: SERVER_KEY }, (_, response) => response.end('<title>secure</title>')));
    // Takes connections, and never says a word.
    servers.silent = await listening(createTcpServer());
  });
  afterAll(() => {
    for (const { close } of Object.values(servers)) close();
  });

  const record = async (...words: readonly string[]) => netlogAnalyze(['record', ...words, ...browserWords, '-o', folder], { real: true });

  test.each(['hev3', 'hev2', 'legacy'])('%s logs races of that engine', async (engine) => {
    const url = `https://a.race.test:${servers.https.port}/`;
    const { exitCode, stdout, stderr } = await record(url, '--engine', engine, '--browser-flag=--ignore-certificate-errors');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringMatching(/^1\/1 .*loaded in [^;]*\n$/) });
    const file = `${engine}/a.race.test_${servers.https.port}-1.json`;
    expect(stdout).toContain(file);
    const report = await analyze(join(folder, file));
    expect(report.trace).toMatchObject({ complete: true, captureMode: 'Default' });
    const races = report.races.filter(({ destination }) => destination?.host === 'a.race.test');
    expect(races.length).toBeGreaterThan(0);
    for (const race of races) expect(race).toMatchObject({ engine, outcome: 'connected', winner: { ipEndpoint: `127.0.0.1:${servers.https.port}`, transport: 'tcp' } });
    expect(report.requests).toContainEqual(expect.objectContaining({ url, status: 200 }));
  });

  test('arms take turns, and their folders can be compared', async () => {
    const url = `http://a.race.test:${servers.http.port}/`;
    expect(await record(url, '--runs', '2')).toMatchObject({ exitCode: 0 });
    const { runs, browser: recorded, flags } = await recordingIn(folder);
    expect(runs.map(({ engine, run, order }) => ({ engine, run, order }))).toEqual([
      { engine: 'hev3', run: 1, order: 1 },
      { engine: 'hev2', run: 1, order: 2 },
      { engine: 'hev2', run: 2, order: 3 },
      { engine: 'hev3', run: 2, order: 4 },
    ]);
    expect(runs).toContainEqual(expect.objectContaining({ url, browserEnd: 'closed', page: expect.objectContaining({ state: 'loaded', idle: true }) }));
    expect(recorded).toEqual({ path: browser, version: expect.stringMatching(/^\w+\/[\d.]+$/) });
    expect(flags.hev3).toContain('--enable-features=HappyEyeballsV3');
    const compared = await netlogAnalyze(['compare', join(folder, 'hev2'), '--against', join(folder, 'hev3')], { real: true });
    expect(compared).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('hev2 → hev3') });
  });

  test.each([
    ['a name that does not exist', () => 'http://nowhere.invalid/', /ERR_NAME_NOT_RESOLVED; the log is kept/, 'failed'],
    ['a certificate that nobody trusts', () => `https://a.race.test:${servers.https.port}/`, /ERR_CERT_AUTHORITY_INVALID; the log is kept/, 'failed'],
    ['a server that says nothing', () => `http://a.race.test:${servers.silent.port}/`, /not loaded in [\d.]+ m?s; the log is kept/, 'timed-out'],
  ])('%s ends with exit code 1 and one line, and its log is kept', async (_, url, line, state) => {
    const { exitCode, stderr } = await record(url(), '--engine', 'hev3', '--timeout', '2');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringMatching(line) });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    const [run] = (await recordingIn(folder)).runs;
    expect(run?.page.state).toBe(state);
    expect((await analyze(join(folder, run?.file ?? ''))).trace.complete).toBe(true);
  });

  test('an interruption leaves neither a browser nor a log that is not whole', async () => {
    const interrupted = new AbortController();
    const url = `http://a.race.test:${servers.silent.port}/`;
    const going = netlogAnalyze(['record', url, ...browserWords, '-o', folder], { real: true, signal: interrupted.signal });
    // The browser knows where its log goes.
    while (process.platform === 'linux' && !commandLines().some((words) => words.includes(folder))) await new Promise((resolve) => setTimeout(resolve, 20));
    interrupted.abort();
    expect((await going).exitCode).toBe(130);
    expect(await readdir(folder, { recursive: true })).toEqual(['hev3']);
    expect(commandLines().filter((words) => words.includes(folder))).toEqual([]);
  });

  test('nothing is replaced unless that is asked for', async () => {
    const url = `http://a.race.test:${servers.http.port}/`;
    await mkdir(join(folder, 'hev2'));
    for (const name of ['mine.json', 'earlier.json']) await writeFile(join(folder, 'hev2', name), '{}');
    await writeFile(join(folder, 'mine.txt'), 'mine');
    const earlier = JSON.stringify({ runs: [{ file: 'hev2/earlier.json' }, { file: 'hev2/../mine.txt' }, { file: '../hev2/mine.json' }] }, null, 2);
    await writeFile(join(folder, 'recording.json'), earlier);
    expect(await record(url, '--engine', 'hev3')).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/recording\.json exists; --force replaces it/) });
    expect(await readFile(join(folder, 'recording.json'), 'utf8')).toBe(earlier);
    expect(await record(url, '--engine', 'hev3', '--force')).toMatchObject({ exitCode: 0 });
    const { runs } = await recordingIn(folder);
    expect(runs).toHaveLength(1);
    expect((await readdir(folder, { recursive: true })).toSorted()).toEqual(['hev2', 'hev2/mine.json', 'hev3', runs[0]?.file, 'mine.txt', 'recording.json']);
  });
});

describe('record without a browser', () => {
  test.each([
    [['a.test', '--browser', '/nowhere/chrome'], '/nowhere/chrome is no program that can be run'],
    [['a.test', '--engine', 'hev4'], '--engine: expected hev3, hev2, legacy, with commas between, found "hev4"'],
    [['a.test', '--runs', '0'], '--runs takes a whole number'],
    [['a.test', '--timeout', '0'], '--timeout takes seconds'],
    [['ftp://a.test'], 'expected a URL of http or https, found ftp://a.test'],
    [['a.test', '--browser-flag', 'disable-quic'], '--browser-flag takes a flag of the browser'],
  ])('%s is a mistake', async (words, says) => {
    const { exitCode, stderr } = await netlogAnalyze(['record', ...words, '-o', folder]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(says) });
    expect(await readdir(folder)).toEqual([]);
  });

  test('a program that is no browser is told of, with what it says', async () => {
    const { exitCode, stderr } = await netlogAnalyze(['record', 'a.test', '--browser', process.execPath, '-o', folder]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/the browser is gone; it said: .*bad option/);
  });
});

/** Of all processes, where the system tells. */
function commandLines(): readonly string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      try {
        return [readFileSync(`/proc/${id}/cmdline`, 'utf8')];
      } catch {
        return [];
      }
    });
}
