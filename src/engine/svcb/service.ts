/** What a service lookup has found out: the services that a race may connect to, in order of preference. */
import type { Query } from '../dns.ts';
import type { Offer, RecordRefusal } from './usable-record.ts';

/** What is known of one address family of a service's name. */
export type AddressState =
  /** The family is not asked for, or the name is an IP literal of the other one. */
  | { readonly state: 'not-asked' }
  /** Asked, not answered, and no hint either. */
  | { readonly state: 'pending' }
  /** Answered without addresses: NODATA, NXDOMAIN and other failures alike (HE-15). */
  | { readonly state: 'negative' }
  /** Not asked for, since a proxy resolves the name (SB-29). Then it is the state of both families. */
  | { readonly state: 'by-name' }
  | {
      readonly state: 'positive';
      /** Hints last until there is an answer with addresses, which replaces them (HE-19, HE-21, HE-28). */
      readonly from: 'answer' | 'hint' | 'literal';
      /** At least one, in the order of the answer; hints in random order (SB-22). */
      readonly addresses: readonly string[];
    };

export interface Service extends Offer {
  /**
   * Whose addresses these are: TargetName, alias target or host of the authority. For connecting only; certificates,
   * SNI and Host go by the origin (SB-26).
   */
  readonly name: string;
  /**
   * `service-record`: from a ServiceMode record of the origin (HE-38); `alias-target`: where the origin's aliases end
   * (SB-11); `alt-svc`: an alternative, with or without records of its own (SB-28); `authority`: the origin itself
   * without any record (HE-40).
   */
  readonly kind: 'service-record' | 'alias-target' | 'alt-svc' | 'authority';
  /** SvcPriority of the record; absent if there is none. */
  readonly priority?: number;
  /** The HTTPS answer that could change or withdraw this service is still out (HE-18, HE-68). */
  readonly provisional: boolean;
  readonly ipv4: AddressState;
  readonly ipv6: AddressState;
}

/** A ServiceMode record that the client can't use, with the rule that says so. */
export interface RefusedRecord {
  readonly priority: number;
  readonly target: string;
  readonly reason: RecordRefusal;
}

/**
 * How far the HTTPS records of an authority are known. `pending`: an answer is out, be it the one about an alias
 * (HE-18). `known`: at least one record is usable. `negative`: none is, or there are none. `failed`: the query failed,
 * which does not matter over unprotected DNS (HE-73). `refused`: it failed over protected DNS, and the connection has
 * to be given up (HE-72, SB-13).
 */
export type ServiceInfo = 'not-asked' | 'pending' | 'known' | 'negative' | 'failed' | 'refused';

export interface ServiceView {
  /** Of the origin. Alternatives have queries of their own: see `provisional`. */
  readonly info: ServiceInfo;
  /**
   * The origin's records by priority (HE-38), the end of its aliases (SB-11), the alternatives, the plain authority
   * (HE-40). Empty if `info` is `refused` or `upgradeToHttps` is set.
   */
  readonly services: readonly Service[];
  /** The origin's and the alternatives' records that are of no use. */
  readonly refusals: readonly RefusedRecord[];
  /** In the order in which they were asked; those that ask once more for what is answered are among them. */
  readonly openQueries: readonly Query[];
  /** The origin is `http` and has HTTPS records: it has to be looked up anew as `https` (SB-27, HE-88). */
  readonly upgradeToHttps: boolean;
}
