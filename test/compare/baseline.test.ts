/** Saved baselines: what comes back is what went in, less what should not be kept. */
import { describe, expect, it } from 'vitest';
import { baselineOf, baselineSchema, runsOfBaseline } from '../../src/compare/baseline.ts';
import { aRun, millisMetric, rateMetric, totalMetric } from './runs.ts';

const tool = { name: 'netlog-analyze', version: '0.1.0' } as const;
const run = aRun({
  name: '/home/somebody/private.json',
  facts: { fieldTrials: ['A:On'], engines: ['hev2', 'hev3'], complete: false, durationMs: 1234 },
  hosts: [{ host: 'secret.test', medians: { 'race.duration': 5 } }],
  metrics: [millisMetric([1, 2, 3.5]), rateMetric(1, 3), totalMetric(0)],
});

describe('a baseline', () => {
  it('gives the facts and numbers of its runs back', () => {
    const [restored] = runsOfBaseline(baselineSchema.parse(JSON.parse(JSON.stringify(baselineOf([run], tool)))), 'base.json');
    expect(restored).toEqual({ ...run, name: 'base.json#1', hosts: undefined });
  });

  it('holds no host, no file name', () => {
    const text = JSON.stringify(baselineOf([run], tool));
    expect(text).not.toContain('secret');
    expect(text).not.toContain('private');
  });

  it('writes what runs have in common once', () => {
    const { environments, runs } = baselineOf([run, run, aRun({ facts: { client: 'Chromium 155' } })], tool);
    expect(environments).toHaveLength(2);
    expect(runs.map(({ environment }) => environment)).toEqual([0, 0, 1]);
  });

  it('keeps a metric that only some runs have with those', () => {
    const runs = runsOfBaseline(baselineOf([aRun({ metrics: [millisMetric([5])] }), aRun()], tool), 'b');
    expect(runs.map(({ metrics }) => metrics.length)).toEqual([1, 0]);
  });
});
