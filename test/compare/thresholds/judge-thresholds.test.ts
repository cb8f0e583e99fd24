/** Thresholds held against runs: what fails, what cannot, and what is left open. */
import { describe, expect, it } from 'vitest';
import { compareFacts } from '../../../src/compare/comparability.ts';
import { reasonsToFail } from '../../../src/compare/outcome.ts';
import type { MetricTraits, Run } from '../../../src/compare/run.ts';
import { judgeThresholds, type LimitOutcome } from '../../../src/compare/thresholds/judge-thresholds.ts';
import { UNEXPECTED_HOSTS, type Threshold } from '../../../src/compare/thresholds/threshold.ts';
import { aRun, aThreshold, millisMetric, rateMetric, runsOf, settings } from '../runs.ts';

function judge(threshold: Threshold, next: readonly Run[], base?: readonly Run[]): LimitOutcome | undefined {
  return judgeThresholds([threshold], { base, new: next, facts: base === undefined ? [] : compareFacts(base, next) }, settings)[0];
}

const rate: MetricTraits = { id: 'race.failure_rate', unit: 'ratio', better: 'lower', kind: 'rate' };

describe('a limit of one side', () => {
  it('is held against the median over the runs', () => {
    expect(judge(aThreshold('median < 200'), runsOf(100, 150, 900))).toMatchObject({ state: 'passed', observed: 150, limit: 200 });
    expect(judge(aThreshold('median < 200'), runsOf(100, 200, 900))).toMatchObject({ state: 'failed', observed: 200 });
  });

  it('on counts and extremes is held against every run', () => {
    const runs = [0, 0, 3].map((count) => aRun({ metrics: [rateMetric(count, 10)] }));
    expect(judge(aThreshold('count == 0', { metric: rate }), runs)).toMatchObject({ state: 'failed', observed: 3, unit: 'count' });
    expect(judge(aThreshold('max < 500'), runsOf(100, 150, 900))).toMatchObject({ state: 'failed', observed: 900 });
    expect(judge(aThreshold('n >= 2'), runsOf(100))).toMatchObject({ state: 'failed', observed: 1 });
  });

  it('fails at a single run: a limit needs no statistics', () => {
    expect(judge(aThreshold('p95 < 200'), runsOf(300))?.state).toBe('failed');
  });
});

describe('a difference, with runs enough for a test', () => {
  const base = runsOf(100, 101, 102, 103, 104);

  it('fails beyond its bound, if it is significant', () => {
    expect(judge(aThreshold('delta(median) < max(10%, 5ms)'), runsOf(150, 151, 152, 153, 154), base)).toMatchObject({ state: 'failed', observed: 50, limit: expect.closeTo(10.2, 9), pValue: expect.closeTo(2 / 252, 9) });
  });

  it('passes within its bound, however significant: both parts must be exceeded', () => {
    expect(judge(aThreshold('delta(median) < max(10%, 5ms)'), runsOf(109, 110, 111, 112, 113), base)).toMatchObject({ state: 'passed', observed: 9 });
    expect(judge(aThreshold('delta(median) < max(1%, 20ms)'), runsOf(109, 110, 111, 112, 113), base)?.state).toBe('passed');
  });

  it('is inconclusive beyond its bound, if it may be chance', () => {
    expect(judge(aThreshold('delta(median) < 5ms'), runsOf(90, 95, 120, 130, 140), base)).toMatchObject({ state: 'inconclusive', reason: 'beyond the limit, but not beyond chance' });
  });

  it('never fails for the better', () => {
    const hits: MetricTraits = { id: 'dns.cache.hit_rate', unit: 'ratio', better: 'higher', kind: 'rate' };
    const runs = (count: number): Run[] => [0, 1, 2, 3, 4].map((more) => aRun({ metrics: [rateMetric(count, 20 + more, { ...hits })] }));
    expect(judge(aThreshold('delta(rate) < 0.02', { metric: hits }), runs(18), runs(2))).toMatchObject({ state: 'passed', observed: expect.closeTo(16 / 22, 9) });
    expect(judge(aThreshold('delta(rate) > -max(5%, 0.02)', { metric: hits }), runs(2), runs(18))?.state).toBe('failed');
    expect(judge(aThreshold('delta(median) == 0'), runsOf(50, 51, 52, 53), base)?.state).toBe('passed');
  });

  it('takes fewer measurements for no improvement', () => {
    const many = [1, 2, 3, 4].map(() => aRun({ metrics: [millisMetric([1, 2, 3, 4, 5, 6])] }));
    expect(judge(aThreshold('delta(n) > -3'), runsOf(1, 2, 3, 4), many)).toMatchObject({ state: 'failed', observed: -5 });
  });
});

describe('a difference, with too few runs for a test', () => {
  it('fails by the raw difference if its bound has an absolute part', () => {
    const outcome = judge(aThreshold('delta(median) < max(10%, 5ms)'), runsOf(120), runsOf(100));
    expect(outcome).toMatchObject({ state: 'failed', observed: 20, limit: 10, reason: '1 and 1 runs, no test; judged by the difference itself' });
    expect(outcome).not.toHaveProperty('pValue');
  });

  it.each(['delta(median) < 10%', 'median <= base'])('cannot fail by %s alone', (text) => {
    expect(judge(aThreshold(text), runsOf(120), runsOf(100))).toMatchObject({ state: 'inconclusive', reason: expect.stringContaining('cannot fail') });
  });

  it('passes within its bound all the same', () => {
    expect(judge(aThreshold('median <= base'), runsOf(100), runsOf(100))?.state).toBe('passed');
  });
});

