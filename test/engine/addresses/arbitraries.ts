/** Arbitrary addresses in canonical text, crowded into the prefixes that address selection tells apart. */
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';

const octet = fc.oneof(fc.constantFrom(10, 127, 169, 192), fc.integer({ min: 0, max: 255 }));

export const ipv4Address = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.'));

const starts = ['2001:db8::', '2001::', '2002:c633::', '3ffe:1::', 'fd12:3456::', 'fe80::', 'fec0::'];
const firstParts = starts.map((start) => ipaddr.IPv6.parse(start).parts.slice(0, 2));
/** Mostly small, so that addresses share long prefixes. */
const part = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 0xffff }));

export const ipv6Address = fc
  .tuple(fc.constantFrom(...firstParts), fc.array(part, { minLength: 6, maxLength: 6 }))
  .map(([first, rest]) => new ipaddr.IPv6([...first, ...rest]).toRFC5952String());
