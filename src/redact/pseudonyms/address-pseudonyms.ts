/**
 * Pseudonyms of IP addresses that keep prefixes: two addresses share exactly as many leading bits
 * afterwards as before (the construction of Crypto-PAn, Xu et al. 2002), and each family stays itself.
 *
 * Special-purpose ranges (RFC 6890) stay what they are, and single addresses that mean something by
 * themselves stay whole. That costs a little secrecy: bits on the way to such a range are not flipped.
 */
import ipaddr from 'ipaddr.js';
import type { Digest } from './digest.ts';

const KEPT: readonly string[] = [
  '0.0.0.0/32', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.1/32', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.2.0/24',
  '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '255.255.255.255/32',
  '::/128', '::1/128', '::ffff:0:0/96', '64:ff9b::/96', '2000::/3', '2001:db8::/32', '2002::/16', 'fc00::/7', 'fe80::/10', 'ff00::/8',
];

interface Prefix {
  readonly bytes: readonly number[];
  readonly bits: number;
}

const KEPT_PREFIXES: readonly Prefix[] = KEPT.map((text) => {
  const [address, bits] = ipaddr.parseCIDR(text);
  return { bytes: address.toByteArray(), bits };
});

/** IPv4 addresses within IPv6 ones: their last four bytes follow the IPv4 address. */
const EMBEDDING: readonly Prefix[] = KEPT_PREFIXES.filter(({ bytes, bits }) => bytes.length === 16 && bits === 96);

/** The pseudonym of an address in canonical text form, in canonical text form. */
export function addressPseudonyms(digest: Digest): (address: string) => string {
  const known = new Map<string, string>();

  function mapped(bytes: readonly number[]): number[] {
    if (bytes.length === 16 && EMBEDDING.some((prefix) => sharesBits(bytes, prefix, prefix.bits))) {
      return [...bytes.slice(0, 12), ...mapped(bytes.slice(12))];
    }
    return bytes.map((byte, at) => byte ^ flips(bytes, at));
  }

  /** Which bits of the byte at `at` are flipped: each as the bits before it decide. */
  function flips(bytes: readonly number[], at: number): number {
    // One digest decides for all prefixes that end within this byte: 255 of them, a bit each.
    const decisions = digest(`address ${bytes.length} ${bytes.slice(0, at).join('.')}`);
    let flipped = 0;
    for (let bit = 0; bit < 8; bit++) {
      const length = at * 8 + bit;
      if (KEPT_PREFIXES.some((prefix) => prefix.bytes.length === bytes.length && prefix.bits > length && sharesBits(bytes, prefix, length))) continue;
      const node = (1 << bit) + (bytes[at]! >> (8 - bit));
      if (((decisions[node >> 3]! >> (node & 7)) & 1) === 1) flipped |= 0x80 >> bit;
    }
    return flipped;
  }

  return (address) => {
    let pseudonym = known.get(address);
    if (pseudonym === undefined) {
      const parsed = ipaddr.fromByteArray(mapped(ipaddr.parse(address).toByteArray()));
      pseudonym = parsed instanceof ipaddr.IPv6 ? parsed.toRFC5952String() : parsed.toString();
      known.set(address, pseudonym);
    }
    return pseudonym;
  };
}

/** Whether the first `length` bits are those of the prefix. */
function sharesBits(bytes: readonly number[], prefix: Prefix, length: number): boolean {
  if (bytes.length !== prefix.bytes.length) return false;
  const whole = length >> 3;
  for (let i = 0; i < whole; i++) if (bytes[i] !== prefix.bytes[i]) return false;
  const rest = length & 7;
  return rest === 0 || bytes[whole]! >> (8 - rest) === prefix.bytes[whole]! >> (8 - rest);
}
