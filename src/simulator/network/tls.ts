/**
 * What a TLS 1.3 handshake comes to, given what the client offers and who listens; the same over TCP and QUIC.
 *
 * Session tickets, client certificates and other versions are left out; 0-RTT is QUIC's affair.
 */
import { type EchConfig, echConfigs } from './ech-config.ts';
import { type NetError, netError } from './net-error.ts';
import type { EchOutcome } from './network-event.ts';
import type { Server } from './network-inputs.ts';

export interface TlsOffer {
  readonly serverName: string;
  readonly alpn: readonly string[];
  /** ECHConfigList in base64. */
  readonly ech?: string | undefined;
}

export type TlsOutcome =
  | { readonly kind: 'done'; readonly alpn: string; readonly ech: EchOutcome; readonly server: Server }
  | { readonly kind: 'failed'; readonly error: NetError; readonly retryConfigs?: string };

/** Can the client make a ClientHello of it? A malformed ECHConfigList fails before any packet (recorded). */
export function isOfferable({ ech }: TlsOffer): boolean {
  return ech === undefined || echConfigs(ech) !== undefined;
}

/**
 * The listener whose certificate covers the name answers, else the first with TLS. The client offers ECH with the
 * first config that it can use, or not at all if it can use none (RFC 9849 §6.1). If no listener holds that config's
 * keys, they read the public name alone: its certificate must fit, and the retry configs are its listener's (§6.1.6).
 */
export function negotiateTls(listeners: readonly Server[], offer: TlsOffer, protocols: 'tcp' | 'quic', roots: readonly string[] | undefined): TlsOutcome {
  const secure = listeners.filter(({ issuer }) => issuer !== undefined);
  const offered = offer.ech === undefined ? undefined : echConfigs(offer.ech)?.[0];
  const rejected = offered !== undefined && !secure.some((candidate) => holdsKeys(candidate, offered));
  const name = rejected ? offered.publicName : offer.serverName;
  const named = secure.find((candidate) => covers(candidate, name));
  const server = named ?? secure[0];
  // A server without TLS answers a ClientHello with what is no TLS record.
  if (server === undefined) return failed('ERR_SSL_PROTOCOL_ERROR');

  const alpn = chooseProtocol(server, offer.alpn, protocols);
  if (alpn === undefined) return failed('ERR_ALPN_NEGOTIATION_FAILED');

  const trusted = roots?.includes(server.issuer!) ?? true;
  if (rejected) {
    if (!trusted || named === undefined) return failed('ERR_ECH_FALLBACK_CERTIFICATE_INVALID');
    return { ...failed('ERR_ECH_NOT_NEGOTIATED'), ...(server.ech !== undefined && server.ech !== 'none' && { retryConfigs: server.ech }) };
  }
  if (!trusted) return failed('ERR_CERT_AUTHORITY_INVALID');
  if (named === undefined) return failed('ERR_CERT_COMMON_NAME_INVALID');
  return { kind: 'done', alpn, ech: offered === undefined ? 'not-offered' : 'accepted', server };
}

/** A server without ECH has `none`, which is no list. */
function holdsKeys({ ech = 'none' }: Server, { bytes }: EchConfig): boolean {
  return echConfigs(ech)?.some((config) => config.bytes === bytes) ?? false;
}

function failed(name: Parameters<typeof netError>[0]): TlsOutcome & { kind: 'failed' } {
  return { kind: 'failed', error: netError(name) };
}

/**
 * The first of the server's protocols that the client offers (RFC 7301 §3.2). Without a common one a server that
 * is offered http/1.1, or nothing, answers without ALPN, which means http/1.1; any other offer is an alert.
 */
function chooseProtocol(server: Server, offered: readonly string[], transport: 'tcp' | 'quic'): string | undefined {
  const common = server.protocols.find((protocol) => (protocol === 'h3') === (transport === 'quic') && offered.includes(protocol));
  if (common !== undefined || transport === 'quic') return common;
  return offered.length === 0 || offered.includes('http/1.1') ? 'http/1.1' : undefined;
}

/** RFC 6125 §6.4.3: `*` stands for the whole first label. */
function covers({ names }: Server, host: string): boolean {
  const dot = host.indexOf('.');
  const wildcard = dot > 0 ? `*${host.slice(dot)}` : undefined;
  return names?.some((name) => name === host || name === wildcard) ?? false;
}
