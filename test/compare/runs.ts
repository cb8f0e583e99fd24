/** Hand-made runs: what a test does not mention has a plain default. */
import type { Run, RunFacts, RunMetric } from '../../src/compare/run.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/compare/settings.ts';
import { parseExpression } from '../../src/compare/thresholds/parse-expression.ts';
import type { Threshold } from '../../src/compare/thresholds/threshold.ts';
import { summarize } from '../../src/metrics/statistics/summarize.ts';
import { sampleOf } from '../metrics/statistics/samples.ts';

export const settings: Settings = { ...DEFAULT_SETTINGS, rounds: 200 };

/** A metric in milliseconds with these measurements. */
export function millisMetric(values: readonly number[], parts: Partial<RunMetric> = {}): RunMetric {
  const summary = summarize(sampleOf(values));
  return { id: 'race.duration', title: 'Time to a usable connection', unit: 'ms', better: 'lower', kind: 'median', n: values.length, count: values.length, value: summary.p50, summary, ...parts };
}

/** A rate: so many of so many. */
export function rateMetric(count: number, n: number, parts: Partial<RunMetric> = {}): RunMetric {
  return { id: 'race.failure_rate', title: 'Races that fail', unit: 'ratio', better: 'lower', kind: 'rate', n, count, value: count / n, ...parts };
}

export function totalMetric(count: number, parts: Partial<RunMetric> = {}): RunMetric {
  return { id: 'findings.error', title: 'Findings that are errors', unit: 'count', better: 'lower', kind: 'total', n: count, count, value: count, ...parts };
}

export function aRun(parts: Partial<Omit<Run, 'facts'>> & { readonly facts?: Partial<RunFacts> } = {}): Run {
  return {
    name: 'run.json',
    metrics: [],
    hosts: [],
    ...parts,
    facts: { client: 'Chromium 156', system: 'Linux', captureMode: 'Default', engines: ['hev3'], fieldTrials: [], features: [], complete: true, durationMs: 2000, ...parts.facts },
  };
}

/** A run for each median of `race.duration`. */
export function runsOf(...medians: readonly number[]): Run[] {
  return medians.map((median, i) => aRun({ name: `run-${i + 1}.json`, metrics: [millisMetric([median])] }));
}

export function aThreshold(text: string, parts: Partial<Threshold> = {}): Threshold {
  const metric = parts.metric ?? { id: 'race.duration', unit: 'ms', better: 'lower', kind: 'median' };
  return { metric, text, expression: parseExpression(text, metric), level: 'error', line: 2, optional: false, allows: () => false, ...parts };
}
