/** Schema parts that several nouns of the model share. The schemas are the single source of the report's types. */
import { z } from 'zod';

export const millis = z.number().describe('Milliseconds from trace.originUnixMs');
export const duration = z.number().describe('A duration in milliseconds');
export const sourceId = z.number().int().describe('A NetLog source id');

export const netErrorSchema = z
  .object({ code: z.number().int(), name: z.string() })
  .describe('A Chromium net error, such as -102 ERR_CONNECTION_REFUSED');
export type NetError = z.infer<typeof netErrorSchema>;

export const outcomeSchema = z.enum(['ok', 'failed', 'cancelled', 'unfinished']);
export type Outcome = z.infer<typeof outcomeSchema>;

export const familySchema = z.enum(['ipv4', 'ipv6']);

export const evidenceSchema = z
  .object({
    sourceIds: z.array(z.number().int()).describe('The NetLog sources the claim rests on'),
    eventIndices: z.array(z.number().int()).describe('Positions in the log, from 0, of the events that decide it'),
  })
  .describe('Where in the log a claim can be checked');
export type Evidence = z.infer<typeof evidenceSchema>;

export const raceEngineSchema = z
  .enum(['hev3', 'hev2', 'legacy'])
  .describe('Which of Chromium’s race engines ran: HttpStreamPool, TcpConnectJob or TransportConnectJob');
export type RaceEngine = z.infer<typeof raceEngineSchema>;

export const diagnosticSchema = z
  .object({
    code: z.string(),
    severity: z.enum(['info', 'warning', 'error']),
    message: z.string(),
    count: z.number().int().optional(),
    byteOffset: z.number().int().optional(),
    eventIndex: z.number().int().optional(),
  })
  .describe('Something skipped, mended, limited or not known while reading');
