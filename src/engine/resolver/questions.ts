/**
 * What a resolver request asks, and the texts under which equal questions are found again.
 */
import { canonicalAddress } from '../../address.ts';
import type { AddressType, Query } from '../dns.ts';
import { type Scheme, queryName } from '../query-name.ts';
import type { ResolverOptions } from './options.ts';

export interface HostQuestion {
  /** In lower case and without trailing dot, but for `Resolver.request`, which sees to it. */
  readonly host: string;
  /** HTTPS records are asked for either (HE-07). */
  readonly scheme: Scheme;
  readonly port: number;
  /** Answers are shared within a partition only, a network key; absent: the common one. */
  readonly partition?: string;
}

/** What a host is: an address in canonical text, or a name in lower case and without trailing dot. */
export function readHost(host: string): { readonly kind: 'literal' | 'name'; readonly text: string } {
  // No top-level domain ends in a digit; the look at the end spares names the costly failure to parse them.
  const address = host.includes(':') || /\d$/.test(host) ? canonicalAddress(host) : undefined;
  if (address !== undefined) return { kind: 'literal', text: address };
  const lower = host.toLowerCase();
  return { kind: 'name', text: lower.endsWith('.') ? lower.slice(0, -1) : lower };
}

/** A and AAAA as far as connected (HE-04, HE-05, HE-06), AAAA first (HE-08). */
export function addressTypes({ ipv4, ipv6, nat64 }: ResolverOptions): readonly AddressType[] {
  return [...(ipv6 ? (['AAAA'] as const) : []), ...(ipv4 || nat64 ? (['A'] as const) : [])];
}

/** The queries about a host, in the order in which they leave (HE-08). */
export function hostQueries({ host, scheme, port }: HostQuestion, types: readonly AddressType[]): readonly Query[] {
  return [{ name: queryName(scheme, host, port), type: 'HTTPS' }, ...types.map((type) => ({ name: host, type }))];
}

/** The cache has the scheme in its key, so that a request upgraded from http to https asks anew. */
export function hostKey({ host, scheme, port, partition }: HostQuestion): string {
  return `${scheme}://${host}:${port} ${partition ?? ''}`;
}

/** Without a scheme, so that it never equals a host's key. */
export function queryKey({ name, type }: Query, partition: string | undefined): string {
  return `${type} ${name} ${partition ?? ''}`;
}
