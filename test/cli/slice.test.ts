/** `netlog-analyze slice`: what is chosen, what is refused, and what is left on disk. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { netlogAnalyze } from './harness.ts';

const SAMPLE = join(import.meta.dirname, '../../samples/multi-blackhole-hev3/netlog.json.gz');

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netlog-analyze-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const slice = (...words: string[]) => netlogAnalyze(['slice', SAMPLE, ...words], { real: true });
async function report(path: string): Promise<Report> {
  return JSON.parse((await netlogAnalyze([path, '-f', 'json'], { real: true })).stdout) as Report;
}

test('a race by its id, smaller than the log and told the same', async () => {
  const whole = await report(SAMPLE);
  const race = whole.races.find(({ destination, outcome }) => destination?.host.endsWith('lab.test') === true && outcome === 'connected');
  const out = join(folder, 'race.json.gz');
  const { exitCode, stderr } = await slice('--race', String(race?.id), '-o', out);
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/kept \d+ of \d+ sources/);
  const part = await report(out);
  expect(part.trace.eventCount).toBeLessThan(whole.trace.eventCount);
  expect(part.races.find(({ id }) => id === race?.id)).toMatchObject({ durationMs: race?.durationMs, winner: race?.winner, requestIds: race?.requestIds });
});

test('a host by a glob, a request by its id, a stretch of time', async () => {
  const { requests } = await report(SAMPLE);
  const wanted = requests.find(({ url }) => url?.includes('lab.test') === true);
  for (const [i, words] of [['--host', '*.lab.test'], ['--request', String(wanted?.id)], ['--from', String(wanted?.startMs), '--to', String((wanted?.startMs ?? 0) + 1)]].entries()) {
    const out = join(folder, `${i}.json`);
    expect((await slice(...words, '-o', out)).exitCode).toBe(0);
    expect((await report(out)).requests.map(({ url }) => url)).toContain(wanted?.url);
  }
});

test.each([
  [[], 'say what to keep'],
  [['--race', '999999'], 'the log has no such race'],
  [['--request', '999999'], 'the log has no such request'],
  [['--request', 'x'], '--request takes the id'],
  [['--from', '9', '--to', '3'], '--from 9 must be before --to 3'],
])('%j is a mistake, and leaves no file', async (words, says) => {
  const { exitCode, stderr } = await slice(...words, '-o', join(folder, 'out'));
  expect(exitCode).toBe(2);
  expect(stderr).toContain(says);
  expect(await readdir(folder)).toEqual([]);
});

test('what matches nothing is said, and gives a valid log', async () => {
  const out = join(folder, 'none.json');
  const { exitCode, stderr } = await slice('--host', 'nowhere.test', '-o', out);
  expect(exitCode).toBe(0);
  expect(stderr).toContain('nothing matches');
  expect(JSON.parse(await readFile(out, 'utf8'))).toHaveProperty('events');
});
