/** A histogram as Chromium has it: a name, the number and the sum of its samples, and the buckets that are not empty. */
import { z } from 'zod';

export const histogramSchema = z.object({
  name: z.string().describe('The UMA name, as Chromium spells it'),
  unit: z.enum(['ms', 'count', 'code']),
  count: z.number().int(),
  sum: z.number(),
  buckets: z
    .array(z.object({ low: z.number().describe('Inclusive'), high: z.number().describe('Exclusive'), count: z.number().int() }))
    .describe('Ascending, none empty'),
});
export type Histogram = z.infer<typeof histogramSchema>;
