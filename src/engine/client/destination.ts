/** Where a request wants to go: the origin of RFC 6454. Requests to one destination share races and sessions. */
import type { Scheme } from '../query-name.ts';
import { securePort } from '../query-name.ts';

export interface Destination {
  readonly scheme: Scheme;
  /** Canonical, see `address.ts`. */
  readonly host: string;
  readonly port: number;
}

export function destinationKey({ scheme, host, port }: Destination): string {
  return `${scheme}://${host}:${port}`;
}

/** What an `http` destination becomes if it has HTTPS records (RFC 9460 §9.5). */
export function upgraded({ scheme, host, port }: Destination): Destination {
  return { scheme: 'https', host, port: securePort(scheme, port) };
}
