/**
 * The DNS vocabulary of the engine: what it asks and what it is told.
 *
 * Names are absolute, in lower case and without the trailing dot; addresses are in the canonical text of
 * `address.ts`. Whoever feeds the engine normalizes both, so that here equal means equal.
 */
import type { Millis } from '../units.ts';

export type AddressType = 'A' | 'AAAA';
/** RFC 9460 §9.1: an HTTP client never asks for SVCB, so the engine knows HTTPS alone. */
export type QueryType = AddressType | 'HTTPS';

/** A logical query: one name and one type. How it reaches a server is not its matter. */
export interface Query {
  readonly name: string;
  readonly type: QueryType;
}

/** SvcParams of a ServiceMode record (RFC 9460 §7, RFC 9848); on AliasMode they are ignored (§2.4.2). */
export interface ServiceParams {
  /** Protocol ids in the record's order; absent and empty differ: an empty list is malformed. */
  readonly alpn?: readonly string[];
  readonly noDefaultAlpn?: boolean;
  readonly port?: number;
  readonly ipv4Hints?: readonly string[];
  readonly ipv6Hints?: readonly string[];
  /** ECHConfigList in base64. */
  readonly ech?: string;
  /** Names of the keys that the record declares mandatory (`alpn`, `port`, `key65444`). */
  readonly mandatory?: readonly string[];
  /** Keys present whose meaning the engine does not know (`key65444`). */
  readonly unknownKeys?: readonly string[];
}

export interface ServiceRecord {
  /** SvcPriority, 0 to 65535: 0 is AliasMode. */
  readonly priority: number;
  /** TargetName; `.` is the owner name in ServiceMode and "no such service" in AliasMode. */
  readonly target: string;
  readonly params: ServiceParams;
}

/** Why a query gave no answer at all. NODATA is not among them: it is an answer without records. */
export type DnsFailure = 'nxdomain' | 'servfail' | 'refused' | 'malformed' | 'timeout' | 'network';

/** The outcome of one logical query, name and type. */
export type DnsAnswer =
  | {
      readonly kind: 'answer';
      /** The name at the end of the CNAME chain; the queried name itself if there is none. */
      readonly owner: string;
      /** Of A and AAAA, in the order of the answer; empty: NODATA. */
      readonly addresses: readonly string[];
      /** Of HTTPS, in the order of the answer; empty: NODATA. */
      readonly records: readonly ServiceRecord[];
      /** Least TTL of the chain and the records. */
      readonly ttl: Millis;
      /** What the additional section answers of other queries (RFC 9460 §4.1, SB-30); absent: nothing. */
      readonly additional?: readonly { readonly query: Query; readonly answer: DnsAnswer }[];
    }
  | { readonly kind: 'failure'; readonly failure: DnsFailure };
