/**
 * What the network tells the client: answers, handshakes done or failed, responses, connections gone.
 *
 * Time-outs of the client's own (a DNS query without an answer, an attempt that is slow) are no events of the
 * network: from it comes nothing.
 */
import type { IpEndpoint } from '../../address.ts';
import type { DnsAnswer, QueryType } from '../../engine/dns.ts';
import type { Millis } from '../../units.ts';
import type { NetError } from './net-error.ts';
import type { PreferredAddress } from './network-inputs.ts';

/** Given by the client; one text or number for one exchange, connection, lookup or request. */
export type NetworkId = string | number;

/** Names of QUIC's own errors behind ERR_QUIC_PROTOCOL_ERROR, as Chromium logs them in `quic_error`. */
export type QuicErrorName =
  | 'QUIC_HANDSHAKE_FAILED'
  | 'QUIC_NETWORK_IDLE_TIMEOUT'
  | 'QUIC_PACKET_READ_ERROR'
  | 'QUIC_TLS_CERTIFICATE_UNKNOWN';

/** RFC 9849: `accepted` is the only end of an offer that leaves the handshake standing. */
export type EchOutcome = 'not-offered' | 'accepted';

/** What a handshake has come to, in the words of Chromium's log. */
export interface NegotiatedTls {
  /** `TLS 1.3`. */
  readonly version: string;
  /** Number of the cipher suite (IANA's registry); absent: one whose number is not known. */
  readonly cipherSuite?: number;
  readonly isResumed: boolean;
}

export type ConnectionEvent =
  /** `local`: of a real socket; a simulated one has none of its own. */
  | { readonly kind: 'tcp-connected'; readonly local?: IpEndpoint }
  | { readonly kind: 'tcp-failed'; readonly error: NetError }
  /** `tls`: absent where handshakes are simulated, TLS 1.3 then. */
  | { readonly kind: 'tls-done'; readonly alpn: string; readonly ech: EchOutcome; readonly tls?: NegotiatedTls }
  /** `retryConfigs`: with ERR_ECH_NOT_NEGOTIATED, the list to try instead; absent: the server knows no ECH. */
  | { readonly kind: 'tls-failed'; readonly error: NetError; readonly retryConfigs?: string }
  /** The connection can carry requests: at once with 0-RTT, else when the handshake is complete. */
  | { readonly kind: 'quic-connected'; readonly alpn: string; readonly earlyData: boolean }
  /** The server's flight, with its transport parameters, is in; follows `quic-connected` at once, or later with 0-RTT. */
  | { readonly kind: 'quic-handshake-complete'; readonly ech: EchOutcome; readonly preferredAddress?: PreferredAddress }
  /** Only before `quic-connected`; what ends the connection afterwards is `closed`. */
  | { readonly kind: 'quic-failed'; readonly error: NetError; readonly quicError?: QuicErrorName; readonly retryConfigs?: string }
  /** Over HTTP/2 a round trip after TLS, over HTTP/3 with the server's first flight (as recorded); never over HTTP/1.1. */
  | { readonly kind: 'origin-frame'; readonly origins: readonly string[] }
  /** QUIC's handshake is confirmed, so that the client may migrate to one of them (RFC 9000 §9.6.1). */
  | { readonly kind: 'preferred-address'; readonly ipv4?: IpEndpoint | undefined; readonly ipv6?: IpEndpoint | undefined }
  | { readonly kind: 'migrated' }
  /** The connection goes on where it was. */
  | { readonly kind: 'migration-failed' }
  | { readonly kind: 'response'; readonly request: NetworkId; readonly response: HttpResponse }
  /** Without `error`: idle for too long. */
  | { readonly kind: 'closed'; readonly error?: NetError; readonly quicError?: QuicErrorName };

export type LookupEvent =
  | { readonly kind: 'dns-answer'; readonly type: QueryType; readonly answer: DnsAnswer }
  /** Over UDP: ask again over TCP. */
  | { readonly kind: 'dns-truncated'; readonly type: QueryType }
  /** The server can't be reached; a server that answers badly is a `dns-answer`. */
  | { readonly kind: 'dns-failed'; readonly type: QueryType; readonly error: NetError }
  /** IPv6 before IPv4, else in the order of the answers; sorting (RFC 6724) is the client's. */
  | { readonly kind: 'system-answer'; readonly addresses: readonly string[] }
  | { readonly kind: 'system-failed'; readonly error: NetError };

export type ClientEvent = { readonly kind: 'address-added'; readonly address: string };

/** What happened to one of the things that the client started. */
export type ExchangeEvent = ConnectionEvent | LookupEvent;

export type NetworkEvent = { readonly at: Millis } & (({ readonly id: NetworkId } & ExchangeEvent) | ClientEvent);

export interface HttpRequest {
  readonly id: NetworkId;
  readonly host: string;
  readonly path: string;
}

export interface HttpResponse {
  readonly status: number;
  /** Value of the Alt-Svc header field. */
  readonly altSvc?: string;
}

/** Where an exchange reports to: the client, or the exchange that it is a part of. */
export interface ExchangeEventSink {
  receive(id: NetworkId, event: ExchangeEvent, now: Millis): void;
}
