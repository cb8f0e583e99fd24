/**
 * IP addresses and endpoints, the nouns that analysis and generation share.
 *
 * Text forms follow RFC 5952 (IPv6 in lower case, zeros compressed) and the report contract:
 * hosts without brackets, endpoints as `203.0.113.1:443` or `[2001:db8::1]:443`.
 */
import ipaddr from 'ipaddr.js';

export type Family = 'ipv4' | 'ipv6';

export interface IpEndpoint {
  readonly address: string;
  readonly port: number;
}

const FOUR_NUMBERS = /^\d+\.\d+\.\d+\.\d+$/;

/** The canonical text of an IP address, with or without brackets; `undefined` for anything else. */
export function canonicalAddress(text: string): string | undefined {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  // ipaddr.js takes classful and octal forms such as "10.1"; a NetLog never means an address by those. Names are told
  // by their look first, because it says no to them by way of an exception.
  if (!bare.includes(':')) return FOUR_NUMBERS.test(bare) && ipaddr.IPv4.isValidFourPartDecimal(bare) ? bare : undefined;
  return canonicalIpv6(bare);
}

/** Parses once: text with colons that is no address is rare, so that its exception costs less than asking first. */
function canonicalIpv6(text: string): string | undefined {
  try {
    return ipaddr.IPv6.parse(text).toRFC5952String();
  } catch {
    return undefined;
  }
}

/** The family of an address in text form; `undefined` if it is not an IP address. */
export function familyOf(address: string): Family | undefined {
  const canonical = canonicalAddress(address);
  if (canonical === undefined) return undefined;
  return canonical.includes(':') ? 'ipv6' : 'ipv4';
}

/** As `familyOf`, of what is known to be a canonical address: nothing is parsed. */
export function familyOfCanonical(address: string): Family {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}

/** Reads `203.0.113.1:443` or `[2001:db8::1]:443`; `undefined` if the text is neither. */
export function parseEndpoint(text: string): IpEndpoint | undefined {
  const colon = text.lastIndexOf(':');
  if (colon < 1) return undefined;
  const portText = text.slice(colon + 1);
  if (!/^\d{1,5}$/.test(portText)) return undefined;
  const host = text.slice(0, colon);
  if (host.includes(':') && !host.startsWith('[')) return undefined;
  const address = canonicalAddress(host);
  const port = Number(portText);
  return address === undefined || port > 65535 ? undefined : { address, port };
}

/** Writes an endpoint in the contract's form. */
export function formatEndpoint({ address, port }: IpEndpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** A host as hosts are compared: lower case, no trailing dot, IP literals canonical and without brackets. */
export function canonicalHost(host: string): string {
  const address = canonicalAddress(host);
  if (address !== undefined) return address;
  const lower = host.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/** The host of a URL; `undefined` for anything without one. */
export function hostOfUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  return hostname.replace(/^\[|\]$/g, '') || undefined;
}
