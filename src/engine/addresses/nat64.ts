/**
 * IPv4 addresses within IPv6 ones, for networks that reach IPv4 through NAT64 (RFC 6052, HE-75 to HE-82).
 *
 * Left out: how the prefix comes to be known (RFC 8781, RFC 7050), and when there is a need to synthesise (HE-80).
 */
import ipaddr from 'ipaddr.js';
import { type AddressBits, type Prefix, addressBits, byteAt, ipv4Bits, isWithin, parsePrefix } from './address-bits.ts';

/** A PREF64: 32, 40, 48, 56, 64 or 96 bits that the translator's IPv6 addresses begin with. */
export interface Nat64Prefix {
  readonly prefix: Prefix;
  /** The address of all zeros under the prefix, 16 bytes. */
  readonly bytes: readonly number[];
  readonly isWellKnown: boolean;
}

/** RFC 6052 §2.2. */
const prefixLengths = new Set([32, 40, 48, 56, 64, 96]);
/** Bits 64 to 71 are zero in every such address (RFC 6052 §2.2); the IPv4 address is laid around them. */
const reservedByte = 8;
const wellKnownPrefix = '64:ff9b::/96';

/** HE-81: they mean something on the host or the link alone. */
const neverSynthesised = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '255.255.255.255/32'].map(parsePrefix);

/**
 * HE-82: not global (RFC 6052 §3.1), so not under the well-known prefix. RFC 5735 §3 and RFC 6598, without the
 * ranges for documentation: those stand for global addresses in examples and scenarios, as in the draft's own.
 */
const notGlobal = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '192.0.0.0/24',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
].map(parsePrefix);

/** Reads `64:ff9b::/96`; `undefined` if it is no prefix, of another length, or has bits set that must be zero. */
export function parseNat64Prefix(text: string): Nat64Prefix | undefined {
  if (!ipaddr.IPv6.isValidCIDR(text)) return undefined;
  const [address, length] = ipaddr.IPv6.parseCIDR(text);
  if (!prefixLengths.has(length)) return undefined;
  const bytes = address.toByteArray();
  if (bytes.some((byte, at) => byte !== 0 && (at >= length / 8 || at === reservedByte))) return undefined;
  const isWellKnown = `${address.toRFC5952String()}/${length}` === wellKnownPrefix;
  return { prefix: parsePrefix(text), bytes, isWellKnown };
}

/** The IPv6 address that stands for an IPv4 address; `undefined` for one that must not have any (HE-81, HE-82). */
export function synthesise(ipv4: string, nat64: Nat64Prefix): string | undefined {
  const address = addressBits(ipv4);
  if (!maySynthesise(address, nat64)) return undefined;
  const bytes = [...nat64.bytes];
  octetPositions(nat64).forEach((position, octet) => (bytes[position] = byteAt(address, 12 + octet)));
  return new ipaddr.IPv6(bytes).toRFC5952String();
}

/**
 * The IPv4 address that a synthesised IPv6 address stands for; the bits after it are ignored (RFC 6052 §2.2).
 * `undefined` for an address not under the prefix, and for one that `synthesise` would have refused: taken for IPv4,
 * an answer of `64:ff9b::7f00:1` would lead a client to itself.
 */
export function extract(ipv6: string, nat64: Nat64Prefix): string | undefined {
  const address = addressBits(ipv6);
  if (!isWithin(address, nat64.prefix) || byteAt(address, reservedByte) !== 0) return undefined;
  const octets = octetPositions(nat64).map((position) => byteAt(address, position));
  return maySynthesise(ipv4Bits(octets), nat64) ? octets.join('.') : undefined;
}

/**
 * Addresses as they are sorted and raced: synthesised ones turned back into IPv4 (HE-78, HE-79), each address once,
 * where it first came.
 */
export function desynthesise(addresses: readonly string[], nat64: Nat64Prefix): string[] {
  return [...new Set(addresses.map((address) => extract(address, nat64) ?? address))];
}

function maySynthesise(ipv4: AddressBits, { isWellKnown }: Nat64Prefix): boolean {
  const isInOneOf = (prefixes: readonly Prefix[]) => prefixes.some((prefix) => isWithin(ipv4, prefix));
  return !isInOneOf(neverSynthesised) && !(isWellKnown && isInOneOf(notGlobal));
}

/** Where the four octets lie among the 16 bytes: right after the prefix, stepping over the reserved byte. */
function octetPositions({ prefix }: Nat64Prefix): readonly number[] {
  const first = prefix.length / 8;
  return [0, 1, 2, 3].map((octet) => {
    const position = first + octet;
    return first <= reservedByte && position >= reservedByte ? position + 1 : position;
  });
}
