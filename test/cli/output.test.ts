/** `--output`: a file appears whole or not at all, and none is lost by accident. */
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aReport } from '../report/builders.ts';
import { netlogAnalyze } from './harness.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netlog-analyze-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const reports = { 'a.json': aReport() };
const write = (file: string, ...words: string[]) =>
  netlogAnalyze(['a.json', '--output', join(folder, file), ...words], { reports, columns: 120 });

test('the file holds what stdout would, without colour', async () => {
  const { exitCode, stdout } = await write('out.txt');
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
  expect(await readFile(join(folder, 'out.txt'), 'utf8')).toBe((await netlogAnalyze(['a.json'], { reports })).stdout);
  expect(await readdir(folder)).toEqual(['out.txt']);
});

test('an existing file stays', async () => {
  await writeFile(join(folder, 'out.txt'), 'precious');
  const { exitCode, stderr } = await write('out.txt');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('the file exists; --force replaces it');
  expect(await readFile(join(folder, 'out.txt'), 'utf8')).toBe('precious');
});

test('--force replaces it, through a symbolic link too', async () => {
  await writeFile(join(folder, 'real.json'), 'old');
  await symlink(join(folder, 'real.json'), join(folder, 'link.json'));
  expect((await write('link.json', '--force', '-f', 'json')).exitCode).toBe(0);
  expect(JSON.parse(await readFile(join(folder, 'real.json'), 'utf8'))).toEqual(reports['a.json']);
});

test('a symbolic link to nothing is not written through', async () => {
  await symlink(join(folder, 'elsewhere.json'), join(folder, 'link.json'));
  const { exitCode, stderr } = await write('link.json');
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--force replaces it')]);
  expect(await readdir(folder)).toEqual(['link.json']);
});

test('a trace that fails leaves no file behind', async () => {
  const { exitCode } = await netlogAnalyze(['bug.json', '-o', join(folder, 'out.txt')], { reports });
  expect(exitCode).toBe(70);
  expect(await readdir(folder)).toEqual([]);
});

test('an interrupt while reading leaves no file behind', async () => {
  const interrupted = new AbortController();
  const onRead = () => {
    interrupted.abort();
    throw new Error('aborted');
  };
  const words = ['a.json', '-o', join(folder, 'out.txt')];
  expect((await netlogAnalyze(words, { reports, onRead, signal: interrupted.signal })).exitCode).toBe(130);
  expect(await readdir(folder)).toEqual([]);
});

test('a full disk is told in one line', async () => {
  const { exitCode, stderr } = await netlogAnalyze(['a.json', '-o', '/dev/full'], { reports });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^netlog-analyze: --output \/dev\/full: ENOSPC.*\n$/);
});

test('a folder that does not exist is a mistake', async () => {
  const { exitCode, stderr } = await write('nowhere/out.txt');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('no such file or directory');
});

test('a folder is not written to', async () => {
  expect((await write('.')).stderr).toContain('is a directory');
});

test('a device is written to, not replaced', async () => {
  const { exitCode } = await netlogAnalyze(['a.json', '-o', '/dev/null'], { reports });
  expect(exitCode).toBe(0);
});

test('- is stdout', async () => {
  expect((await netlogAnalyze(['a.json', '-o', '-'], { reports })).stdout).toContain('trace.json.gz');
});
