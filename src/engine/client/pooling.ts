/**
 * Sessions for other names that a race can use instead of a connection of its own: they end at one of its addresses
 * (RFC 9113 §9.1.1), or their server claims its origin (RFC 8336).
 */
import { formatEndpoint } from '../../address.ts';
import type { AddressState } from '../svcb/service.ts';
import type { RequestTerms } from './request.ts';
import type { RunningRace } from './running-race.ts';
import type { Session } from './session.ts';
import type { SessionPool } from './session-pool.ts';

const QUIC: RequestTerms = { protocols: ['h3'] };
const MULTIPLEXED: RequestTerms = { protocols: ['h3', 'h2'] };

/** With `addresses` that have just been found; the race has no attempt at these yet (M-44). */
export function poolable({ destination, aim }: RunningRace, addresses: readonly string[], sessions: SessionPool): Session | undefined {
  if (addresses.length === 0) return undefined;
  const endpoints = new Set(addresses.map((address) => formatEndpoint({ address, port: destination.port })));
  const terms = aim === 'quic-beside' ? QUIC : MULTIPLEXED;
  return sessions.atEndpoint(endpoints, destination, terms) ?? sessions.claiming(destination, terms);
}

/** All addresses that the race knows by now. */
export function knownAddresses({ services }: RunningRace): readonly string[] {
  return services.known().services.flatMap(({ ipv4, ipv6 }) => [...addressesOf(ipv4), ...addressesOf(ipv6)]);
}

function addressesOf(state: AddressState): readonly string[] {
  return state.state === 'positive' ? state.addresses : [];
}
