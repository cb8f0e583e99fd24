/** Which names the certificates have that a client of a scenario gets to see: those of the servers it connects to. */
import type { IpEndpoint } from '../address.ts';
import type { ClientEvent, ConnectionId } from '../engine/client/client-output.ts';
import type { NetworkEvent } from './network/network-event.ts';
import type { Scenario } from './scenario/scenario.ts';

export class CertificateNames {
  readonly #servers: Scenario['servers'];
  readonly #peers = new Map<ConnectionId, IpEndpoint>();

  constructor(servers: Scenario['servers']) {
    this.#servers = servers;
  }

  /** Everything that the client decides, before the network answers. */
  observe(event: ClientEvent): void {
    if (event.layer === 'client' && (event.kind === 'connect-tcp' || event.kind === 'connect-quic')) this.#peers.set(event.connection, event.ip);
  }

  /** Of the server at the other end; empty without TLS, and where the event is none of a connection. */
  of(event: NetworkEvent): readonly string[] {
    if (event.kind !== 'tls-done' && event.kind !== 'quic-connected') return [];
    const peer = this.#peers.get(Number(String(event.id).slice(1)));
    const server = this.#servers.find(({ addresses, port, issuer }) => issuer !== undefined && port === peer?.port && addresses.includes(peer.address));
    return server?.names ?? [];
  }
}
