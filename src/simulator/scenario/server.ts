/** One entry of a scenario's `servers`: what listens at some addresses and one port. */
import { z } from 'zod';
import { mismatch } from './expectation.ts';
import { address, ech, endpointOf, hostPattern, httpsOrigin, millis, port, text, word } from './fields.ts';

export const serverSchema = z
  .strictObject({
    addresses: z.array(address).min(1),
    port,
    /** `h3` listens on UDP, the others on TCP. */
    protocols: z.array(z.enum(['h3', 'h2', 'http/1.1'])).min(1),
    /** Of the certificate; `*` stands for a first label. */
    names: z.array(hostPattern).default([]),
    /** Of the certificate; absent: the server speaks no TLS. */
    issuer: word.optional(),
    /** The ECHConfigList whose keys it holds, and its retry configs; `none`: it knows no ECH and ignores the extension. */
    ech: ech.default('none'),
    /** The Alt-Svc field of its responses (RFC 7838), unparsed. */
    altSvc: text.optional(),
    /** Of HTTP/2 (RFC 8336) and HTTP/3 (RFC 9412), in ASCII serialization. */
    originFrame: z.array(httpsOrigin).optional(),
    /** Transport parameter of QUIC (RFC 9000 §9.6); the server needs no other entry to be there. */
    preferredAddress: z.strictObject({ ipv4: endpointOf('ipv4').optional(), ipv6: endpointOf('ipv6').optional() }).optional(),
    /** After which the server closes an idle connection; absent: never. */
    idleTimeoutMs: millis.optional(),
  })
  .superRefine(({ protocols, issuer }, context) => {
    if (issuer !== undefined || !protocols.includes('h3')) return;
    context.addIssue({ code: 'custom', path: ['issuer'], input: issuer, message: mismatch('an issuer, as h3 needs TLS', issuer) });
  });
