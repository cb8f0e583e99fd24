/**
 * What the simulated network is made of, in the least form it needs: the parts of a scenario, by structure.
 *
 * Reading a scenario, counting how often a rule applies and following CNAMEs in the zone belong to the scenario;
 * field names are those of the scenario contract.
 */
import type { IpEndpoint } from '../../address.ts';
import type { DnsAnswer, QueryType } from '../../engine/dns.ts';
import type { Millis } from '../../units.ts';

/** Between the client and every server. */
export interface LinkProperties {
  readonly rttMs: Millis;
  /** Each packet takes up to this much longer, evenly distributed. */
  readonly jitterMs: Millis;
  /** Chance of a packet to be lost, 0 to 1. */
  readonly lossRate: number;
}

export type DnsTransport = 'udp' | 'tcp' | 'https';

export interface DnsQuery {
  /** Address of the DNS server that is asked. */
  readonly server: string;
  readonly transport: DnsTransport;
  readonly name: string;
  readonly type: QueryType;
}

export interface DnsRuleEffect {
  /** `answer`: what the zone says. */
  readonly action: 'answer' | 'drop' | 'servfail' | 'nxdomain' | 'nodata' | 'truncate';
  /** Added to the time that the answer takes; absent: 0. */
  readonly delayMs?: Millis | undefined;
}

export type Direction = 'toServer' | 'fromServer';

export interface Packet {
  readonly transport: 'tcp' | 'udp';
  /** The server's address as the client knows it, whichever way the packet goes. */
  readonly to: string;
  /** The server's own address, if a NAT64 is on the way. */
  readonly behindNat64?: string | undefined;
  /** The server's. */
  readonly port: number;
  readonly direction: Direction;
  /** `syn` is the client's, `data` TCP's; `other`: SYN-ACK, RST and everything over UDP. */
  readonly packet: 'syn' | 'data' | 'other';
  readonly sentAt: Millis;
}

/** `delayMs`: a packet, or the word that it was turned away, takes so much longer; nothing comes of one dropped. */
export type NetworkRuleEffect =
  | { readonly action: 'drop' | 'reset' | 'unreachable'; readonly delayMs?: Millis | undefined }
  | { readonly action: 'delay'; readonly delayMs: Millis };

/** Decides which rule applies, if any, and counts it as applied. */
export interface Rules<Subject, Effect> {
  match(subject: Subject): Effect | undefined;
}

/** One entry of `servers`: `h3` is listened for on UDP, every other protocol on TCP. */
export interface Server {
  readonly addresses: readonly string[];
  readonly port: number;
  readonly protocols: readonly string[];
  /** Names of the certificate, with `*.` for one label. */
  readonly names?: readonly string[] | undefined;
  /** Who signed the certificate; absent: no TLS. */
  readonly issuer?: string | undefined;
  /** The ECHConfigList in base64 whose keys the server holds, its retry configs too; `none` or absent: it knows no ECH. */
  readonly ech?: string | undefined;
  /** Value of the Alt-Svc header field of each response over TCP. */
  readonly altSvc?: string | undefined;
  /** Origins of the ORIGIN frame of HTTP/2 (RFC 8336) and HTTP/3 (RFC 9412). */
  readonly originFrame?: readonly string[] | undefined;
  /** Transport parameter of QUIC (RFC 9000 §9.6); the server listens there too, for connections that it has. */
  readonly preferredAddress?: PreferredAddress | undefined;
  /** Absent: the connection is kept for ever. */
  readonly idleTimeoutMs?: Millis | undefined;
}

export interface PreferredAddress {
  readonly ipv4?: IpEndpoint | undefined;
  readonly ipv6?: IpEndpoint | undefined;
}

/** The parts of a scenario that make up the network. */
export interface NetworkScenario {
  readonly client: {
    readonly ipv4: boolean;
    readonly ipv6: boolean;
    /** Of the network's NAT64, such as `64:ff9b::/96`; absent: it has none. */
    readonly nat64Prefix?: string | undefined;
    /** Absent: it trusts every certificate authority. */
    readonly roots?: readonly string[] | undefined;
  };
  readonly link: LinkProperties;
  readonly dns: {
    readonly servers: readonly { readonly address: string; readonly transport: DnsTransport }[];
    /** What a server takes to answer, on top of the link's round trip. */
    readonly latencyMs: Millis;
  };
  readonly network: {
    readonly events: readonly { readonly atMs: Millis; readonly kind: 'addressAdded'; readonly address: string }[];
  };
  readonly servers: readonly Server[];
}

export interface NetworkInputs {
  readonly scenario: NetworkScenario;
  /** Asked for each query that reaches its server. */
  readonly dnsRules: Rules<DnsQuery, DnsRuleEffect>;
  /** Asked for each packet when it is sent. */
  readonly networkRules: Rules<Packet, NetworkRuleEffect>;
  /** What the zone says, CNAMEs followed. */
  dnsAnswer(name: string, type: QueryType): DnsAnswer;
}
