/** IPv4 addresses in the guise of IPv6, `::ffff:192.0.2.1` (RFC 4291 §2.5.5.2): nothing on the wire is reached by them as IPv6. */
import ipaddr from 'ipaddr.js';

/** The IPv4 address that a mapped one stands for; any other address, in canonical text, as it is. */
export function unmapped(address: string): string {
  if (!address.startsWith('::ffff:')) return address;
  const parsed = ipaddr.IPv6.parse(address);
  return parsed.isIPv4MappedAddress() ? parsed.toIPv4Address().toString() : address;
}
