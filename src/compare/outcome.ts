/** Whether a build fails, and why. */
import type { MetricComparison } from './compare-metrics.ts';
import type { LimitOutcome } from './thresholds/judge-thresholds.ts';
import type { OnInconclusive } from './thresholds/threshold.ts';

export interface FailureRules {
  readonly onInconclusive: OnInconclusive;
  /** Fails for a metric without a threshold, too. */
  readonly onRegression: 'pass' | 'fail';
}

/** The reasons to fail; none: it passed. Warnings and improvements never are one. */
export function reasonsToFail(limits: readonly LimitOutcome[], metrics: readonly MetricComparison[], { onInconclusive, onRegression }: FailureRules): string[] {
  const errors = limits.filter(({ level }) => level === 'error');
  const limited = new Set(limits.map(({ metric }) => metric));
  const free = metrics.filter(({ id }) => !limited.has(id));
  const reasons = [
    counted(errors.filter(({ state }) => state === 'failed').length, 'threshold', 'breached'),
    ...(onRegression === 'fail' ? [counted(free.filter(({ verdict }) => verdict === 'regressed').length, 'metric', 'regressed')] : []),
    ...(onInconclusive === 'fail'
      ? [
          counted(errors.filter(({ state }) => state === 'inconclusive' || state === 'not comparable').length, 'threshold', 'inconclusive'),
          // Without thresholds the metrics themselves are what was asked about.
          ...(limits.length === 0 ? [counted(metrics.filter(({ verdict }) => verdict === 'inconclusive').length, 'metric', 'inconclusive')] : []),
        ]
      : []),
  ];
  return reasons.filter((reason) => reason !== undefined);
}

function counted(n: number, noun: string, what: string): string | undefined {
  return n === 0 ? undefined : `${n} ${noun}${n === 1 ? '' : 's'} ${what}`;
}
