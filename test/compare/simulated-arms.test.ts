/** Known effects are found, and where there is none alarms are as rare as chosen: the comparison as an instrument, measured. */
import { beforeAll, describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/compare/compare-runs.ts';
import type { Comparison } from '../../src/compare/comparison.ts';
import { comparisonSchema } from '../../src/compare/comparison.ts';
import type { Run } from '../../src/compare/run.ts';
import type { Threshold } from '../../src/compare/thresholds/threshold.ts';
import { aThreshold, settings } from './runs.ts';
import { simulatedRuns } from './simulated-runs.ts';

function compare(base: readonly Run[], next: readonly Run[], thresholds: readonly Threshold[] = []): Comparison {
  return compareRuns({ label: 'base', runs: base }, { label: 'new', runs: next }, {
    tool: { name: 'netlog-analyze', version: '0.1.0' },
    settings: { ...settings, rounds: 10 },
    thresholds,
    rules: { onInconclusive: 'warn', onRegression: 'fail' },
  });
}

describe('an attempt delay of 350 ms instead of 250, where IPv6 is broken', () => {
  const base = simulatedRuns(8, 1000, 250);
  const slow = simulatedRuns(8, 2000, 350);

  it('is found: every race that falls back takes 100 ms longer', () => {
    const comparison = compare(base, slow);
    const duration = comparison.metrics.find(({ id }) => id === 'race.duration');
    expect(duration?.verdict).toBe('regressed');
    expect(duration?.difference?.cliffsDelta).toBe(1);
    expect(Math.abs((duration?.difference?.shift ?? 0) - 100)).toBeLessThan(10);
    expect(duration?.difference?.interval.low).toBeLessThan(100);
    expect(duration?.difference?.interval.high).toBeGreaterThan(100);
    expect(comparison).toMatchObject({ outcome: 'failed' });
  });

  it('is an improvement the other way round, and fails nothing', () => {
    const duration = compare(slow, base, [aThreshold('delta(median) < max(10%, 20ms)')]);
    expect(duration.limits).toMatchObject([{ state: 'passed' }]);
    expect(duration.metrics.find(({ id }) => id === 'race.duration')?.verdict).toBe('improved');
  });

  it('breaks a threshold with a floor', () => {
    expect(compare(base, slow, [aThreshold('delta(median) < max(10%, 20ms)')]).limits).toMatchObject([{ state: 'failed', pValue: expect.closeTo(2 / 12_870, 8) }]);
  });

  it('changes nothing of how names are resolved', () => {
    expect(compare(base, slow).metrics.filter(({ id, verdict }) => id.startsWith('dns.') && verdict !== 'unchanged')).toEqual([]);
  });

  it('is a comparison as the schema has it', () => {
    const comparison = compare(base, slow);
    expect(comparisonSchema.parse(comparison)).toEqual(comparison);
  });
});

describe('200 pairs of equal arms', () => {
  const PAIRS = 200;
  const RUNS = 6;
  let pairs: readonly Comparison[] = [];
  beforeAll(() => {
    pairs = Array.from({ length: PAIRS }, (_, i) => {
      const runs = simulatedRuns(2 * RUNS, 10_000 + i * 2 * RUNS, 250);
      return compare(runs.slice(0, RUNS), runs.slice(RUNS), [aThreshold('delta(median) < 0ms')]);
    });
  }, 300_000);
  const differs = new Set(['regressed', 'improved', 'changed']);

  it('raise any false alarm, over all metrics, in at most 5 % of the pairs', () => {
    const limited = 'race.duration';
    const alarms = pairs.filter(({ metrics }) => metrics.some(({ id, verdict }) => id !== limited && differs.has(verdict)));
    expect(alarms.length / PAIRS).toBeLessThanOrEqual(0.05);
  });

  it('break a threshold without any tolerance in at most 5 % of the pairs', () => {
    expect(pairs.filter(({ limits }) => limits[0]?.state === 'failed').length / PAIRS).toBeLessThanOrEqual(0.05);
  });

  it('are told apart by something, else nothing was tested', () => {
    const tested = pairs[0]?.metrics.filter(({ difference }) => (difference?.leastPValue ?? 1) < 1) ?? [];
    expect(tested.length).toBeGreaterThanOrEqual(5);
  });
});
