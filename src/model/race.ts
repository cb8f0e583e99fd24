/** A race: all connection attempts made to give one destination one connection. */
import { z } from 'zod';
import { duration, evidenceSchema, familySchema, millis, netErrorSchema, raceEngineSchema, sourceId } from './common.ts';

export const transportSchema = z.enum(['tcp', 'quic']);
export type Transport = z.infer<typeof transportSchema>;

export const endpointStageSchema = z
  .enum(['intermediate', 'final', 'cached', 'unknown'])
  .describe('What was known of the endpoint when the attempt took it: from an update before resolution finished, from its end, or from the host cache');
export type EndpointStage = z.infer<typeof endpointStageSchema>;

export const attemptSchema = z
  .object({
    id: sourceId.describe('SOCKET (tcp); UDP_SOCKET or QUIC attempt (quic)'),
    part: z.number().int().optional().describe('1, 2, … where one socket tried several addresses (old logs)'),
    transport: transportSchema,
    ipEndpoint: z.string(),
    localEndpoint: z.string().optional().describe('Known once connected'),
    family: familySchema,
    connector: z.enum(['first', 'second', 'main', 'fallback', 'backup']).optional(),
    startMs: millis.describe('TCP_CONNECT_ATTEMPT begins; first QUIC packet sent'),
    connectedMs: millis.optional().describe('Transport handshake done, as read'),
    secureStartMs: millis.optional().describe('The TLS handshake begins'),
    cryptoWaitMs: duration.optional().describe('Connected, but TLS was held back for the HTTPS answer'),
    endMs: millis.optional().describe('Usable, failed or cancelled'),
    ech: z
      .enum(['accepted', 'rejected', 'invalid', 'offered', 'not-offered'])
      .optional()
      .describe('Encrypted Client Hello: `offered` without an answer, `invalid` configuration; absent where the log does not tell'),
    http3From: z
      .enum(['https-record', 'alt-svc'])
      .optional()
      .describe('Where the client knew from that the server speaks HTTP/3; `alt-svc` may be of an earlier visit. QUIC only; absent where the log does not tell'),
    zeroRtt: z.boolean().optional().describe('Usable before, or without, a finished handshake'),
    unansweredMs: duration.optional().describe('Usable by 0-RTT though no packet ever came back: for how long none did, until its session was closed or the log ended'),
    outcome: z.enum(['won', 'lost', 'spare', 'failed', 'cancelled', 'unfinished']),
    netError: netErrorSchema.optional(),
    cancelReason: z.string().optional(),
    slow: z.boolean().optional().describe('Outlived the connection attempt delay'),
    endpointStage: endpointStageSchema,
    evidence: evidenceSchema,
  })
  .describe('One try at one IP endpoint over one transport: one SYN, or one QUIC socket');
export type Attempt = z.infer<typeof attemptSchema>;

export const raceSchema = z
  .object({
    id: sourceId,
    engine: raceEngineSchema.optional(),
    destination: z.object({ scheme: z.string(), host: z.string(), port: z.number().int() }).optional(),
    privacyMode: z.string().optional(),
    networkAnonymizationKey: z.string().optional(),
    preconnect: z.boolean().describe('No request waited for it'),
    proxy: z.string().optional().describe('`scheme://host:port` that the attempts went to'),
    forResolver: z.boolean().optional().describe('A connection to a DNS-over-HTTPS server'),
    startMs: millis,
    endMs: millis.optional().describe('First usable connection, or final failure'),
    durationMs: duration.optional(),
    outcome: z
      .enum(['connected', 'pooled', 'failed', 'cancelled', 'unfinished'])
      .describe('`unfinished`: the log does not show how it ended'),
    netError: netErrorSchema.optional(),
    resolutionIds: z.array(sourceId),
    dns: z.object({
      startMs: millis.optional(),
      firstEndpointsMs: millis.optional(),
      cryptoReadyMs: millis.optional(),
      finalMs: millis.optional(),
    }),
    requestIds: z.array(sourceId),
    attempts: z.array(attemptSchema),
    winner: z
      .object({
        attemptId: sourceId,
        transport: transportSchema,
        family: familySchema,
        ipEndpoint: z.string(),
        alpn: z.string().optional(),
        endpointStage: endpointStageSchema,
      })
      .optional()
      .describe('The attempt that was usable first'),
    pooledOnto: z
      .object({ sessionId: sourceId, by: z.enum(['ip', 'origin-frame', 'alias', 'unknown']) })
      .optional(),
    avoidable: z
      .boolean()
      .optional()
      .describe('A new h2 or h3 connection where an open session’s certificate covered the host and only its address was another; absent for other connections, and where the log does not tell'),
    avoidableBy: sourceId.optional().describe('That session, where the log names it'),
    fallback: z.object({
      family: z.boolean().describe('The winner’s family is not that of the first attempt'),
      transport: z.boolean().describe('QUIC was attempted and TCP won'),
      service: z.boolean().describe('The winner is not of the most preferred service group'),
      resolver: z.boolean().describe('A later resolver task answered'),
    }),
    delays: z.object({
      resolutionDelayMs: duration.optional(),
      connectionAttemptDelayMs: duration.optional(),
      tcpBasedAttemptDelayMs: duration.optional().describe('TCP’s handicap for QUIC, as configured at the start'),
      tcpHeldBackMs: duration.optional().describe('How long TCP really waited for QUIC'),
      cryptoWaitMs: duration.optional().describe('The winner’s wait for the HTTPS answer'),
      spdyThrottleMs: duration.optional(),
    }),
    evidence: evidenceSchema,
  })
  .describe('All connection attempts made to give one destination one connection');
export type Race = z.infer<typeof raceSchema>;
