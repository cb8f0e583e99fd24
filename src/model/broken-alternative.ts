/** A server that the browser will not try over HTTP/3 for a while, because QUIC failed there and TCP did not. */
import { z } from 'zod';
import { evidenceSchema, millis, netErrorSchema, sourceId } from './common.ts';

export const brokenAlternativeSchema = z
  .object({
    host: z.string(),
    port: z.number().int(),
    sinceMs: millis.optional().describe('QUIC had failed and TCP had won: marked broken; absent where that was before the log, or is not in it'),
    because: z.object({ raceId: sourceId, attemptId: sourceId, netError: netErrorSchema.optional() }).optional().describe('The QUIC attempt that failed'),
    knownMs: millis.describe('The first event that calls it broken'),
    untilUnixMs: z.number().optional().describe('Unix milliseconds, to the second; absent where the log has no snapshot of the server properties'),
    timesBroken: z.number().int().optional().describe('How often it was found broken in a row: each time doubles how long it stays so'),
    requestIds: z.array(sourceId).describe('Requests that went without HTTP/3 because of it'),
    evidence: evidenceSchema,
  })
  .describe('An alternative service that is marked broken');
export type BrokenAlternative = z.infer<typeof brokenAlternativeSchema>;
