/** A connection that can carry requests, and whom it can serve (RFC 9113 §9.1.1, RFC 8336, RFC 9412). */
import { type IpEndpoint, formatEndpoint } from '../../address.ts';
import type { Transport } from '../endpoint.ts';
import type { ConnectionId, RequestId } from './client-output.ts';
import { type Destination, destinationKey, originOf } from './destination.ts';

export interface Session {
  readonly connection: ConnectionId;
  readonly destination: Destination;
  readonly transport: Transport;
  /** Where it was made to, and where it has moved since: names at any of these addresses may share it. */
  ips: readonly IpEndpoint[];
  /** A path that is being validated. */
  migratesTo?: IpEndpoint;
  readonly alpn: string;
  /** Names in the server's certificate; empty without TLS. */
  readonly names: readonly string[];
  /** Other destinations that it has served, by key: they need not look for it again. */
  readonly aliases: Set<string>;
  /** The server's ORIGIN set (RFC 8336 §2.3); empty: it has sent none. */
  origins: ReadonlySet<string>;
  /** HTTP/1.1 carries one request at a time. */
  busyWith?: RequestId;
  /** It takes no further request, and closes when it is idle. */
  retired: boolean;
}

export function isMultiplexed({ alpn }: Session): boolean {
  return alpn !== 'http/1.1';
}

export function isIdle({ busyWith }: Session): boolean {
  return busyWith === undefined;
}

/** It was made for the destination, or has served it before. */
export function belongsTo({ destination, aliases }: Session, key: string): boolean {
  return destinationKey(destination) === key || aliases.has(key);
}

/** It ends at one of these endpoints, and its certificate covers the host. */
export function isReachedAt(session: Session, endpoints: ReadonlySet<string>, destination: Destination): boolean {
  return session.ips.some((ip) => endpoints.has(formatEndpoint(ip))) && mayServe(session, destination);
}

/** Its server has named the origin, which its certificate covers: no address of the origin need be known. */
export function isAuthoritative(session: Session, destination: Destination): boolean {
  return session.origins.size > 0 && session.origins.has(originOf(destination)) && mayServe(session, destination);
}

function mayServe(session: Session, { scheme, host, partition }: Destination): boolean {
  return scheme === 'https' && isMultiplexed(session) && !session.retired && session.destination.partition === partition && covers(session.names, host);
}

/** RFC 9525 §6.3: a wildcard stands for one label, the leftmost. */
function covers(names: readonly string[], host: string): boolean {
  const parent = host.slice(host.indexOf('.'));
  return names.some((name) => name === host || (name.startsWith('*.') && name.slice(1) === parent));
}
