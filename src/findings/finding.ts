/** What a finding is: a judgement about a trace, with its evidence. */
import { z } from 'zod';
import { evidenceSchema } from '../model/common.ts';

export const findingSchema = z
  .object({
    id: z.string().describe('The rule that found it'),
    severity: z.enum(['info', 'warning', 'error']),
    title: z.string(),
    detail: z.string(),
    evidence: evidenceSchema,
    spec: z.string().optional().describe('The section of the specification, or the Chromium rule, that it rests on'),
    threshold: z.string().optional().describe('From where on the rule speaks'),
    advice: z.string().optional().describe('What to do about it'),
    numbers: z.record(z.string(), z.number()).optional().describe('The measurements behind it; durations end in Ms'),
  })
  .describe('A judgement about a trace');
export type Finding = z.infer<typeof findingSchema>;
export type FindingSeverity = Finding['severity'];
