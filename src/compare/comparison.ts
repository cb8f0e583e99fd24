/**
 * The outcome of `compare` and of `check`: one value each, which is also their JSON. Version 1 of a schema of its own,
 * apart from that of reports.
 */
import { z } from 'zod';
import { comparabilitySchema } from './comparability.ts';
import { metricComparisonSchema } from './compare-metrics.ts';
import { hostPairsSchema } from './paired-hosts.ts';
import { settingsSchema } from './settings.ts';
import { limitOutcomeSchema } from './thresholds/judge-thresholds.ts';

const toolSchema = z.object({ name: z.literal('netlog-analyze'), version: z.string() });

const sideSchema = z.object({
  label: z.string(),
  runs: z.array(z.string()).describe('The files, or numbers where a baseline names none'),
});
export type Side = Readonly<z.infer<typeof sideSchema>>;

const outcomeSchema = z.enum(['passed', 'failed']).describe('failed: exit code 1');

export const comparisonSchema = z
  .object({
    schemaVersion: z.literal(1),
    kind: z.literal('comparison'),
    tool: toolSchema,
    settings: settingsSchema,
    base: sideSchema,
    new: sideSchema,
    outcome: outcomeSchema,
    reasons: z.array(z.string()).describe('Why it failed'),
    comparability: z.array(comparabilitySchema),
    limits: z.array(limitOutcomeSchema),
    metrics: z.array(metricComparisonSchema),
    hosts: z.array(hostPairsSchema).describe('One run against one run, by host; empty otherwise'),
  })
  .describe('Two sides of runs compared');
export type Comparison = Readonly<z.infer<typeof comparisonSchema>>;

export const checkSchema = z
  .object({
    schemaVersion: z.literal(1),
    kind: z.literal('check'),
    tool: toolSchema,
    new: sideSchema,
    outcome: outcomeSchema,
    reasons: z.array(z.string()),
    limits: z.array(limitOutcomeSchema),
  })
  .describe('Thresholds held against one side of runs');
export type Check = Readonly<z.infer<typeof checkSchema>>;
