/** Hand-made comparisons to render: few rows, each of another kind. */
import { compareRuns } from '../../../src/compare/compare-runs.ts';
import type { Comparison } from '../../../src/compare/comparison.ts';
import type { Run } from '../../../src/compare/run.ts';
import type { Threshold } from '../../../src/compare/thresholds/threshold.ts';
import { aRun, aThreshold, millisMetric, rateMetric, settings } from '../../compare/runs.ts';

const failureRate = { id: 'race.failure_rate', unit: 'ratio', better: 'lower', kind: 'rate' } as const;

export function compared(base: readonly Run[], next: readonly Run[], thresholds: readonly Threshold[] = []): Comparison {
  return compareRuns({ label: 'main/', runs: base }, { label: 'branch/', runs: next }, {
    tool: { name: 'netlog-analyze', version: '0.1.0' },
    settings,
    thresholds,
    rules: { onInconclusive: 'warn', onRegression: 'pass' },
  });
}

/** Five runs a side: times 100 ms longer, a resolver that is as it was, HTTPS waits that only one engine has. */
export function slowBranch(): Comparison {
  const runs = (engine: string, ms: number): Run[] =>
    [0, 1, 2, 3, 4].map((i) =>
      aRun({
        facts: { engines: [engine] },
        metrics: [
          millisMetric([ms + i]),
          millisMetric([20 + ((i * 3) % 5)], { id: 'dns.resolution.duration' }),
          millisMetric([5], { id: 'race.crypto_wait' }),
          rateMetric(1, 20),
          ...(engine === 'hev3' ? [millisMetric([30], { id: 'connect.quic.duration' })] : []),
        ],
      }),
    );
  return compared(runs('hev2', 100), runs('hev3', 200), [
    aThreshold('p95 < 1s', { line: 3 }),
    aThreshold('delta(median) < max(10%, 20ms)', { line: 4 }),
    aThreshold('rate < 2%', { metric: failureRate, level: 'warn', line: 5 }),
    aThreshold('count <= base', { metric: failureRate, line: 6 }),
  ]);
}

/** One run a side, with hosts. */
export function pairOfRuns(): Comparison {
  const run = (ms: number, hosts: Readonly<Record<string, number>>): Run =>
    aRun({ metrics: [millisMetric([ms])], hosts: Object.entries(hosts).map(([host, median]) => ({ host, medians: { 'race.duration': median } })) });
  return compared([run(100, { 'a.test': 90, 'b.test': 110, 'old.test': 5 })], [run(150, { 'a.test': 190, 'b.test': 108, 'new.test': 5 })]);
}
