/** What a comparison is told about chance. */
import { z } from 'zod';

export const settingsSchema = z.object({
  alpha: z.number().describe('Chance of a false alarm: for all metrics without a threshold together, for each with one'),
  minRuns: z.number().int().describe('With fewer runs a side there is no test'),
  rounds: z.number().int().describe('Samples drawn for a bootstrap interval'),
  seed: z.number().int().describe('Of the bootstrap; the same seed gives the same report'),
});
export type Settings = Readonly<z.infer<typeof settingsSchema>>;

export const DEFAULT_SETTINGS: Settings = { alpha: 0.05, minRuns: 4, rounds: 2000, seed: 1 };
