/** Thresholds: what somebody asked of the numbers, one condition each. */
import { z } from 'zod';
import type { MetricTraits } from '../run.ts';
import type { Expression } from './expression.ts';

export const levelSchema = z.enum(['error', 'warn']).describe('error: a breach fails the build; warn: it is only told');
type Level = z.infer<typeof levelSchema>;

export const inconclusiveSchema = z.enum(['pass', 'warn', 'fail']);
/** What becomes of a threshold that cannot be judged. */
export type OnInconclusive = z.infer<typeof inconclusiveSchema>;

export interface Threshold {
  readonly metric: MetricTraits;
  /** The condition as written. */
  readonly text: string;
  readonly expression: Expression;
  readonly level: Level;
  /** Of the file, from 1. */
  readonly line: number;
  /** Nothing to count is no mistake. */
  readonly optional: boolean;
  /** Of `hosts.unexpected`: the hosts that may be contacted. */
  readonly allows: (host: string) => boolean;
}

/** The metrics that only thresholds have. */
export const UNEXPECTED_HOSTS: MetricTraits = { id: 'hosts.unexpected', unit: 'count', better: 'lower', kind: 'total' };
