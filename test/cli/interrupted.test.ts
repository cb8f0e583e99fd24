/** A full disk and a signal leave nothing half-written under the final name, whichever command writes. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { netlogAnalyze } from './harness.ts';

const SAMPLE = join(import.meta.dirname, '../../samples/nxdomain-hev3/netlog.json.gz');

const WRITERS: readonly (readonly string[])[] = [
  [SAMPLE],
  ['redact', SAMPLE],
  ['slice', SAMPLE, '--from', '0'],
  ['export', SAMPLE],
  ['races', SAMPLE],
];

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netlog-analyze-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe.each(WRITERS)('%s', (...words) => {
  test('tells of a full disk in one line', async () => {
    const { exitCode, stderr } = await netlogAnalyze([...words, '-o', '/dev/full'], { real: true });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/--output \/dev\/full: ENOSPC/);
    expect(stderr).not.toContain('internal error');
  });

  test('leaves nothing when a signal comes', async () => {
    const { exitCode } = await netlogAnalyze([...words, '-o', join(folder, 'out')], { real: true, signal: AbortSignal.abort() });
    expect(exitCode).toBe(130);
    expect(await readdir(folder)).toEqual([]);
  });

  test('ends quietly when nobody reads any more', async () => {
    expect((await netlogAnalyze(words, { real: true, stdoutError: 'EPIPE' })).exitCode).toBe(0);
  });
});
