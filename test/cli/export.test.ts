/** `netlog-analyze export`: HAR, CSV and NDJSON. */
import { describe, expect, test } from 'vitest';
import { anAttempt, aRace, aReport, aRequest } from '../report/builders.ts';
import { netlogAnalyze } from './harness.ts';

const report = aReport({
  requests: [aRequest({ id: 1, url: 'https://a.test/', startMs: 5 }), aRequest({ id: 2, url: 'https://b.test/,"x"' })],
  races: [aRace({ id: 112, attempts: [anAttempt({ id: 7, ipEndpoint: '[2001:db8::1]:443' }), anAttempt({ id: 8, ipEndpoint: '203.0.113.1:443', outcome: 'lost' })] })],
});
const exported = (...words: string[]) => netlogAnalyze(['export', 'a.json', ...words], { reports: { 'a.json': report } });

test('HAR unless asked otherwise, in the order in which requests started', async () => {
  const { exitCode, stdout } = await exported();
  expect(exitCode).toBe(0);
  expect((JSON.parse(stdout) as { log: { entries: { _netlogId: number }[] } }).log.entries.map(({ _netlogId }) => _netlogId)).toEqual([2, 1]);
});

test('filters choose entries', async () => {
  const { stdout } = await exported('--host', 'b.test');
  expect((JSON.parse(stdout) as { log: { entries: unknown[] } }).log.entries).toHaveLength(1);
});

describe('tables', () => {
  test('csv has a header line, and quotes what needs it (RFC 4180)', async () => {
    const [header, first, second] = (await exported('-f', 'csv')).stdout.split('\r\n');
    expect(header).toMatch(/^id,method,url,/);
    expect(first).toMatch(/^1,GET,https:\/\/a\.test\/,/);
    expect(second).toContain('"https://b.test/,""x"""');
  });

  test('ndjson has a whole object on each line', async () => {
    const lines = (await exported('-f', 'ndjson', '--table', 'races')).stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(JSON.parse(JSON.stringify(report.races)));
  });

  test('attempts name their race', async () => {
    const { stdout } = await exported('-f', 'csv', '--table', 'attempts');
    expect(stdout).toContain('112,7,,tcp,ipv6,[2001:db8::1]:443');
    expect(stdout).toContain('112,8,,tcp,ipv4,203.0.113.1:443');
  });

  test.each(['requests', 'races', 'attempts', 'resolutions', 'sessions', 'metrics'])('%s can be had in both', async (table) => {
    expect((await exported('-f', 'csv', '--table', table)).exitCode).toBe(0);
    expect((await exported('-f', 'ndjson', '--table', table)).exitCode).toBe(0);
  });
});

test('--table with HAR is a mistake', async () => {
  expect(await exported('--table', 'races')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--table belongs to csv and ndjson') });
});
