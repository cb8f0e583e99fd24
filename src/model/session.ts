/** A session: one HTTP/2 or HTTP/3 connection and the requests it carried. */
import { z } from 'zod';
import { duration, evidenceSchema, millis, sourceId } from './common.ts';

const firstBytesSchema = z
  .object({ n: z.number().int(), medianMs: duration.optional() })
  .describe('Requests sent over a path and answered, and the median time from sending one to the first of its answer');
export type FirstBytes = z.infer<typeof firstBytesSchema>;

export const migrationSchema = z.object({
  atMs: millis,
  endMs: millis.optional().describe('Its outcome is known; if it migrated, requests go over the new path from then on'),
  cause: z.string().describe('`server-preferred-address`, `network-change`, `path-degrading`, …'),
  outcome: z.string().describe('`migrated`, `validation-failed`, `not-tried`, …'),
  from: z.string().optional(),
  to: z.string().optional(),
  fromLocal: z.string().optional().describe('The client’s endpoint before'),
  toLocal: z.string().optional().describe('The client’s endpoint after; only if it migrated'),
  firstBytes: z.object({ oldPath: firstBytesSchema, newPath: firstBytesSchema }).optional().describe('Only if it migrated'),
  reason: z.string().optional(),
});
export type Migration = z.infer<typeof migrationSchema>;

export const sessionSchema = z
  .object({
    id: sourceId,
    protocol: z.enum(['h2', 'h3']),
    ipEndpoint: z.string().optional().describe('The peer at the start; migrations are listed apart'),
    hosts: z.array(z.string()),
    startMs: millis,
    readyMs: millis.optional().describe('From when on it takes requests with a verified certificate: made (h2), handshake done (h3)'),
    goingAwayMs: millis.optional().describe('It takes no new requests from then on: GOAWAY, or another network'),
    endMs: millis.optional(),
    unansweredMs: duration.optional().describe('No packet ever came back: for how long none did, until it was closed or the log ended'),
    closeReason: z.string().optional(),
    requestCount: z.number().int(),
    pooledHosts: z.array(z.string()).describe('Hosts other than its own whose requests it carried'),
    pooled: z
      .array(z.object({ host: z.string(), by: z.enum(['ip', 'origin-frame', 'alias', 'unknown']), atMs: millis.optional() }))
      .optional()
      .describe('The same hosts with the reason and the time of their first request; absent in reports of older versions'),
    certificateNames: z.array(z.string()).optional().describe('DNS names that the server’s certificate is for; absent where the log does not hold them'),
    originFrame: z.object({ origins: z.array(z.string()), atMs: millis }).optional(),
    ech: z.string().optional().describe('`accepted`, `rejected`, `offered`, `not-offered`; absent where the log does not tell'),
    migrations: z.array(migrationSchema),
    evidence: evidenceSchema,
  })
  .describe('One HTTP/2 or HTTP/3 connection');
export type Session = z.infer<typeof sessionSchema>;
