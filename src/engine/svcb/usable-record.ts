/**
 * Whether a client can use one ServiceMode record, and what the record then offers it: a port, the protocols of each
 * transport and the ECH configuration. Whether its TargetName may be followed is the business of `record-chain.ts`.
 */
import type { ServiceParams, ServiceRecord } from '../dns.ts';
import type { Protocol } from '../endpoint.ts';
import { isBadPort } from './bad-ports.ts';

/** The rule that refused a record. */
export type RecordRefusal =
  /** `alpn`, `ipv4hint` or `ipv6hint` without a value (SB-16, RFC 9460 §7.1.1, §7.3). */
  | 'empty-list'
  /** `no-default-alpn` without `alpn` (SB-15, SB-16). */
  | 'no-default-alpn-alone'
  /** `mandatory` names itself, a key twice, or a key that the record lacks (SB-16, RFC 9460 §8). */
  | 'mandatory-inconsistent'
  /** `mandatory` names a key that the client does not know (SB-21). */
  | 'mandatory-unknown'
  /** The record's port is one that no HTTP client connects to (SB-20). */
  | 'bad-port'
  /** Nothing in the ALPN set that the client speaks (SB-18, HE-70), or that Alt-Svc allows (SB-28, HE-71). */
  | 'no-common-protocol'
  /** The client takes no other port than the authority's (L-17). */
  | 'other-port'
  /** The client takes no record that says `no-default-alpn` (L-17), or none if all of them say so (SB-19). */
  | 'no-default-alpn'
  /** The client asks no follow-up queries and the TargetName is not the owner of the record (L-17, R-12). */
  | 'other-target'
  /** The TargetName is one more than the client follows (DEC-10). */
  | 'target-limit';

/** What the client brings to a record. */
export interface RecordRules {
  /** Preferred first. */
  readonly protocols: readonly Protocol[];
  /** Port of the authority: the record's, unless it has one of its own (SB-20). */
  readonly port: number;
  /** The client does ECH. If not, it neither uses `ech` nor knows the key. */
  readonly ech: boolean;
  /** `authority`: records with another port than the authority's are refused, as Chromium does (L-17). */
  readonly recordPort: 'any' | 'authority';
  /** `refused`: records with `no-default-alpn` are refused, as Chromium does (L-17). */
  readonly noDefaultAlpn: 'understood' | 'refused' | 'refused-in-all';
}

/** What a record, or the lack of one, offers at a name. */
export interface Offer {
  readonly port: number;
  /** ALPN protocols to offer over QUIC and over TCP, preferred first; empty: not over this transport (SB-17). */
  readonly quic: readonly Protocol[];
  readonly tcp: readonly Protocol[];
  /** ECHConfigList in base64. */
  readonly ech?: string;
}

export type RecordVerdict =
  | { readonly kind: 'usable'; readonly offer: Offer }
  | { readonly kind: 'refused'; readonly reason: RecordRefusal };

export function judgeRecord({ params }: ServiceRecord, rules: RecordRules): RecordVerdict {
  const { protocols } = rules;
  const port = params.port ?? rules.port;
  const common = protocols.filter((protocol) => inAlpnSet(protocol, params));
  const reason = inconsistency(params) ?? refusal(params, port, common, rules);
  if (reason !== undefined) return { kind: 'refused', reason };
  // RFC 9460 §7.1.2: a transport that is common to both gets all its protocols, not the advertised ones alone (SB-17).
  const quic = common.some(isQuic) ? protocols.filter(isQuic) : [];
  const tcp = common.some(isTcp) ? protocols.filter(isTcp) : [];
  const ech = rules.ech ? params.ech : undefined;
  return { kind: 'usable', offer: { port, quic, tcp, ...(ech !== undefined && { ech }) } };
}

export function isQuic(protocol: Protocol): boolean {
  return protocol === 'h3';
}

export function isTcp(protocol: Protocol): boolean {
  return protocol !== 'h3';
}

/** The scheme's default, `http/1.1`, belongs to the set unless `no-default-alpn` takes it out (SB-15). */
function inAlpnSet(protocol: Protocol, { alpn = [], noDefaultAlpn = false }: ServiceParams): boolean {
  return alpn.includes(protocol) || (protocol === 'http/1.1' && !noDefaultAlpn);
}

function inconsistency(params: ServiceParams): RecordRefusal | undefined {
  const { alpn, ipv4Hints, ipv6Hints, noDefaultAlpn, mandatory } = params;
  if (alpn?.length === 0 || ipv4Hints?.length === 0 || ipv6Hints?.length === 0) return 'empty-list';
  if (noDefaultAlpn === true && alpn === undefined) return 'no-default-alpn-alone';
  if (mandatory === undefined) return undefined;
  const isList = mandatory.length > 0 && new Set(mandatory).size === mandatory.length;
  return isList && mandatory.every((key) => hasKey(params, key)) ? undefined : 'mandatory-inconsistent';
}

/** `port` and `no-default-alpn` are mandatory in every HTTPS record (RFC 9460 §9.2): the engine knows both. */
function refusal(
  { mandatory = [], unknownKeys = [], noDefaultAlpn = false }: ServiceParams,
  port: number,
  common: readonly Protocol[],
  rules: RecordRules,
): RecordRefusal | undefined {
  if (mandatory.some((key) => unknownKeys.includes(key) || (key === 'ech' && !rules.ech))) return 'mandatory-unknown';
  if (port !== rules.port && rules.recordPort === 'authority') return 'other-port';
  if (noDefaultAlpn && rules.noDefaultAlpn === 'refused') return 'no-default-alpn';
  if (isBadPort(port)) return 'bad-port';
  return common.length === 0 ? 'no-common-protocol' : undefined;
}

function hasKey(params: ServiceParams, key: string): boolean {
  switch (key) {
    case 'alpn':
      return params.alpn !== undefined;
    case 'no-default-alpn':
      return params.noDefaultAlpn === true;
    case 'port':
      return params.port !== undefined;
    case 'ipv4hint':
      return params.ipv4Hints !== undefined;
    case 'ipv6hint':
      return params.ipv6Hints !== undefined;
    case 'ech':
      return params.ech !== undefined;
    default:
      return params.unknownKeys?.includes(key) ?? false;
  }
}
