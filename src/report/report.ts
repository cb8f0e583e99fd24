/** The report: the one JSON value that everything shown is a view of. Version 1 of the contract. */
import { z } from 'zod';
import { findingSchema } from '../findings/finding.ts';
import { histogramSchema } from '../metrics/histograms/histogram.ts';
import { metricSchema } from '../metrics/metric.ts';
import { brokenAlternativeSchema } from '../model/broken-alternative.ts';
import { diagnosticSchema, raceEngineSchema } from '../model/common.ts';
import { raceSchema } from '../model/race.ts';
import { requestSchema } from '../model/request.ts';
import { resolutionSchema } from '../model/resolution.ts';
import { sessionSchema } from '../model/session.ts';

export const reportSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('netlog-analyze'), version: z.string() }),
  trace: z.object({
    file: z.string(),
    bytes: z.number().int().describe('Size of the input as stored, before decompression'),
    compression: z.enum(['none', 'gzip', 'zstd', 'zip']),
    client: z
      .object({
        name: z.string().optional(),
        version: z.string().optional(),
        os: z.string().optional(),
        commandLine: z.string().optional(),
      })
      .optional(),
    fieldTrials: z.array(z.string()).optional().describe('trial:group, as logged; absent in reports of older versions'),
    captureMode: z.string().optional(),
    raceEngines: z.array(raceEngineSchema).describe('Those that ran, judged by events'),
    originUnixMs: z.number().describe('Wall clock of the first event, Unix milliseconds'),
    durationMs: z.number(),
    eventCount: z.number().int(),
    sourceCount: z.number().int(),
    complete: z.boolean().describe('false: cut off, ring-buffered or damaged'),
    diagnostics: z.array(diagnosticSchema),
  }),
  resolutions: z.array(resolutionSchema),
  races: z.array(raceSchema),
  sessions: z.array(sessionSchema),
  requests: z.array(requestSchema),
  brokenAlternatives: z.array(brokenAlternativeSchema).optional().describe('Absent in reports of older versions'),
  metrics: z.array(metricSchema),
  histograms: z.array(histogramSchema),
  findings: z.array(findingSchema),
});

export type Report = z.infer<typeof reportSchema>;

/** What the log itself tells, without what is computed of it all. */
export type Reconstruction = Omit<Report, 'metrics' | 'histograms' | 'findings'>;
