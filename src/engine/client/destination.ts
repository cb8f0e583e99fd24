/** Where a request wants to go: the origin of RFC 6454, in its partition. Requests to one destination share races and sessions. */
import type { Scheme } from '../query-name.ts';
import { securePort } from '../query-name.ts';

export interface Destination {
  readonly scheme: Scheme;
  /** Canonical, see `address.ts`. */
  readonly host: string;
  readonly port: number;
  /** Nothing is shared between partitions (Chromium's network anonymization key); absent: the common one. */
  readonly partition?: string;
}

export function destinationKey({ scheme, host, port, partition }: Destination): string {
  const key = `${scheme}://${host}:${port}`;
  return partition === undefined ? key : `${key} ${partition}`;
}

/** As an ORIGIN frame spells it (RFC 6454 §6.1): without a port that is the scheme's own. */
export function originOf({ scheme, host, port }: Destination): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === (scheme === 'https' ? 443 : 80) ? `${scheme}://${name}` : `${scheme}://${name}:${port}`;
}

/** What an `http` destination becomes if it has HTTPS records (RFC 9460 §9.5). */
export function upgraded({ scheme, host, port, partition }: Destination): Destination {
  return { scheme: 'https', host, port: securePort(scheme, port), ...(partition !== undefined && { partition }) };
}