describe('a difference that makes no sense', () => {
  it('is skipped with one side', () => {
    expect(judge(aThreshold('delta(median) < 5ms'), runsOf(100))).toMatchObject({ state: 'skipped', reason: 'a difference needs two sides; compare has them' });
  });

  it('is not comparable where the sides differ in what the metric depends on', () => {
    const wait: MetricTraits = { id: 'race.crypto_wait', unit: 'ms', better: 'lower', kind: 'median' };
    const run = (engine: string): Run[] => [aRun({ facts: { engines: [engine] }, metrics: [millisMetric([5], { id: wait.id })] })];
    expect(judge(aThreshold('delta(median) < 5ms', { metric: wait }), run('hev3'), run('hev2'))).toMatchObject({ state: 'not comparable', reason: 'the sides differ in race engine' });
    // The limit of one side still holds.
    expect(judge(aThreshold('median < 5ms', { metric: wait }), run('hev3'), run('hev2'))?.state).toBe('failed');
  });

  it('of numbers of things is not comparable between logs of different length', () => {
    const runs = (durationMs: number): Run[] => [aRun({ facts: { durationMs }, metrics: [rateMetric(1, 10)] })];
    expect(judge(aThreshold('count <= base', { metric: rate }), runs(9000), runs(2000))?.state).toBe('not comparable');
    expect(judge(aThreshold('delta(rate) < 0.5', { metric: rate }), runs(9000), runs(2000))?.state).toBe('passed');
  });
});

describe('nothing to count', () => {
  it('is inconclusive, or skipped if it is optional', () => {
    expect(judge(aThreshold('median < 5ms'), [aRun()], runsOf(100))).toMatchObject({ state: 'inconclusive', reason: 'nothing to count' });
    expect(judge(aThreshold('median < 5ms', { optional: true }), [aRun()])?.state).toBe('skipped');
    expect(judge(aThreshold('delta(median) < 5ms'), runsOf(100), [aRun()])).toMatchObject({ state: 'inconclusive', reason: 'the base has nothing to count' });
    expect(judge(aThreshold('delta(median) < 5ms', { optional: true }), runsOf(100), [aRun()])?.state).toBe('skipped');
  });
});

describe('hosts.unexpected', () => {
  const threshold = aThreshold('count == 0', { metric: UNEXPECTED_HOSTS, allows: (host) => host.endsWith('.lab.test') });
  const contacted = (...hosts: string[]): Run => aRun({ hosts: hosts.map((host) => ({ host, medians: {} })) });

  it('passes if every host of every run may be contacted', () => {
    expect(judge(threshold, [contacted('a.lab.test'), contacted('b.lab.test')])).toMatchObject({ state: 'passed', observed: 0, hosts: [] });
  });

  it('names the hosts that may not', () => {
    expect(judge(threshold, [contacted('a.lab.test'), contacted('b.evil.test', 'a.evil.test')])).toMatchObject({ state: 'failed', observed: 2, hosts: ['a.evil.test', 'b.evil.test'] });
  });

  it('cannot be told of a baseline', () => {
    expect(judge(threshold, [aRun({ hosts: undefined })])).toMatchObject({ state: 'inconclusive', reason: 'a baseline names no hosts' });
  });
});

describe('a build fails', () => {
  const rules = { onInconclusive: 'warn', onRegression: 'pass' } as const;
  const outcome = (state: LimitOutcome['state'], level: LimitOutcome['level'] = 'error'): LimitOutcome => ({ metric: 'race.duration', unit: 'ms', condition: 'median < 5ms', level, line: 1, state });
  const row = (verdict: 'regressed' | 'inconclusive' | 'improved', id = 'race.attempts') => ({ id, title: '', unit: 'count', better: 'lower', kind: 'median', verdict }) as const;

  it.each([
    ['for a breached threshold', [outcome('failed'), outcome('failed')], [], rules, ['2 thresholds breached']],
    ['not for a breached warning', [outcome('failed', 'warn')], [], rules, []],
    ['not for what is inconclusive', [outcome('inconclusive'), outcome('not comparable')], [row('inconclusive')], rules, []],
    ['for what is inconclusive, if asked', [outcome('inconclusive'), outcome('not comparable')], [row('inconclusive')], { ...rules, onInconclusive: 'fail' }, ['2 thresholds inconclusive']],
    ['for inconclusive metrics, if asked and there are no thresholds', [], [row('inconclusive')], { ...rules, onInconclusive: 'fail' }, ['1 metric inconclusive']],
    ['not for a metric without a threshold', [], [row('regressed')], rules, []],
    ['for a metric without a threshold, if asked', [], [row('regressed'), row('improved')], { ...rules, onRegression: 'fail' }, ['1 metric regressed']],
    ['not for a metric whose threshold passed', [outcome('passed')], [row('regressed', 'race.duration')], { ...rules, onRegression: 'fail' }, []],
  ] as const)('%s', (_why, limits, metrics, rulesOfCase, expected) => {
    expect(reasonsToFail(limits, metrics, rulesOfCase)).toEqual(expected);
  });
});
