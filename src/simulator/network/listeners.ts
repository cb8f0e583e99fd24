/** Who listens where: the servers by transport, address and port. */
import { formatEndpoint, type IpEndpoint } from '../../address.ts';
import type { Server } from './network-inputs.ts';

export interface Listeners {
  /** In the order of the scenario; empty: the address refuses. */
  at(transport: 'tcp' | 'udp', endpoint: IpEndpoint): readonly Server[];
}

const nobody: readonly Server[] = [];

export function createListeners(servers: readonly Server[]): Listeners {
  const byRoute = new Map<string, Server[]>();
  for (const server of servers) {
    const transports = new Set(server.protocols.map((protocol) => (protocol === 'h3' ? 'udp' : 'tcp')));
    for (const transport of transports) {
      for (const address of server.addresses) {
        const route = `${transport} ${formatEndpoint({ address, port: server.port })}`;
        const known = byRoute.get(route);
        if (known === undefined) byRoute.set(route, [server]);
        else known.push(server);
      }
    }
  }
  return { at: (transport, endpoint) => byRoute.get(`${transport} ${formatEndpoint(endpoint)}`) ?? nobody };
}
