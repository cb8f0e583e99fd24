/** What a finding is: a judgement about a trace, with its evidence. */
import { z } from 'zod';
import { evidenceSchema } from '../model/common.ts';

export const findingSchema = z
  .object({
    id: z.string(),
    severity: z.enum(['info', 'warning', 'error']),
    title: z.string(),
    detail: z.string(),
    evidence: evidenceSchema,
    spec: z.string().optional().describe('The section of the specification, or the Chromium rule, that it rests on'),
  })
  .describe('A judgement about a trace');
export type Finding = z.infer<typeof findingSchema>;
