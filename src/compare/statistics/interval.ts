/** A confidence interval; both ends belong to it. */
import { z } from 'zod';

export const intervalSchema = z.object({ low: z.number(), high: z.number() });
export type Interval = Readonly<z.infer<typeof intervalSchema>>;
