/** `netlog-analyze redact`: a log fit to be shared, or a list of what keeps it from being so. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lineLog } from '../netlog/reading.ts';
import { netlogAnalyze } from './harness.ts';

const SAMPLE = join(import.meta.dirname, '../../samples/dual-hev3/netlog.json.gz');

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netlog-analyze-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const redact = (...words: string[]) => netlogAnalyze(['redact', ...words], { real: true });

async function logWith(params: object): Promise<string> {
  const path = join(folder, 'log.json');
  await writeFile(path, lineLog([JSON.stringify({ params, phase: 0, source: { id: 1, type: 0 }, time: '1', type: 0 })]));
  return path;
}

describe('--check', () => {
  test('lists kinds and counts, never the thing itself, and ends with exit code 1', async () => {
    const { exitCode, stdout, stderr } = await redact(await logWith({ headers: ['cookie: hunter2', 'cookie: hunter3'], url: 'https://a.test/?hunter4' }), '--check', '--width', '120');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/cookies +2 +0/);
    expect(stdout).toMatch(/query-strings +1 +0/);
    expect(stdout + stderr).not.toContain('hunter');
  });

  test('of a clean log ends with exit code 0', async () => {
    expect(await redact(await logWith({ url: 'https://a.test/' }), '--check')).toMatchObject({ exitCode: 0, stdout: 'Nothing found that should not be shared.\n', stderr: '' });
  });

  test('as JSON', async () => {
    const { stdout } = await redact(await logWith({ token: 'x' }), '--check', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject([{ kind: 'tokens', count: 1, firstEvent: 0 }]);
  });
});

test('the redacted log of a recording is clean', async () => {
  const out = join(folder, 'shared.json');
  expect(await redact(SAMPLE, '-o', out)).toMatchObject({ exitCode: 0, stdout: '' });
  expect((await redact(out, '--check')).exitCode).toBe(0);
});

test('a name that ends in .gz asks for compression', async () => {
  await redact(SAMPLE, '-o', join(folder, 'a.json'));
  await redact(SAMPLE, '-o', join(folder, 'a.json.gz'));
  expect(gunzipSync(await readFile(join(folder, 'a.json.gz'))).toString()).toBe(await readFile(join(folder, 'a.json'), 'utf8'));
});

test('the same key gives the same pseudonyms; without one they differ each time', async () => {
  const key = join(folder, 'key');
  await writeFile(key, 'sixteen bytes at least');
  const withKey = async () => (await redact(SAMPLE, '--pseudonyms', '--key', key)).stdout;
  const without = async () => (await redact(SAMPLE, '--pseudonyms')).stdout;
  expect(await withKey()).toBe(await withKey());
  expect(await without()).not.toBe(await without());
  expect(await withKey()).not.toContain('lab.test');
});

test.each([
  [['--key', '/nowhere', '--pseudonyms'], 'no such file'],
  [['--key', '/dev/null', '--pseudonyms'], 'at least 16 bytes'],
  [['--key', '/dev/null'], '--pseudonyms is not given'],
  [['--check', '--pseudonyms'], '--pseudonyms has no place'],
])('%j is a mistake', async (words, says) => {
  const { exitCode, stderr } = await redact(SAMPLE, ...words);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(says);
});

test('what is no log leaves no file, and an existing file stays', async () => {
  const text = join(folder, 'text');
  await writeFile(text, 'no log');
  expect((await redact(text, '-o', join(folder, 'out'))).exitCode).toBe(3);
  expect((await redact(SAMPLE, '-o', text)).exitCode).toBe(2);
  expect(await readdir(folder)).toEqual(['text']);
  expect(await readFile(text, 'utf8')).toBe('no log');
});

test('an interrupt leaves no file', async () => {
  const interrupted = new AbortController();
  interrupted.abort();
  const { exitCode } = await netlogAnalyze(['redact', SAMPLE, '-o', join(folder, 'out')], { real: true, signal: interrupted.signal });
  expect(exitCode).toBe(130);
  expect(await readdir(folder)).toEqual([]);
});
