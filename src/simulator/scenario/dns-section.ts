/** The `dns` part of a scenario: servers, zone, and the rules that disturb their answers. */
import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.ts';
import { mismatch } from './expectation.ts';
import { address, count, millis, nameGlob } from './fields.ts';
import { readZone, type Zone } from './zone.ts';
import { ZoneError } from './zone-error.ts';

const dnsTransport = z.enum(['udp', 'tcp', 'https']);
export type DnsTransport = z.output<typeof dnsTransport>;

const dnsServerSchema = z.strictObject({ address, transport: dnsTransport.default('udp') });

/** Applies to the queries that fit every field it gives. */
const dnsRuleSchema = z
  .strictObject({
    /** Absent: every name. */
    name: nameGlob.optional(),
    type: z.enum(['A', 'AAAA', 'HTTPS']).optional(),
    server: address.optional(),
    transport: dnsTransport.optional(),
    /** `answer`: what the zone says; `truncate` fits queries over UDP alone. */
    action: z.enum(['answer', 'drop', 'servfail', 'nxdomain', 'nodata', 'truncate']).default('answer'),
    /** Added to the time that the answer takes anyway; absent: 0. */
    delayMs: millis.optional(),
    /** How many queries it applies to; absent: all. */
    times: count.optional(),
  })
  .superRefine(({ action, delayMs }, context) => {
    if (action !== 'drop' || delayMs === undefined) return;
    context.addIssue({ code: 'custom', path: ['delayMs'], input: delayMs, message: mismatch('no delay, as a dropped query is never answered', delayMs) });
  });
export type DnsRule = DeepReadonly<z.output<typeof dnsRuleSchema>>;

const zoneSchema = z
  .unknown()
  .optional()
  .transform((input, context): Zone => {
    if (input === undefined) return new Map();
    if (typeof input !== 'string') {
      context.issues.push({ code: 'custom', input, message: mismatch('a zone as text', input) });
      return z.NEVER;
    }
    try {
      return readZone(input);
    } catch (error) {
      if (!(error instanceof ZoneError)) throw error;
      context.issues.push({ code: 'custom', input, message: error.message, params: { lineInText: error.line } });
      return z.NEVER;
    }
  })
  .meta({ description: 'a zone as text, in the presentation format of RFC 1035', type: 'string' });

export const dnsSchema = z.strictObject({
  /** Tried in order; none: no name can be resolved. */
  servers: z.array(dnsServerSchema).default([]),
  /** Added to the round trip of the link. */
  latencyMs: millis.default(0),
  zone: zoneSchema,
  rules: z.array(dnsRuleSchema).default([]),
});
