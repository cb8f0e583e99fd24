/** The `client` part of a scenario: what the client has, trusts and is told, apart from its profile. */
import { z } from 'zod';
import { mismatch } from './expectation.ts';
import { address, count, hostAndPort, nat64Prefix, text, word } from './fields.ts';

/** Sockets that may be connecting or connected at once; absent: the profile's own number. */
const limitsSchema = z
  .strictObject({ perGroup: count.optional(), perPool: count.optional() })
  .superRefine(({ perGroup = 1, perPool }, context) => {
    if (perPool === undefined || perPool >= perGroup) return;
    context.addIssue({ code: 'custom', path: ['perPool'], input: perPool, message: mismatch(`at least as many as perGroup (${perGroup})`, perPool) });
  });

/** What it has learnt before the scenario begins, on the same network; for requests without a partition. */
const knowledgeSchema = z.strictObject({
  /** QUIC has worked with these, which gave out session tickets. */
  quicWorkedAt: z.array(hostAndPort).default([]),
  /** Servers that have chosen HTTP/2. */
  http2At: z.array(hostAndPort).default([]),
  /** Origins and the Alt-Svc field of their last response (RFC 7838), unparsed. */
  altSvc: z.array(z.strictObject({ origin: hostAndPort, field: text })).default([]),
});

export const clientSchema = z.strictObject({
  ipv4: z.boolean().default(true),
  /** `false`: no global IPv6 address. */
  ipv6: z.boolean().default(true),
  /** Its addresses, from which RFC 6724 chooses. */
  sources: z.array(address).default([]),
  /** The certificate authorities it trusts; absent: all. */
  roots: z.array(word).optional(),
  /** Of the network's NAT64 (RFC 6052), which the client knows; absent: there is none. */
  nat64Prefix: nat64Prefix.optional(),
  /** Origins that it connects to by QUIC alone, whatever DNS says. */
  forceQuicOn: z.array(hostAndPort).default([]),
  knows: knowledgeSchema.prefault({}),
  limits: limitsSchema.prefault({}),
});
