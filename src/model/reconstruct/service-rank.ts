/** The services of a host in order of preference, and which of them a connection used. */
import type { Transport } from '../race.ts';
import type { ServiceEndpoint } from '../resolution.ts';

/** Whether a connection to an address used a service before which another one, of an HTTPS record, stands. */
export type ServiceRank = (address: string, transport: Transport) => boolean;

const PROTOCOLS: Readonly<Record<Transport, readonly string[]>> = { quic: ['h3'], tcp: ['h2', 'http/1.1'] };

/** The service of a connection is the first endpoint in order of preference that has its address and speaks its protocol. */
export function serviceRank(endpoints: readonly ServiceEndpoint[]): ServiceRank {
  const firstRecord = endpoints.findIndex(({ alpn }) => alpn.length > 0);
  const places = { tcp: firstPlaces(endpoints, 'tcp'), quic: firstPlaces(endpoints, 'quic') };
  return (address, transport) => firstRecord >= 0 && firstRecord < (places[transport].get(address) ?? 0);
}

/** By address, the first endpoint that has it and speaks a protocol of the transport. */
function firstPlaces(endpoints: readonly ServiceEndpoint[], transport: Transport): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  endpoints.forEach(({ ipv4, ipv6, alpn }, place) => {
    if (alpn.length > 0 && !alpn.some((protocol) => PROTOCOLS[transport].includes(protocol))) return;
    for (const addresses of [ipv4, ipv6]) for (const address of addresses) if (!places.has(address)) places.set(address, place);
  });
  return places;
}
