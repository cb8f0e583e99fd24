/** Real Chromium in the same network with two race engines: the comparison says what the packets say. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { runOfReport } from '../../src/report/run-of-report.ts';
import { compareRuns } from '../../src/compare/compare-runs.ts';
import type { Comparison } from '../../src/compare/comparison.ts';
import { readTruth, SAMPLES } from '../truth/truth.ts';
import { aThreshold, settings } from './runs.ts';

const THRESHOLD = aThreshold('delta(median) < max(10%, 20ms)');

async function compare(base: string, next: string): Promise<Comparison> {
  const [first, second] = await Promise.all(
    [base, next].map(async (sample) => ({ label: sample, runs: [runOfReport(await analyze(join(SAMPLES, sample, 'netlog.json.gz')), sample)] })),
  );
  if (first === undefined || second === undefined) throw new Error('expected two sides');
  return compareRuns(first, second, { tool: { name: 'netlog-analyze', version: '0' }, settings, thresholds: [THRESHOLD], rules: { onInconclusive: 'warn', onRegression: 'pass' } });
}

/** From the first query for the host to the first request on its connection, on the wire. */
function wireMs(sample: string, host: string): number {
  const { winners, queries } = readTruth(sample);
  const request = winners.find(({ name }) => name === host)?.firstRequest ?? Number.NaN;
  return request - Math.min(...queries.filter(({ name }) => name === host).map(({ sent }) => sent));
}

describe.each([
  // Facts: HEv3 goes on with IPv4 50 ms after its answer; HEv2 waits for the AAAA answer, 400 ms late.
  ['aaaa-slow-hev2', 'aaaa-slow-hev3', 'dual.lab.test', -400],
  ['aaaa-slow-hev3', 'aaaa-slow-hev2', 'dual.lab.test', 400],
  // HE-56 in HEv3: 250 ms; the second connector of HEv2 starts after 300 ms.
  ['v6-blackhole-hev2', 'v6-blackhole-hev3', 'dual.lab.test', -50],
  ['v6-blackhole-hev3', 'v6-blackhole-legacy', 'dual.lab.test', 50],
  ['dual-hev2', 'dual-hev3', 'dual.lab.test', 0],
  ['dual-legacy', 'dual-hev3', 'dual.lab.test', 0],
] as const)('%s against %s', (base, next, host, expectedMs) => {
  const wire = wireMs(next, host) - wireMs(base, host);

  it('differs on the wire by what the engines are made to do', () => {
    expect(Math.abs(wire - expectedMs)).toBeLessThan(60);
  });

  it('differs by as much in the comparison, host by host', async () => {
    const { hosts } = await compare(base, next);
    const pair = hosts.find(({ metric }) => metric === 'race.duration')?.pairs.find((one) => one.host === host);
    // The log has whole milliseconds, and a race begins a little before its first query.
    expect(Math.abs((pair?.new ?? Number.NaN) - (pair?.base ?? Number.NaN) - wire)).toBeLessThan(15);
  });

  it('breaks a threshold if, and only if, the wire is slower by more than it allows', async () => {
    const allowed = Math.max(0.1 * wireMs(base, host), 20);
    const { limits } = await compare(base, next);
    expect(limits).toMatchObject([{ state: wire > allowed ? 'failed' : 'passed' }]);
  });

  it('has no verdict but inconclusive and not comparable, since it is one run a side', async () => {
    const { metrics } = await compare(base, next);
    const verdicts = new Set(metrics.map(({ verdict }) => verdict));
    for (const decided of ['regressed', 'improved', 'changed', 'unchanged'] as const) expect(verdicts.has(decided)).toBe(false);
    expect(metrics.every(({ difference, adjustedPValue }) => difference === undefined && adjustedPValue === undefined)).toBe(true);
  });
});

it('a log cut off by a crash is compared, and said to be cut off', async () => {
  const { comparability } = await compare('v6-blackhole-hev3', 'truncated-hev3');
  expect(comparability.find(({ fact }) => fact === 'complete')).toMatchObject({ equal: false, base: ['all'], new: ['0 of 1'] });
});
