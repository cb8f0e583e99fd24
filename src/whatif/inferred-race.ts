/**
 * The network as one race met it, as far as a log tells, with what it does not tell as a sample of what it may have been.
 *
 * Times are milliseconds. Those that end in `AtMs` count from the first thing that the race needed, which is its
 * beginning or that of a resolution which had begun before it.
 */
import type { Parameters } from '../engine/profiles/parameters.ts';
import type { Family } from '../address.ts';
import type { RaceEngine } from '../model/common.ts';
import type { Transport } from '../model/race.ts';
import type { Millis } from '../units.ts';

/** What came of one exchange of packets: a SYN, a TLS or QUIC handshake, a DNS query. */
export type StepOutcome =
  | { readonly kind: 'took'; readonly ms: Millis }
  /** Never answered. */
  | { readonly kind: 'silent' }
  /** RST; of a TCP connection that was up, in its TLS handshake. */
  | { readonly kind: 'refused'; readonly ms: Millis }
  /** ICMP. */
  | { readonly kind: 'unreachable'; readonly ms: Millis }
  /** By the host, whichever its address: a certificate that the client does not trust, or a proxy that makes no tunnel. */
  | { readonly kind: 'denied'; readonly ms: Millis }
  /** A DNS answer over UDP that asks for TCP. */
  | { readonly kind: 'truncated'; readonly ms: Millis };

/** `among`: at least one outcome, each as likely as the others; `because`: why the log does not tell. */
export type Step = { readonly known: true; readonly outcome: StepOutcome } | { readonly known: false; readonly among: readonly StepOutcome[]; readonly because: string };

/** The way to one endpoint over one transport. */
export interface Path {
  readonly address: string;
  readonly port: number;
  readonly family: Family;
  readonly transport: Transport;
  /** SYN to SYN-ACK; over QUIC the whole handshake. */
  readonly connect: Step;
  /** TLS, or what a proxy needs for a tunnel and TLS within; only where there is a TCP connection to do it on. */
  readonly secure?: Step;
  /** SYNs that were lost before one was answered. */
  readonly lostSyns: number;
}

export type QueryType = 'A' | 'AAAA' | 'HTTPS';

/** The queries of one name and type, in the order in which they were sent; a further one fares as the last. */
export interface AskedName {
  readonly name: string;
  readonly type: QueryType;
  readonly answer: 'records' | 'nodata' | 'nxdomain' | 'servfail';
  readonly tries: readonly [Step, ...Step[]];
}

export interface ServiceRecord {
  readonly priority: number;
  readonly alpn: readonly string[];
  readonly ech: boolean;
  readonly ipv4Hint: readonly string[];
  readonly ipv6Hint: readonly string[];
}

/** How the name became addresses: asked for; known before; found by the system's resolver; or there was no name. */
export type Resolving = 'asked' | 'cached' | 'system' | 'literal';

/** Something that the page wanted of the destination. */
export interface Wish {
  readonly kind: 'preconnect' | 'load' | 'resolve';
  readonly atMs: Millis;
}

/** What the browser knew when the race began. */
export interface Knowledge {
  /** A host with which QUIC has worked on this network; `*`: with some. */
  readonly quicWorkedWith?: string;
  /** It had a session ticket of this host's QUIC server. */
  readonly ticket: boolean;
  /** The host had advertised HTTP/3 in an Alt-Svc header. */
  readonly altSvc: boolean;
  /** The host's server has chosen HTTP/2 before. */
  readonly http2: boolean;
}

/** The race as it was. */
export interface RecordedRace {
  readonly outcome: 'connected' | 'failed';
  /** From its beginning to the first usable connection, or to the failure. */
  readonly afterMs: Millis;
  readonly winner?: Winner;
  readonly attempts: number;
}

export interface Winner {
  readonly ipEndpoint: string;
  readonly family: Family;
  readonly transport: Transport;
}

/** The client that ran the race: a profile of the engine, and what was set or platform-given about it. */
export interface Policy {
  readonly profile: string;
  readonly overrides: Readonly<Partial<Parameters>>;
}

export interface Origin {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
}

export interface InferredRace {
  readonly id: number;
  readonly engine: RaceEngine;
  /** `https`: the connection can be used when more than TCP is done. */
  readonly scheme: 'http' | 'https';
  /** Of what the race connects to: the destination, or its proxy. */
  readonly host: string;
  readonly port: number;
  /** Through a proxy: what that was asked for. */
  readonly tunnelTo?: Origin;
  /** On the clock of the trace. */
  readonly zeroMs: Millis;
  readonly beginsAtMs: Millis;
  /** Absent: it was cancelled, or the log does not show how it ended. */
  readonly recorded?: RecordedRace;
  readonly policy: Policy;
  readonly families: Readonly<Record<Family, boolean>>;
  readonly resolving: Resolving;
  /** DNS over HTTPS alone. */
  readonly protectedDns: boolean;
  readonly addresses: readonly string[];
  readonly records: readonly ServiceRecord[];
  readonly asked: readonly AskedName[];
  readonly paths: readonly Path[];
  readonly knows: Knowledge;
  readonly wishes: readonly Wish[];
  /** A request waited for it; the rest are preconnects that nobody used. */
  readonly awaited: boolean;
  /** A QUIC connection, advertised by Alt-Svc, beside a session over TCP that serves the host already. */
  readonly besideSession: boolean;
  /** Of the connection that won; absent: not known. */
  readonly alpn?: string;
  /** Its connections are shared with those of the same words alone: network anonymization key, privacy mode, tunnel. */
  readonly partition: string;
  /** What the server of a session of this host was known to serve; absent: nothing is known of one. */
  readonly server?: { readonly names: readonly string[]; readonly originFrame: readonly string[] };
  /** A server said that it does not hold the key of the ECH config in the record. */
  readonly echRejected: boolean;
}

/** What somebody wanted, whatever it took. */
export function destinationOf({ scheme, host, port, tunnelTo }: InferredRace): Origin {
  return tunnelTo ?? { scheme, host, port };
}

/** Why nothing is inferred from a race. `proxy`: of a kind that makes no tunnel over TCP; `pooled`: an open session served it. */
export type Unusable = 'proxy' | 'pooled' | 'translated-literal' | 'upgraded' | 'no-attempt' | 'unknown-destination' | 'odd-name';
