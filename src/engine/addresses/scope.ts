/**
 * The scope of an address, for comparing (RFC 6724 §3.1 to §3.4).
 *
 * Unique local and private addresses are of global scope there; what sets them apart is the policy table.
 */
import { type AddressBits, isWithin, parsePrefix } from './address-bits.ts';

/** The numbers of RFC 4291 §2.7. A multicast address may have any from 0 to 15. */
const linkLocal = 2;
const siteLocal = 5;
const global = 14;

const multicast = parsePrefix('ff00::/8');
const siteLocalPrefix = parsePrefix('fec0::/10');
/** The loopback addresses count as link-local (RFC 6724 §3.2, §3.4). */
const linkLocalPrefixes = ['fe80::/10', '::1/128', '169.254.0.0/16', '127.0.0.0/8'].map(parsePrefix);

/** 0 to 15, the wider the greater: 2 link-local, 5 site-local, 14 global. */
export function scopeOf(address: AddressBits): number {
  if (isWithin(address, multicast)) return (address.words[0] >>> 16) & 0xf;
  if (linkLocalPrefixes.some((prefix) => isWithin(address, prefix))) return linkLocal;
  return isWithin(address, siteLocalPrefix) ? siteLocal : global;
}
