/** Verdicts: each word where it belongs, and none where nothing can be told. */
import { describe, expect, it } from 'vitest';
import { compareFacts } from '../../src/compare/comparability.ts';
import { compareMetrics, type MetricComparison } from '../../src/compare/compare-metrics.ts';
import type { Run, RunMetric } from '../../src/compare/run.ts';
import { aRun, millisMetric, rateMetric, runsOf, settings, totalMetric } from './runs.ts';

function compare(base: readonly Run[], next: readonly Run[], limited: readonly string[] = []): MetricComparison[] {
  return compareMetrics({ base, new: next }, compareFacts(base, next), new Set(limited), settings);
}

const low = [100, 101, 102, 103, 104];
const high = [200, 201, 202, 203, 204];

describe('the verdict', () => {
  it('is regressed where a time grew, improved where it fell', () => {
    expect(compare(runsOf(...low), runsOf(...high))[0]).toMatchObject({ verdict: 'regressed', delta: 100, difference: { shift: 100, cliffsDelta: 1 } });
    expect(compare(runsOf(...high), runsOf(...low))[0]).toMatchObject({ verdict: 'improved', delta: -100, difference: { shift: -100, cliffsDelta: -1 } });
  });

  it('follows the direction of the metric: a hit rate that falls regressed', () => {
    const runs = (count: number): Run[] => low.map((_, i) => aRun({ metrics: [rateMetric(count, 20 + i, { id: 'dns.cache.hit_rate', better: 'higher' })] }));
    expect(compare(runs(15), runs(2))[0]?.verdict).toBe('regressed');
    expect(compare(runs(2), runs(15))[0]?.verdict).toBe('improved');
  });

  it('is changed where neither direction is better', () => {
    const runs = (values: readonly number[]): Run[] => values.map((value) => aRun({ metrics: [millisMetric([value], { better: 'neutral' })] }));
    expect(compare(runs(low), runs(high))[0]?.verdict).toBe('changed');
  });

  it('is unchanged where a difference would have shown, and none did', () => {
    expect(compare(runsOf(100, 101, 102, 103, 104), runsOf(100.5, 101.5, 102.5, 103.5, 99.5))[0]?.verdict).toBe('unchanged');
    expect(compare(runsOf(70, 70, 70, 70), runsOf(70, 70, 70, 70))[0]).toMatchObject({ verdict: 'unchanged', difference: { shift: 0, pValue: 1 } });
  });

  it('is inconclusive below four runs a side, with the difference and never a p-value', () => {
    const [row] = compare(runsOf(100, 101, 102), runsOf(200, 201, 202, 203));
    expect(row).toMatchObject({ verdict: 'inconclusive', delta: 100.5, reason: '3 and 4 runs; a test needs 4 a side' });
    expect(row).not.toHaveProperty('difference');
    expect(row).not.toHaveProperty('adjustedPValue');
    expect(row?.base).not.toHaveProperty('interval');
  });

  it('is new or gone where one side has nothing to count', () => {
    expect(compare([aRun()], runsOf(100))[0]?.verdict).toBe('new');
    expect(compare(runsOf(100), [aRun()])[0]?.verdict).toBe('gone');
  });

  it('is not comparable where the sides differ in what the metric depends on', () => {
    const runs = (engine: string): Run[] => low.map((value) => aRun({ facts: { engines: [engine] }, metrics: [millisMetric([value], { id: 'race.crypto_wait' }), millisMetric([value])] }));
    expect(compare(runs('hev2'), runs('hev3')).map(({ id, verdict, reason }) => [id, verdict, reason])).toEqual([
      ['race.crypto_wait', 'not comparable', 'the sides differ in race engine'],
      ['race.duration', 'unchanged', undefined],
    ]);
  });
});

describe('many metrics at once', () => {
  /** So many metrics that do not differ, and one that does as far as it can. */
  const runs = (values: readonly number[], others: number): Run[] =>
    values.map((value, i) => {
      const same = Array.from({ length: others }, (_, k): RunMetric => millisMetric([100 + ((i * 7 + k) % 5)], { id: `other.${k}` }));
      return aRun({ metrics: [millisMetric([value]), ...same] });
    });

  it('are held together: 5 against 5 runs, p = 2/252, do not stand among 11', () => {
    const [row] = compare(runs(low, 10), runs(high, 10));
    expect(row?.difference?.pValue).toBeCloseTo(2 / 252, 12);
    expect(row?.adjustedPValue).toBeCloseTo((11 * 2) / 252, 12);
    expect(row).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining('significant alone, but among 11 metrics') });
  });

  it('but one with a threshold is judged alone', () => {
    const [row] = compare(runs(low, 10), runs(high, 10), ['race.duration']);
    expect(row).toMatchObject({ verdict: 'regressed' });
    expect(row).not.toHaveProperty('adjustedPValue');
  });

  it('are inconclusive where so few runs could not show anything, and it is said how many could', () => {
    // 2/252 * 11 > 0.05 >= 2/924 * 11: six runs a side.
    expect(compare(runs(low, 10), runs(high, 10))[1]).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining('; 6 runs a side could show one') });
  });

  it('do not count those whose values are all equal: they cannot raise an alarm', () => {
    const constant = (values: readonly number[]): Run[] => values.map((value) => aRun({ metrics: [millisMetric([value]), ...Array.from({ length: 50 }, (_, k) => millisMetric([7], { id: `same.${k}` }))] }));
    expect(compare(constant(low), constant(high))[0]).toMatchObject({ verdict: 'regressed', adjustedPValue: expect.closeTo(2 / 252, 12) });
  });
});

describe('numbers of things', () => {
  it('are 0 in runs without any, if others have some', () => {
    const finding = totalMetric(1, { id: 'finding.slow-dns' });
    const [row] = compare([aRun({ metrics: [finding] }), aRun(), aRun()], [aRun()]);
    expect(row).toMatchObject({ id: 'finding.slow-dns', verdict: 'gone', base: { values: [1, 0, 0], median: 0 } });
  });
});

it('the same seed gives the same intervals, another one others', () => {
  const values = [100, 130, 90, 250, 170, 110, 300, 95];
  const intervals = (seed: number) => compareMetrics({ base: runsOf(...values), new: runsOf(...values) }, [], new Set(), { ...settings, seed }).map(({ base }) => base?.interval);
  expect(intervals(1)).toEqual(intervals(1));
  expect(intervals(2)).not.toEqual(intervals(1));
});
