/**
 * What the engine connects to: an IP endpoint over a transport, with the ALPN protocols to offer and the ECH
 * configuration to use. Two endpoints that differ in any of these are different candidates.
 */
import type { IpEndpoint } from '../address.ts';

export type Transport = 'tcp' | 'quic';
/** Protocol ids the engine can speak (RFC 9114, RFC 9113, RFC 9112). */
export type Protocol = 'h3' | 'h2' | 'http/1.1';

export interface Endpoint {
  /** Its address is a name where a proxy resolves names (SB-29). */
  readonly ip: IpEndpoint;
  readonly transport: Transport;
  /** Offered in the handshake, preferred first: `h3` alone over QUIC, the others over TCP. */
  readonly alpn: readonly Protocol[];
  /** ECHConfigList in base64; absent: the handshake is sent without ECH. */
  readonly ech?: string;
}

/** One text for each distinct endpoint, for comparing and for maps. */
export function endpointKey({ ip, transport, alpn, ech }: Endpoint): string {
  return `${transport} ${ip.address} ${ip.port} ${alpn.join(',')} ${ech ?? ''}`;
}
