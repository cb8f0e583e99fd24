/** One side of runs and thresholds in, a check out. */
import type { Check } from './comparison.ts';
import { sideOf, type Arm, type ComparisonOptions } from './compare-runs.ts';
import { reasonsToFail } from './outcome.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { judgeThresholds } from './thresholds/judge-thresholds.ts';

export function checkRuns(arm: Arm, { tool, thresholds, rules }: Omit<ComparisonOptions, 'settings'>): Check {
  // Chance plays no part: differences, which it is about, are skipped.
  const limits = judgeThresholds(thresholds, { base: undefined, new: arm.runs, facts: [] }, DEFAULT_SETTINGS);
  const reasons = reasonsToFail(limits, [], rules);
  return { schemaVersion: 1, kind: 'check', tool, new: sideOf(arm), outcome: reasons.length === 0 ? 'passed' : 'failed', reasons, limits };
}
