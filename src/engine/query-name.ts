/**
 * The name under which an origin's HTTPS records are asked for (RFC 9460 §9.1, §9.5; SB-25).
 * IP literals have no such name; whoever calls leaves them out.
 */
export type Scheme = 'https' | 'http';

/** The port of the origin that an `http` origin upgrades to: 80 becomes 443, any other stays (RFC 9460 §9.5). */
export function securePort(scheme: Scheme, port: number): number {
  return scheme === 'http' && port === 80 ? 443 : port;
}

/** `example.com` for port 443, else `_8443._https.example.com`; an `http` origin is asked about as `https`. */
export function queryName(scheme: Scheme, host: string, port: number): string {
  const secure = securePort(scheme, port);
  return secure === 443 ? host : `_${secure}._https.${host}`;
}
