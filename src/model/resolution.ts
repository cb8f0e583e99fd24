/** A resolution: a resolver job with its tasks, transactions and endpoint updates, or an answer without a job. */
import { z } from 'zod';
import { duration, evidenceSchema, millis, netErrorSchema, outcomeSchema, sourceId } from './common.ts';

export const serviceEndpointSchema = z
  .object({
    ipv4: z.array(z.string()),
    ipv6: z.array(z.string()),
    alpn: z.array(z.string()).describe('ALPN protocols of the HTTPS record; empty: no record'),
    targetName: z.string().optional(),
    ech: z.boolean(),
    fromHints: z.boolean().optional().describe('Addresses are an HTTPS record’s hints, not yet A or AAAA answers'),
  })
  .describe('IPv4 and IPv6 endpoints that share one metadata');
export type ServiceEndpoint = z.infer<typeof serviceEndpointSchema>;

export const httpsRecordSchema = z
  .object({
    ownerName: z.string(),
    mode: z.enum(['alias', 'service']).optional(),
    priority: z.number().int().optional().describe('SvcPriority; 0 is AliasMode'),
    targetName: z.string().optional(),
    alpn: z.array(z.string()).describe('With the default `http/1.1`, unless the record says no-default-alpn'),
    noDefaultAlpn: z.boolean().optional(),
    port: z.number().int().optional(),
    ech: z.boolean(),
    ipv4Hint: z.array(z.string()),
    ipv6Hint: z.array(z.string()),
    mandatory: z.array(z.string()).optional().describe('Keys that a client must understand to use the record'),
    otherParams: z.array(z.string()).optional().describe('Keys that RFC 9460 does not name, as `key65280`'),
    sentAlong: z.array(z.string()).optional().describe('Types of the TargetName’s own records that the same answer brought along'),
    used: z.boolean().optional().describe('The browser kept it, to connect by it; absent: it never came to that'),
    ignoredBecause: z.string().optional().describe('The browser’s rule that dropped it'),
  })
  .describe('An HTTPS record (RFC 9460) as the log shows it. Port, mandatory keys and what was dropped are known from raw DNS answers alone (capture mode Everything)');
export type HttpsRecord = z.infer<typeof httpsRecordSchema>;

export const dnsAttemptSchema = z
  .object({
    transport: z.enum(['udp', 'tcp', 'https', 'platform']),
    server: z.string().optional().describe('`ip:port` of the name server; absent for DNS over HTTPS'),
    startMs: millis.describe('When the query leaves'),
    endMs: millis.optional().describe('When the answer was read, or the time-out noticed'),
    timedOut: z.boolean().optional(),
    truncated: z.boolean().optional(),
  })
  .describe('One exchange with one name server');
export type DnsAttempt = z.infer<typeof dnsAttemptSchema>;

export const dnsTransactionSchema = z
  .object({
    id: sourceId,
    name: z.string(),
    type: z.string().describe('`A`, `AAAA`, `HTTPS`, …'),
    startMs: millis,
    endMs: millis.optional(),
    outcome: outcomeSchema,
    rcode: z.string().optional().describe('`NOERROR`, `NXDOMAIN`, `SERVFAIL`, …, or the number where it has no name here'),
    answerCount: z.number().int().optional().describe('Records of the answer, CNAMEs among them'),
    netError: netErrorSchema.optional(),
    attempts: z.array(dnsAttemptSchema),
  })
  .describe('One name and one query type');
export type DnsTransaction = z.infer<typeof dnsTransactionSchema>;

export const resolverTaskSchema = z
  .object({
    kind: z.string().describe('`dns`, `secure-dns`, `system`, `mdns`, `nat64`, …'),
    startMs: millis,
    endMs: millis.optional(),
    outcome: outcomeSchema,
    netError: netErrorSchema.optional(),
  })
  .describe('One way in which a resolver job tried to answer');
export type ResolverTask = z.infer<typeof resolverTaskSchema>;

export const endpointUpdateSchema = z
  .object({
    atMs: millis,
    stage: z.enum(['intermediate', 'final']),
    cryptoReady: z.boolean().optional().describe('TLS and QUIC handshakes may begin; absent where the log does not tell'),
    endpoints: z.array(serviceEndpointSchema),
  })
  .describe('The service endpoints known at one moment');
export type EndpointUpdate = z.infer<typeof endpointUpdateSchema>;

export const resolutionSchema = z
  .object({
    id: sourceId.describe('The resolver job; where no job ran, the requester that was answered'),
    host: z.string().optional().describe('Absent only where the head of the log is lost'),
    port: z.number().int().optional(),
    scheme: z.string().optional(),
    queryTypes: z.array(z.string()),
    source: z.enum(['network', 'cache', 'stale-cache', 'hosts', 'config', 'literal']),
    startMs: millis,
    endMs: millis.optional(),
    durationMs: duration.optional(),
    queuedMs: duration.optional().describe('From the job’s making to its start'),
    outcome: outcomeSchema,
    netError: netErrorSchema.optional(),
    speculative: z.boolean().describe('Every requester was a prefetch'),
    secureDnsMode: z.enum(['off', 'automatic', 'secure']).optional(),
    forResolver: z.boolean().optional().describe('Looks up the name of a DNS-over-HTTPS server'),
    requesterIds: z.array(sourceId),
    tasks: z.array(resolverTaskSchema),
    transactions: z.array(dnsTransactionSchema),
    resolutionDelay: z
      .object({ startMs: millis, elapsedMs: duration.optional(), timedOut: z.boolean().optional() })
      .optional()
      .describe('The wait for preferred answers once some address is known (RFC 8305 section 3)'),
    endpointUpdates: z.array(endpointUpdateSchema),
    addresses: z.array(z.string()),
    aliases: z.array(z.string()),
    httpsRecords: z.array(httpsRecordSchema),
    evidence: evidenceSchema,
  })
  .describe('One host resolution');
export type Resolution = z.infer<typeof resolutionSchema>;
