/**
 * IP addresses as 128 bits, for what compares prefixes.
 *
 * IPv4 takes part as the IPv4-mapped `::ffff:a.b.c.d` (RFC 6724 §3.2), and a mapped address that came as IPv6
 * counts as the IPv4 address it is. Left out: text forms, which are `address.ts`'s, and zone ids, which are ignored.
 */
import ipaddr from 'ipaddr.js';
import type { Family } from '../../address.ts';

type Words = readonly [number, number, number, number];

export interface AddressBits {
  readonly family: Family;
  /** Four 32-bit words, the most significant first. */
  readonly words: Words;
}

export interface Prefix {
  readonly words: Words;
  /** In bits of the 128; 96 more than written for an IPv4 prefix. */
  readonly length: number;
}

/** Reads an address in the canonical text of `address.ts`; throws for what is no address. */
export function addressBits(text: string): AddressBits {
  if (!text.includes(':')) return ipv4Bits(ipaddr.IPv4.parse(text).octets);
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? bitsOf(address.toIPv4Address()) : bitsOf(address);
}

/** Reads `2002::/16` or `10.0.0.0/8`; throws for what is no prefix. Bits after the length do not matter. */
export function parsePrefix(text: string): Prefix {
  const [address, length] = ipaddr.parseCIDR(text);
  return { words: bitsOf(address).words, length: prefixBits(address.kind(), length) };
}

/** A prefix length as written beside an address of that family, counted over the 128 bits. */
export function prefixBits(family: Family, length: number): number {
  return family === 'ipv4' ? 96 + length : length;
}

/** How many leading bits two addresses share: 0 to 128, at least 96 for two of IPv4. */
export function commonPrefixLength(a: { readonly words: Words }, b: { readonly words: Words }): number {
  for (let at = 0; at < 4; at++) {
    const same = Math.clz32((a.words[at] ?? 0) ^ (b.words[at] ?? 0));
    if (same < 32) return at * 32 + same;
  }
  return 128;
}

export function isWithin(address: AddressBits, prefix: Prefix): boolean {
  return commonPrefixLength(address, prefix) >= prefix.length;
}

/** Whether a prefix holds every address of another. */
export function contains(outer: Prefix, inner: Prefix): boolean {
  return inner.length >= outer.length && commonPrefixLength(outer, inner) >= outer.length;
}

/** One of the 16 bytes, 0 being the most significant. */
export function byteAt({ words }: AddressBits, position: number): number {
  return ((words[position >>> 2] ?? 0) >>> (24 - 8 * (position & 3))) & 0xff;
}

/** The IPv4 address of four octets. */
export function ipv4Bits([a = 0, b = 0, c = 0, d = 0]: readonly number[]): AddressBits {
  return { family: 'ipv4', words: [0, 0, 0xffff, word(a * 256 + b, c * 256 + d)] };
}

function bitsOf(address: ipaddr.IPv4 | ipaddr.IPv6): AddressBits {
  if (address instanceof ipaddr.IPv4) return ipv4Bits(address.octets);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = address.parts;
  return { family: 'ipv6', words: [word(a, b), word(c, d), word(e, f), word(g, h)] };
}

function word(high: number, low: number): number {
  return high * 0x10000 + low;
}
