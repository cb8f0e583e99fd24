/** What one rule, or all of them, say of a small trace. */
import { judge } from '../../src/findings/judge.ts';
import type { Rule } from '../../src/findings/rule.ts';
import type { Trace } from '../../src/model/trace.ts';
import { traceWith } from '../metrics/trace-builder.ts';

export function findingsOf(rule: Rule, parts: Partial<Trace>) {
  return judge(traceWith({ durationMs: 60_000, ...parts }), [rule]);
}

/** `warning ipv6.unusable` for each finding of all rules. */
export function verdicts(parts: Partial<Trace>): string[] {
  return judge(traceWith({ durationMs: 60_000, ...parts })).map(({ severity, id }) => `${severity} ${id}`);
}
