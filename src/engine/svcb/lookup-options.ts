/**
 * What a service lookup is told beforehand: the origin, what the client knows of it, and the parameters by which
 * client profiles differ.
 */
import type { AddressType } from '../dns.ts';
import type { Protocol } from '../endpoint.ts';
import type { Scheme } from '../query-name.ts';

/** One alternative that the origin advertised before (RFC 7838). */
export interface AlternativeService {
  readonly protocol: Protocol;
  /** A name or an IP literal; absent: the origin's host. */
  readonly host?: string;
  /** Absent: the origin's port. */
  readonly port?: number;
}

export interface Origin {
  readonly scheme: Scheme;
  /** A name or an IP literal in canonical text. For a literal nothing is asked (DEC-15). */
  readonly host: string;
  readonly port: number;
  /** Preferred first. Ignored for `http`, which leaves for `https` or goes without. */
  readonly alternatives?: readonly AlternativeService[];
}

export interface LookupOptions {
  /** What the client speaks, preferred first. */
  readonly protocols: readonly Protocol[];
  /** What is asked for each name, in this order (HE-04 to HE-06, HE-08). */
  readonly addressTypes: readonly AddressType[];
  /**
   * Who finds the addresses of names: the client, or a proxy, which is told the name and the port to connect to, so
   * that no addresses are asked for. HTTPS may be asked for even then, if the resolver is private enough (SB-29).
   */
  readonly namesResolvedBy: 'client' | 'proxy';
  /** Whether HTTPS is asked at all (HE-07). */
  readonly serviceRecords: boolean;
  /**
   * Whether answers lead to new queries (HE-18, HE-20). If not, AliasMode is ignored and ServiceMode counts only with
   * the owner of the record as TargetName, as in Chromium (L-16, L-17, R-12).
   */
  readonly followUps: boolean;
  /** Most AliasMode records followed in a row, 1 at the least (SB-04, DEC-9). */
  readonly aliasLimit: number;
  /** Most TargetNames of one record set whose addresses are asked for (DEC-10). */
  readonly targetLimit: number;
  /** Whether address hints stand in for answers that are not there yet (HE-19). */
  readonly useHints: boolean;
  /** Whether hints outlive an answer without addresses (DEC-4); if not, it removes them. */
  readonly keepHintsOnNegative: boolean;
  /** Whether records may move the service to another port (L-17). */
  readonly recordPort: 'any' | 'authority';
  /** Whether records with `no-default-alpn` count: always, never (L-17), or not if every usable one says so (SB-19). */
  readonly noDefaultAlpn: 'understood' | 'refused' | 'refused-in-all';
  /** The client does ECH (HE-36, C-48). */
  readonly ech: boolean;
  /** DNS is authenticated: DNSSEC, DoT, DoH or DoQ (HE-72). */
  readonly protectedDns: boolean;
  /**
   * When a connection may do without a service record (DEC-8, SB-09, SB-12):
   * `always`; `unless-ech`: not if the client does ECH and every usable record of the origin carries it (M-77, M-78);
   * `unless-protected-ech`: the same, over protected DNS alone; `never`: the client is SVCB-reliant.
   */
  readonly fallback: 'always' | 'unless-ech' | 'unless-protected-ech' | 'never';
}
