/** Carries out on the simulated network what a client wants done. Ids there: `c` connection, `q` query, `s` system look-up. */
import type { IpEndpoint } from '../address.ts';
import type { ClientEvent, ConnectionId } from '../engine/client/client-output.ts';
import type { ResolverOutput } from '../engine/resolver/output.ts';
import type { Millis } from '../units.ts';
import type { Agenda } from './agenda.ts';
import type { Network } from './network/network.ts';
import type { NetworkEvent } from './network/network-event.ts';
import type { Scenario } from './scenario/scenario.ts';

export class NetworkActions {
  readonly #scenario: Scenario;
  readonly #network: Network;
  readonly #agenda: Agenda;
  readonly #peers = new Map<ConnectionId, IpEndpoint>();

  constructor(scenario: Scenario, network: Network, agenda: Agenda) {
    this.#scenario = scenario;
    this.#network = network;
    this.#agenda = agenda;
  }

  /** What was only decided needs none. */
  act(event: ClientEvent, now: Millis): void {
    if (event.layer === 'race') return;
    if (event.layer === 'resolver') return this.#actForResolver(event.output, now);
    const network = this.#network;
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- decisions are many, and none is for the network
    switch (event.kind) {
      case 'connect-tcp':
        this.#peers.set(event.connection, event.ip);
        return network.startTcp(`c${event.connection}`, event.ip, now);
      case 'start-tls':
        return network.startTls(`c${event.connection}`, { serverName: event.serverName, alpn: event.alpn, ech: event.ech }, now);
      case 'connect-quic': {
        const { ip, serverName, ech, earlyData } = event;
        this.#peers.set(event.connection, ip);
        return network.startQuic(`c${event.connection}`, { endpoint: ip, serverName, alpn: ['h3'], ech, earlyData }, now);
      }
      case 'cancel-connection':
        return network.cancel(`c${event.connection}`);
      case 'migrate':
        return network.migrate(`c${event.connection}`, event.ip, now);
      case 'send-request': {
        const { url } = this.#agenda.entryOf(event.request);
        return network.sendRequest(`c${event.connection}`, { id: event.request, host: url.host, path: new URL(url.href).pathname }, now);
      }
      case 'request-done':
        return this.#agenda.ended(event.request, true, now);
      case 'request-failed':
      case 'request-cancelled':
        return this.#agenda.ended(event.request, false, now);
      default:
        return;
    }
  }

  /** Of the server at the other end; empty without TLS, and where the event is none of a connection. */
  certificateNames(event: NetworkEvent): readonly string[] {
    if (event.kind !== 'tls-done' && event.kind !== 'quic-connected') return [];
    const peer = this.#peers.get(Number(String(event.id).slice(1)));
    const server = this.#scenario.servers.find(({ addresses, port, issuer }) => issuer !== undefined && port === peer?.port && addresses.includes(peer.address));
    return server?.names ?? [];
  }

  #actForResolver(output: ResolverOutput, now: Millis): void {
    const network = this.#network;
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- as above
    switch (output.kind) {
      case 'send-query': {
        const { attemptId, server, transport, name, type } = output;
        const { address } = this.#scenario.dns.servers[server] ?? { address: '' };
        return network.startDnsExchange(`q${attemptId}`, { server: address, transport, name, type }, now);
      }
      case 'cancel-query':
        return network.cancel(`q${output.attemptId}`);
      case 'system-lookup':
        return network.systemLookup(`s${output.lookupId}`, output.host, now);
      case 'cancel-system-lookup':
        return network.cancel(`s${output.lookupId}`);
      default:
        return;
    }
  }
}
