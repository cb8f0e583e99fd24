/** Holds rules against a trace. A rule that throws is reported and keeps no other from being held. */
import type { Trace } from '../model/trace.ts';
import { allRules } from './all-rules.ts';
import type { Finding } from './finding.ts';
import { SEVERITY_RANK } from './reaches.ts';
import type { Rule } from './rule.ts';

/** The gravest findings first; of equal ones, in the order of the rules, which name causes before effects. */
export function judge(trace: Trace, rules: readonly Rule[] = allRules): Finding[] {
  return rules.flatMap((rule) => apply(rule, trace)).toSorted((a, b) => SEVERITY_RANK[a.severity] - SEVERITY_RANK[b.severity]);
}

function apply(rule: Rule, trace: Trace): Finding[] {
  const { id, title, severity, threshold, spec, advice } = rule;
  try {
    return rule.check(trace).map((judgement) => ({
      id,
      severity: judgement.severity ?? severity,
      title: judgement.title ?? title,
      detail: judgement.detail,
      evidence: judgement.evidence,
      spec,
      threshold,
      advice,
      ...(judgement.numbers === undefined ? {} : { numbers: { ...judgement.numbers } }),
    }));
  } catch (error) {
    return [erroredRule(rule, error)];
  }
}

/** The trace may well be fine, so that it is no warning; but silence would be taken for "nothing found". */
function erroredRule({ id, title }: Rule, error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    id: 'rule.failed',
    severity: 'info',
    title: `A rule could not be applied: ${title}`,
    detail: `The rule ${id} broke off: ${reason}. The other rules were applied.`,
    evidence: { sourceIds: [], eventIndices: [] },
    advice: 'Report this with the trace: it is a mistake of the rule.',
  };
}
