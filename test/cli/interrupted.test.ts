/** Full disks, signals, closed pipes, and names that are taken: whatever ends a command early, no half a result has its name. */
import { mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { netlogAnalyze } from './harness.ts';

const SAMPLES = join(import.meta.dirname, '../../samples');
const SAMPLE = join(SAMPLES, 'nxdomain-hev3/netlog.json.gz');
const RACE = join(SAMPLES, 'v6-blackhole-hev2/netlog.json.gz');
const SCENARIO = join(import.meta.dirname, 'scenarios/refused.yaml');
const DUAL = join(import.meta.dirname, 'scenarios/v6-black-hole.yaml');
const LIMITS = join(import.meta.dirname, 'scenarios/limits.yaml');

/** Every command that writes a file, in each form that takes a way of its own. */
const WRITERS: Readonly<Record<string, readonly string[]>> = {
  summary: [SAMPLE],
  'summary as JSON': [SAMPLE, '-f', 'json'],
  report: ['report', SAMPLE],
  findings: ['findings', SAMPLE],
  races: ['races', SAMPLE],
  race: ['race', RACE, 'dual.lab.test'],
  requests: ['requests', SAMPLE, '-f', 'csv'],
  resolutions: ['resolutions', SAMPLE],
  sessions: ['sessions', RACE],
  resolver: ['resolver', SAMPLE],
  'https-records': ['https-records', SAMPLE],
  histograms: ['histograms', SAMPLE],
  events: ['events', SAMPLE],
  redact: ['redact', SAMPLE],
  'redact --check': ['redact', SAMPLE, '--check'],
  slice: ['slice', SAMPLE, '--from', '0'],
  'export as HAR': ['export', SAMPLE],
  'export as CSV': ['export', SAMPLE, '-f', 'csv'],
  'export as NDJSON': ['export', SAMPLE, '-f', 'ndjson', '--table', 'races'],
  check: ['check', SAMPLE, '--thresholds', LIMITS],
  compare: ['compare', SAMPLE, '--against', SAMPLE],
  infer: ['infer', RACE, '--race', 'dual.lab.test'],
  simulate: ['simulate', SCENARIO],
  sweep: ['sweep', DUAL, '--vary', 'ipv6DelayMs=0:100:100'],
  'sweep as a chart': ['sweep', DUAL, '--vary', 'ipv6DelayMs=0:100:100'],
  'whatif as a chart': ['whatif', RACE, '--race', 'dual.lab.test'],
};

let folder = '';
let out = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netlog-analyze-test-'));
  out = join(folder, 'out');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe.each(Object.entries(WRITERS))('%s', (name, words) => {
  // A chart's form is told by the end of its name.
  const end = name.endsWith('chart') ? '.svg' : '';
  const write = (...more: readonly string[]) => netlogAnalyze([...words, ...more], { real: true });

  test('writes a file, and none over another one, through a link neither', async () => {
    const [file, link] = [out + end, join(folder, `link${end}`)];
    expect((await write('-o', file)).exitCode).toBeLessThan(2);
    expect(await readdir(folder)).toEqual([`out${end}`]);
    expect((await readFile(file)).length).toBeGreaterThan(0);
    await writeFile(file, 'precious');
    await symlink(file, link);
    for (const taken of [file, link]) {
      expect(await write('-o', taken)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--force replaces it') as unknown });
      expect(await readFile(file, 'utf8')).toBe('precious');
    }
    expect(await readdir(folder)).toEqual([`link${end}`, `out${end}`]);
  });

  test('tells of a full disk in one line', async () => {
    const full = join(folder, `full${end}`);
    await symlink('/dev/full', full);
    const { exitCode, stderr } = await write('-o', full);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/--output .*: ENOSPC/)]);
    expect(stderr).not.toContain('internal error');
  });

  test('leaves nothing, or the whole file, whenever a signal comes', async () => {
    expect((await netlogAnalyze([...words, '-o', out + end], { real: true, signal: AbortSignal.abort() })).exitCode).toBe(130);
    expect(await readdir(folder)).toEqual([]);
    for (const afterMs of [1, 20]) {
      const { exitCode } = await netlogAnalyze([...words, '-o', out + end], { real: true, signal: AbortSignal.timeout(afterMs) });
      expect(await readdir(folder)).toEqual(exitCode === 130 ? [] : [`out${end}`]);
      await rm(out + end, { force: true });
    }
  });

  test('ends quietly when nobody reads any more', async () => {
    const { exitCode, stderr } = await netlogAnalyze(words, { real: true, stdoutError: 'EPIPE' });
    expect(exitCode).toBe(0);
    expect(stderr).not.toContain('error');
  });
});

/** These make a folder. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  chart: ['chart', SAMPLE, '--kind', 'resolve-time', '-f', 'svg'],
  'export as Parquet': ['export', SAMPLE, '-f', 'parquet'],
};

describe.each(Object.entries(FOLDERS))('%s', (_, words) => {
  const entries = async (): Promise<string[]> => readdir(out, { recursive: true }).catch(() => []);

  test('leaves nothing, or whole files, whenever a signal comes', async () => {
    const whole = await netlogAnalyze([...words, '-o', out], { real: true });
    expect(whole.exitCode).toBe(0);
    const all = (await entries()).toSorted();
    for (const signal of [AbortSignal.abort(), AbortSignal.timeout(1), AbortSignal.timeout(20)]) {
      await rm(out, { recursive: true, force: true });
      const { exitCode } = await netlogAnalyze([...words, '-o', out], { real: true, signal });
      expect((await entries()).toSorted()).toEqual(exitCode === 130 ? [] : all);
    }
  });

  test('does not take a file for a folder', async () => {
    await writeFile(out, 'precious');
    const { exitCode, stderr } = await netlogAnalyze([...words, '-o', out, '--force'], { real: true });
    expect([exitCode, stderr]).toEqual([2, expect.not.stringContaining('internal error')]);
    expect(await readFile(out, 'utf8')).toBe('precious');
  });
});
