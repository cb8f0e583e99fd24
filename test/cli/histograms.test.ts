/** `histograms`: formats, names, and having nothing to list. */
import { describe, expect, test } from 'vitest';
import { aReport } from '../report/builders.ts';
import { netlogAnalyze } from './harness.ts';

const report = {
  ...aReport({}),
  histograms: [
    { name: 'Net.DNS.ResolveCategory', unit: 'code' as const, count: 8, sum: 7, buckets: [{ low: 0, high: 1, count: 1 }, { low: 1, high: 2, count: 7 }] },
    { name: 'Net.DNS.ResolveSuccessTime', unit: 'ms' as const, count: 1200, sum: 64_000, buckets: [{ low: 28, high: 32, count: 900 }, { low: 50, high: 58, count: 299 }, { low: 3_600_000, high: 2_147_483_647, count: 1 }] },
    { name: 'Net.HttpStreamPool.TcpBasedAttemptTotalCancelCount.SpdySessionCreated', unit: 'count' as const, count: 2, sum: 3, buckets: [{ low: 1, high: 2, count: 1 }, { low: 2, high: 3, count: 1 }] },
  ],
};
const run = (...words: string[]) => netlogAnalyze(['histograms', 'a.json', ...words], { reports: { 'a.json': report } });

describe('histograms', () => {
  test.each([80, 140])('in %i columns', async (width) => {
    const { stdout, stderr, exitCode } = await run('--width', String(width));
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    await expect(stdout).toMatchFileSnapshot(`__golden__/histograms-${width}.txt`);
  });

  test('as CSV, with every bucket', async () => {
    expect((await run('-f', 'csv', '--name', '*Category')).stdout).toBe('name,unit,count,sum,buckets\r\nNet.DNS.ResolveCategory,code,8,7,0-1:1 1-2:7\r\n');
  });

  test('as JSON, as they are in the report', async () => {
    expect(JSON.parse((await run('-f', 'json')).stdout)).toEqual(report.histograms);
  });

  test('by several names, whatever the case', async () => {
    const { stdout } = await run('-f', 'csv', '--name', 'net.dns.*time', '--name', '*CancelCount*');
    expect(stdout.split('\r\n').map((line) => line.split(',')[0])).toEqual(['name', 'Net.DNS.ResolveSuccessTime', 'Net.HttpStreamPool.TcpBasedAttemptTotalCancelCount.SpdySessionCreated', '']);
  });

  test('of a name that nothing has: nothing, and a remark', async () => {
    expect(await run('--name', 'Net.Nothing')).toEqual({ exitCode: 0, stdout: '', stderr: 'netlog-analyze: a.json: no histograms named Net.Nothing\n' });
  });
});
