/** Carries out on a network what a client wants done. Ids there: `c` connection, `q` query, `s` system look-up. */
import type { IpEndpoint } from '../address.ts';
import type { ClientEvent, RequestId } from '../engine/client/client-output.ts';
import type { ResolverOutput } from '../engine/resolver/output.ts';
import type { Millis } from '../units.ts';
import type { HttpRequest, NetworkId } from './network/network-event.ts';
import type { DnsQuery } from './network/network-inputs.ts';
import type { QuicOffer } from './network/quic-connection.ts';
import type { TlsOffer } from './network/tls.ts';

/** What a client can do on a network, be it simulated or real; what comes of it, each method of `Network` says. */
export interface ClientNetwork {
  startDnsExchange(id: NetworkId, query: DnsQuery, now: Millis): void;
  systemLookup(id: NetworkId, host: string, now: Millis): void;
  startTcp(id: NetworkId, endpoint: IpEndpoint, now: Millis): void;
  startTls(id: NetworkId, offer: TlsOffer, now: Millis): void;
  startQuic(id: NetworkId, offer: QuicOffer & { readonly endpoint: IpEndpoint }, now: Millis): void;
  migrate(id: NetworkId, endpoint: IpEndpoint, now: Millis): void;
  sendRequest(id: NetworkId, request: HttpRequest, now: Millis): void;
  cancel(id: NetworkId): void;
}

/** Whoever has the client load something. */
export interface Errand {
  /** Of a DNS server, by its place among those that the client knows. */
  dnsServer(index: number): string;
  url(request: RequestId): URL;
  ended(request: RequestId, succeeded: boolean, now: Millis): void;
}

export class NetworkActions {
  readonly #network: ClientNetwork;
  readonly #errand: Errand;

  constructor(network: ClientNetwork, errand: Errand) {
    this.#network = network;
    this.#errand = errand;
  }

  /** What was only decided needs none. */
  act(event: ClientEvent, now: Millis): void {
    if (event.layer === 'race') return;
    if (event.layer === 'resolver') return this.#actForResolver(event.output, now);
    const network = this.#network;
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- decisions are many, and none is for the network
    switch (event.kind) {
      case 'connect-tcp':
        return network.startTcp(`c${event.connection}`, event.ip, now);
      case 'start-tls':
        return network.startTls(`c${event.connection}`, { serverName: event.serverName, alpn: event.alpn, ech: event.ech }, now);
      case 'connect-quic': {
        const { ip, serverName, ech, earlyData } = event;
        return network.startQuic(`c${event.connection}`, { endpoint: ip, serverName, alpn: ['h3'], ech, earlyData }, now);
      }
      case 'cancel-connection':
        return network.cancel(`c${event.connection}`);
      case 'migrate':
        return network.migrate(`c${event.connection}`, event.ip, now);
      case 'send-request': {
        const { host, pathname, search } = this.#errand.url(event.request);
        return network.sendRequest(`c${event.connection}`, { id: event.request, host, path: pathname + search }, now);
      }
      case 'request-done':
        return this.#errand.ended(event.request, true, now);
      case 'request-failed':
      case 'request-cancelled':
        return this.#errand.ended(event.request, false, now);
      default:
        return;
    }
  }

  #actForResolver(output: ResolverOutput, now: Millis): void {
    const network = this.#network;
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- as above
    switch (output.kind) {
      case 'send-query': {
        const { attemptId, server, transport, name, type } = output;
        return network.startDnsExchange(`q${attemptId}`, { server: this.#errand.dnsServer(server), transport, name, type }, now);
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
