/** The `probe` command against servers of the test's own: the story on stdout, the log in a file that our reader takes. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { SERVER_CERTIFICATE, SERVER_KEY, TEST_AUTHORITY } from '../live/certificate.ts';
import { type TestDnsServer, startDnsServer, zone } from '../live/probe/dns-server.ts';
import { RACE_TEST_ALPN_H2, RACE_TEST_ALPN_H3_H2 } from '../live/probe/service-rdata.ts';
import { netlogAnalyze } from './harness.ts';

let folder = '';
let dns: TestDnsServer;
let server: Http2SecureServer;
let url = '';
beforeAll(async () => {
  dns = await startDnsServer(zone('race.test', { A: '127.0.0.1' }, RACE_TEST_ALPN_H2));
  server = createSecureServer({ cert: SERVER_CERTIFICATE, key: SERVER_KEY }, (_, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://race.test:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  dns.close();
  server.close();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netlog-analyze-test-'));
  await writeFile(join(folder, 'ca.pem'), TEST_AUTHORITY);
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** There is no route to the Internet where tests run. */
const probe = (...words: readonly string[]) => netlogAnalyze(['probe', url, '--dns', `127.0.0.1:${dns.port}`, '--ipv4', '--ipv6', '--ca', join(folder, 'ca.pem'), ...words], { real: true });

test('tells what came of it, and the race', async () => {
  const { exitCode, stdout, stderr } = await probe();
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(new RegExp(`^${url}: status 200 over h2 from 127\\.0\\.0\\.1:\\d+, connected after [\\d.]+ m?s`));
  expect(stdout).toMatch(/^Race \d+ {2}https:\/\/race\.test/m);
  expect(stdout).toMatch(/^★ TCP 127\.0\.0\.1 .*won$/m);
});

test('writes a log that our reader takes', async () => {
  const path = join(folder, 'probe.json');
  expect(await probe('-o', path)).toMatchObject({ exitCode: 0 });
  const report = await analyze(path);
  expect(report.trace).toMatchObject({ complete: true, diagnostics: [], client: { name: 'netlog-analyze', commandLine: `probe: ${url}, profile draft-v3` } });
  expect(report.races).toMatchObject([{ outcome: 'connected' }]);
  expect(report.requests).toMatchObject([{ url, status: 200 }]);
  expect(report.resolutions[0]?.httpsRecords?.length ?? 0).toBeGreaterThan(0);
  expect(await probe('-o', path)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('the file exists; --force replaces it') });
});

test('each run has a log of its own', async () => {
  const { exitCode, stdout } = await probe('--runs', '2', '-o', join(folder, 'probe.json.gz'));
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Run 2 of 2: ');
  expect((await readdir(folder)).toSorted()).toEqual(['ca.pem', 'probe-1.json.gz', 'probe-2.json.gz']);
  expect((await analyze(join(folder, 'probe-2.json.gz'))).races).toMatchObject([{ outcome: 'connected' }]);
});

test('prints as JSON', async () => {
  const { stdout } = await probe('--format', 'json');
  expect(JSON.parse(stdout)).toMatchObject([{ run: 1, status: 200, url, ended: { state: 'done' }, connection: { alpn: 'h2', reused: false }, races: [{ outcome: 'connected' }] }]);
});

test('parameters of the client can be set', async () => {
  expect(await probe('--profile', 'chromium-hev3', '--set', 'httpsRecords=false')).toMatchObject({ exitCode: 0 });
  expect(dns.questions.slice(-2).map(({ type }) => type).toSorted()).toEqual(['A', 'AAAA']);
});

test('says in one line how to get QUIC, if a record offers it or an option asks for it', async () => {
  const offering = await startDnsServer(zone('race.test', { A: '127.0.0.1' }, RACE_TEST_ALPN_H3_H2));
  const line = 'netlog-analyze: QUIC was left out; to probe with it: npm install @matrixai/quic\n';
  expect(await probe('--set', 'quic=true')).toMatchObject({ exitCode: 0, stderr: line });
  const words = ['--dns', `127.0.0.1:${offering.port}`, '--ipv4', '--ca', join(folder, 'ca.pem')];
  expect(await netlogAnalyze(['probe', url, ...words, '--runs', '2'], { real: true })).toMatchObject({ exitCode: 0, stderr: line });
  expect(await netlogAnalyze(['probe', url, ...words, '--set', 'quic=false'], { real: true })).toMatchObject({ exitCode: 0, stderr: '' });
  offering.close();
});

test('no response is exit code 1, and the log is kept', async () => {
  const path = join(folder, 'probe.json');
  const { exitCode, stdout } = await netlogAnalyze(['probe', url, '--dns', `127.0.0.1:${dns.port}`, '--ipv4', '-o', path], { real: true });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining('ERR_CERT_AUTHORITY_INVALID') });
  expect((await analyze(path)).races).toMatchObject([{ outcome: 'failed' }]);
});

test('an interruption leaves no log', async () => {
  const signal = AbortSignal.abort();
  const { exitCode } = await netlogAnalyze(['probe', url, '--dns', `127.0.0.1:${dns.port}`, '--ipv4', '-o', join(folder, 'probe.json')], { real: true, signal });
  expect(exitCode).toBe(130);
  expect(await readdir(folder)).toEqual(['ca.pem']);
});

describe('a mistake ends with exit code 2 and one line', () => {
  test.each([
    [['ftp://a.test'], 'expected a URL of http or https, found ftp://a.test'],
    [['a.test', '--dns', 'name.test'], '--dns takes the address of a server, such as 192.0.2.53 or [2001:db8::53]:5353, found name.test'],
    [['a.test', '--profile', 'go', '--dns', '192.0.2.53'], "--dns does not reach profile go, which asks the system's resolver"],
    [['a.test', '--profile', 'go,none'], '--profile takes one profile'],
    [['a.test', '--set', 'quic'], '--set takes NAME=VALUE'],
    [['a.test', '--set', 'ech=true'], '--set: there is no ECH here'],
    [['a.test', '--runs', '1.5'], '--runs takes a whole number'],
    [['a.test', '--ca', '/nowhere.pem'], '--ca /nowhere.pem: ENOENT'],
    [['a.test', '--ca', 'package.json'], '--ca package.json: expected certificates in PEM'],
    [['a.test', '--no-ipv4', '--no-ipv6'], 'there is no route to the Internet'],
    [['a.test', '-o', '-'], '--output takes a file for the log'],
  ])('%s', async (words, says) => {
    const { exitCode, stdout, stderr } = await netlogAnalyze(['probe', ...words]);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringContaining(says) });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
