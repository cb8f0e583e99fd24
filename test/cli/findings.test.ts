/** `netlog-analyze findings`: every format, levels, and exit codes for scripts. */
import { describe, expect, test } from 'vitest';
import { findingSchema } from '../../src/findings/finding.ts';
import { reportOf } from '../truth/sample-reports.ts';
import { netlogAnalyze } from './harness.ts';

const blackhole = 'blackhole.json';
const plain = 'plain.json';

async function analyzed(...words: string[]) {
  return netlogAnalyze(words, { reports: { [blackhole]: await reportOf('v6-blackhole-hev3'), [plain]: await reportOf('dual-hev3') } });
}

const findings = (...words: string[]) => analyzed('findings', ...words);

describe('findings', () => {
  test('as text name rule, reason, advice and where to look', async () => {
    const { exitCode, stdout } = await findings(blackhole, '--level', 'warning');
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')[0]).toBe('warning: IPv6 connections get no answer in time: dead or slow (ipv6.unusable)');
    for (const label of ['Rests on: RFC 8305', 'Threshold: ', 'What to do: ', 'Sources: 144', 'Events: ']) expect(stdout).toContain(label);
    expect(stdout).not.toContain('dns.name_not_found');
  });

  test('as JSON are an array of the report’s findings', async () => {
    const found: unknown = JSON.parse((await findings(blackhole, '-f', 'json')).stdout);
    expect(findingSchema.array().parse(found).map(({ id }) => id)).toEqual(['ipv6.unusable', 'dns.name_not_found']);
  });

  test('as Markdown and CSV have a heading or a row each', async () => {
    expect((await findings(blackhole, '-f', 'markdown')).stdout.match(/^### /gm)).toHaveLength(2);
    const [header, first] = (await findings(blackhole, '-f', 'csv')).stdout.split('\r\n');
    expect(header).toBe('severity,id,title,detail,sourceIds,eventIndices,spec,threshold,advice');
    expect(first).toMatch(/^warning,ipv6\.unusable,/);
  });

  test.each([
    { trace: blackhole, level: 'warning', exitCode: 1 },
    { trace: blackhole, level: 'error', exitCode: 0 },
    { trace: plain, level: 'warning', exitCode: 0 },
    { trace: plain, level: 'info', exitCode: 1 },
  ])('$level fails with exit code $exitCode', async ({ trace, level, exitCode }) => {
    expect((await findings(trace, '--fail-on', level)).exitCode).toBe(exitCode);
  });

  test('that are hidden by --level still count for --fail-on', async () => {
    expect(await findings(blackhole, '--level', 'error', '--fail-on', 'warning')).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('no findings at the level error or above') });
  });

  test('are in the summary too', async () => {
    expect((await analyzed(blackhole)).stdout).toContain('warning: IPv6 connections get no answer in time');
  });
});
