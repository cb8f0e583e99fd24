/** The way to a server: straight, or through the network's NAT64 (RFC 6146). */
import type { IpEndpoint } from '../../address.ts';
import { extract, parseNat64Prefix } from '../../engine/addresses/nat64.ts';
import type { Route } from './exchange.ts';

export interface Routes {
  to(transport: Route['transport'], endpoint: IpEndpoint): Route;
}

/** @param nat64Prefix such as `64:ff9b::/96`; absent: there is no NAT64. */
export function createRoutes(nat64Prefix: string | undefined): Routes {
  const known = nat64Prefix === undefined ? undefined : parseNat64Prefix(nat64Prefix);
  if (known === undefined) return { to: (transport, { address, port }) => ({ transport, address, port }) };
  // RFC 6052 §3.1 asks translators to keep private addresses out of the well-known prefix; they do translate them (recorded).
  const nat64 = { ...known, isWellKnown: false };
  return {
    to(transport, { address, port }) {
      const behindNat64 = address.includes(':') ? extract(address, nat64) : undefined;
      return { transport, address, port, ...(behindNat64 !== undefined && { behindNat64 }) };
    },
  };
}
