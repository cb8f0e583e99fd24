/** Two sides of runs in, a comparison out. */
import { compareFacts } from './comparability.ts';
import { compareMetrics } from './compare-metrics.ts';
import type { Comparison, Side } from './comparison.ts';
import { reasonsToFail, type FailureRules } from './outcome.ts';
import { pairHosts } from './paired-hosts.ts';
import type { Run } from './run.ts';
import type { Settings } from './settings.ts';
import { judgeThresholds } from './thresholds/judge-thresholds.ts';
import type { Threshold } from './thresholds/threshold.ts';

export interface Arm {
  readonly label: string;
  readonly runs: readonly Run[];
}

export interface ComparisonOptions {
  readonly tool: Comparison['tool'];
  readonly settings: Settings;
  readonly thresholds: readonly Threshold[];
  readonly rules: FailureRules;
}

/** Both arms have at least one run. */
export function compareRuns(base: Arm, next: Arm, { tool, settings, thresholds, rules }: ComparisonOptions): Comparison {
  const comparability = compareFacts(base.runs, next.runs);
  const limited = new Set(thresholds.map(({ metric }) => metric.id));
  const metrics = compareMetrics({ base: base.runs, new: next.runs }, comparability, limited, settings);
  const limits = judgeThresholds(thresholds, { base: base.runs, new: next.runs, facts: comparability }, settings);
  const reasons = reasonsToFail(limits, metrics, rules);
  const [one, other] = [base.runs, next.runs].map((runs) => (runs.length === 1 ? runs[0] : undefined));
  return {
    schemaVersion: 1,
    kind: 'comparison',
    tool,
    settings,
    base: sideOf(base),
    new: sideOf(next),
    outcome: reasons.length === 0 ? 'passed' : 'failed',
    reasons,
    comparability,
    limits,
    metrics,
    hosts: one === undefined || other === undefined ? [] : pairHosts(one, other),
  };
}

export function sideOf({ label, runs }: Arm): Side {
  return { label, runs: runs.map(({ name }) => name) };
}
