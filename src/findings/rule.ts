/** What a rule is: one kind of fault or oddity, and how a trace shows it. */
import type { Evidence } from '../model/common.ts';
import type { Trace } from '../model/trace.ts';
import type { FindingSeverity } from './finding.ts';

/** One time that a rule applies. */
export interface Judgement {
  /** Where it differs from the rule's own. */
  readonly severity?: FindingSeverity;
  /** Where the case can be named more closely than by the rule's title. */
  readonly title?: string;
  readonly detail: string;
  readonly evidence: Evidence;
  readonly numbers?: Readonly<Record<string, number>>;
}

export interface Rule {
  readonly id: string;
  readonly title: string;
  /** `error`: something did not work. `warning`: it worked, but a fault cost time or a feature. `info`: worth knowing, no fault. */
  readonly severity: FindingSeverity;
  readonly threshold: string;
  readonly spec: string;
  readonly advice: string;
  /** None where the trace cannot support any. */
  check(trace: Trace): readonly Judgement[];
}
