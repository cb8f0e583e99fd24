/** The words that a comparison ends in. */
import { z } from 'zod';

export const verdictSchema = z.enum(['regressed', 'improved', 'changed', 'unchanged', 'inconclusive', 'new', 'gone', 'not comparable']).describe(
  [
    'regressed, improved: a significant difference, for worse or for better',
    'changed: a significant difference of a metric that has no better or worse',
    'unchanged: a difference would have shown, and none did',
    'inconclusive: too few runs to tell, or a difference that may be chance among so many metrics',
    'new, gone: only one side has anything to count',
    'not comparable: the sides differ in what the metric depends on',
  ].join('; '),
);
export type Verdict = z.infer<typeof verdictSchema>;

export const limitStateSchema = z
  .enum(['failed', 'inconclusive', 'not comparable', 'skipped', 'passed'])
  .describe('skipped: optional and without anything to count, or in need of a second side');
export type LimitState = z.infer<typeof limitStateSchema>;
