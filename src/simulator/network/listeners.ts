/** Who listens at the end of a route. */
import type { Route } from './exchange.ts';
import type { Server } from './network-inputs.ts';

/** In the order of the scenario; empty: the address refuses. */
export function listenersAt(servers: readonly Server[], { transport, address, port, behindNat64 = address }: Route): readonly Server[] {
  return servers.filter((server) => server.port === port && server.addresses.includes(behindNat64) && listensOn(server, transport));
}

/** `h3` is QUIC's, all other protocols are TCP's. */
function listensOn({ protocols }: Server, transport: Route['transport']): boolean {
  return protocols.some((protocol) => (protocol === 'h3') === (transport === 'udp'));
}
