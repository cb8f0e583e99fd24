/** The order of severities. Apart from the rules, so that a command can ask without loading them. */
import type { FindingSeverity } from './finding.ts';

export const SEVERITY_RANK: Readonly<Record<FindingSeverity, number>> = { error: 0, warning: 1, info: 2 };

/** Whether a finding is at least as grave as a level. */
export function reaches({ severity }: { readonly severity: FindingSeverity }, level: FindingSeverity): boolean {
  return SEVERITY_RANK[severity] <= SEVERITY_RANK[level];
}
