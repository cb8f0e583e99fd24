/** The `client` part of a scenario: what the client has, trusts and is told, apart from its profile. */
import { z } from 'zod';
import { mismatch } from './expectation.ts';
import { address, count, hostAndPort, nat64Prefix, word } from './fields.ts';

/** Sockets that may be connecting or connected at once; absent: the profile's own number. */
const limitsSchema = z
  .strictObject({ perGroup: count.optional(), perPool: count.optional() })
  .superRefine(({ perGroup = 1, perPool }, context) => {
    if (perPool === undefined || perPool >= perGroup) return;
    context.addIssue({ code: 'custom', path: ['perPool'], input: perPool, message: mismatch(`at least as many as perGroup (${perGroup})`, perPool) });
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
  limits: limitsSchema.prefault({}),
});
