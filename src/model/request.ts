/** A request: one URL request and where its connection came from. */
import { z } from 'zod';
import { duration, evidenceSchema, millis, netErrorSchema, sourceId } from './common.ts';

export const requestSchema = z
  .object({
    id: sourceId,
    part: z.number().int().optional().describe('1, 2, … where one source made several requests: redirects'),
    url: z.string().optional().describe('Absent only where the head of the log is lost'),
    method: z.string().optional(),
    startMs: millis,
    endMs: millis.optional(),
    raceId: sourceId.optional(),
    attemptId: sourceId.optional(),
    sessionId: sourceId.optional(),
    forResolver: z.boolean().optional().describe('A DNS-over-HTTPS query'),
    madeFor: z
      .enum(['navigation', 'page', 'browser'])
      .optional()
      .describe('`navigation`: a document in a tab or frame; `page`: what a page asked for; `browser`: on the browser’s own behalf; absent where the log does not tell'),
    upgradedBy: z.enum(['https-record', 'hsts']).optional().describe('Why the browser itself redirected it from http to https'),
    connection: z
      .enum(['new', 'reused', 'pooled', 'cache', 'none'])
      .optional()
      .describe('`pooled`: onto a session made for another host; `cache`: answered without a connection; absent where the log does not tell'),
    alpn: z.string().optional(),
    status: z.number().int().optional(),
    netError: netErrorSchema.optional(),
    phases: z.object({
      blockedMs: duration.optional(),
      dnsMs: duration.optional(),
      connectMs: duration.optional(),
      sslMs: duration.optional(),
      sendMs: duration.optional(),
      waitMs: duration.optional(),
      receiveMs: duration.optional(),
    }),
    evidence: evidenceSchema,
  })
  .describe('One URL request');
export type Request = z.infer<typeof requestSchema>;
