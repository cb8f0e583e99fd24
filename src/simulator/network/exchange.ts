/**
 * What travels between client and server, and what takes part: the vocabulary of the exchanges.
 */
import type { QueryType } from '../../engine/dns.ts';
import type { Millis } from '../../units.ts';
import type { Fate } from './link.ts';
import type { HttpRequest, HttpResponse, LookupEvent, NetworkId } from './network-event.ts';
import type { Direction } from './network-inputs.ts';
import type { TlsOffer, TlsOutcome } from './tls.ts';

export type MessageContent =
  | { readonly kind: 'query'; readonly name: string; readonly type: QueryType }
  | { readonly kind: 'answer'; readonly name: string; readonly type: QueryType; readonly event: LookupEvent }
  /** RST to a SYN, ICMP port unreachable to a UDP packet: nobody listens. */
  | { readonly kind: 'refusal' }
  | { readonly kind: 'syn' }
  | { readonly kind: 'syn-ack' }
  | { readonly kind: 'client-hello'; readonly offer: TlsOffer }
  /** QUIC's ClientHello. */
  | { readonly kind: 'initial'; readonly offer: TlsOffer }
  /** From ServerHello to Finished. */
  | { readonly kind: 'server-flight'; readonly outcome: TlsOutcome }
  /** The client's, which ends the handshake for the server; on the wire only where what it leads to is of interest. */
  | { readonly kind: 'finished' }
  /** The server's first frames over HTTP/2. */
  | { readonly kind: 'settings'; readonly origins: readonly string[] }
  /** QUIC's handshake is confirmed (RFC 9001 §4.1.2). */
  | { readonly kind: 'handshake-done' }
  | { readonly kind: 'path-challenge' | 'path-response' }
  | { readonly kind: 'request'; readonly request: HttpRequest }
  | { readonly kind: 'response'; readonly request: HttpRequest; readonly response: HttpResponse };

export interface Message {
  readonly content: MessageContent;
  readonly direction: Direction;
  /** 0 the first time, then the number of the repetition. */
  readonly repetition: number;
}

export interface Route {
  readonly transport: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  /** The server's own address, if a NAT64 is on the way. */
  readonly behindNat64?: string;
}

/** What befalls an exchange at an instant. */
export type Happening =
  | { readonly kind: 'arrived'; readonly message: Message }
  | { readonly kind: 'rejected'; readonly message: Message; readonly how: 'reset' | 'unreachable' }
  /** Whoever sent the message has waited long enough for it to be acknowledged or answered. */
  | { readonly kind: 'unanswered'; readonly message: Message }
  /** The server is ready to send this. */
  | { readonly kind: 'prepared'; readonly message: Message }
  /** A deadline of the exchange as a whole; `at-once`: what needs no packet, in its turn. */
  | { readonly kind: 'deadline'; readonly deadline: 'at-once' | 'give-up' | 'idle' };

export interface Exchange {
  readonly id: NetworkId;
  /** Nothing more comes of it. */
  readonly over: boolean;
  happen(happening: Happening, now: Millis): void;
  /** The client loses interest; what the far end still does is left out. */
  cancel(): void;
}

/** One packet on the wire, the truth that a log of the same run can be held against. */
export interface WireFact {
  readonly at: Millis;
  /** Of the client's undertaking that the packet serves. */
  readonly id: NetworkId;
  readonly route: Route;
  readonly message: Message;
  readonly fate: Fate;
}
