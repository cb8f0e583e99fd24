/** The network that this machine is in, as a client of the engine acts on it; QUIC if there is a library for it. */
import { lookup } from 'node:dns/promises';
import { type IpEndpoint, canonicalAddress, parseEndpoint } from '../../address.ts';
import { netError } from '../../simulator/network/net-error.ts';
import type { HttpRequest, LookupEvent, NetworkId } from '../../simulator/network/network-event.ts';
import type { DnsQuery } from '../../simulator/network/network-inputs.ts';
import type { QuicOffer } from '../../simulator/network/quic-connection.ts';
import type { TlsOffer } from '../../simulator/network/tls.ts';
import { type Cancellable, askOverTcp, askOverUdp } from './dns-exchange.ts';
import type { Deliver, ProbeNetwork } from './probe-network.ts';
import { QuicConnection } from './quic-connection.ts';
import type { QuicModule } from './quic-module.ts';
import { type PreparedTrust, TcpConnection } from './tcp-connection.ts';

export class SocketNetwork implements ProbeNetwork {
  readonly #trust: PreparedTrust;
  readonly #quic: QuicModule | undefined;
  readonly #deliver: Deliver;
  readonly #exchanges = new Map<NetworkId, Cancellable>();
  /** Questions without an answer, and handshakes that are not done. */
  readonly #underWay = new Set<NetworkId>();

  constructor(trust: PreparedTrust, quic: QuicModule | undefined, deliver: Deliver) {
    this.#trust = trust;
    this.#quic = quic;
    this.#deliver = deliver;
  }

  get isQuiet(): boolean {
    return this.#underWay.size === 0;
  }

  /** The server as `formatEndpoint` writes it. */
  startDnsExchange(id: NetworkId, { server, transport, name, type }: DnsQuery): void {
    const endpoint = parseEndpoint(server);
    if (endpoint === undefined) throw new Error(`${server} is no DNS server`);
    const ask = transport === 'udp' ? askOverUdp : askOverTcp;
    this.#start(id, ask(endpoint, { name, type }, (event) => this.#ended(id, event)));
  }

  systemLookup(id: NetworkId, host: string): void {
    let isCancelled = false;
    this.#start(id, { cancel: () => (isCancelled = true) });
    const tell = (event: LookupEvent): void => {
      if (!isCancelled) this.#ended(id, event);
    };
    lookup(host, { all: true, verbatim: true }).then(
      (found) => {
        tell({ kind: 'system-answer', addresses: found.map(({ address }) => canonicalAddress(address) ?? address) });
      },
      () => {
        tell({ kind: 'system-failed', error: netError('ERR_NAME_NOT_RESOLVED') });
      },
    );
  }

  startTcp(id: NetworkId, endpoint: IpEndpoint): void {
    const connection = new TcpConnection(endpoint, this.#trust, (event, names) => {
      this.#underWay.delete(id);
      this.#deliver(id, event, names);
    });
    this.#start(id, connection);
  }

  startTls(id: NetworkId, offer: TlsOffer): void {
    this.#underWay.add(id);
    this.#connection(id)?.startTls(offer);
  }

  startQuic(id: NetworkId, { endpoint, serverName }: QuicOffer & { readonly endpoint: IpEndpoint }): void {
    if (this.#quic === undefined) throw new Error('A client whose parameters are without QUIC starts none');
    const connection = new QuicConnection(endpoint, serverName, this.#trust, this.#quic, (event) => {
      this.#underWay.delete(id);
      this.#deliver(id, event, []);
    });
    this.#start(id, connection);
  }

  migrate(): void {
    throw new Error('A client that hears of no preferred address migrates nowhere');
  }

  carriesRequests(id: NetworkId): boolean {
    return !(this.#exchanges.get(id) instanceof QuicConnection);
  }

  sendRequest(id: NetworkId, request: HttpRequest): void {
    this.#connection(id)?.sendRequest(request);
  }

  cancel(id: NetworkId): void {
    this.#underWay.delete(id);
    this.#exchanges.get(id)?.cancel();
    this.#exchanges.delete(id);
  }

  close(): void {
    for (const id of this.#exchanges.keys()) this.cancel(id);
  }

  #start(id: NetworkId, exchange: Cancellable): void {
    this.#exchanges.set(id, exchange);
    this.#underWay.add(id);
  }

  #ended(id: NetworkId, event: LookupEvent): void {
    this.#underWay.delete(id);
    this.#exchanges.delete(id);
    this.#deliver(id, event, []);
  }

  #connection(id: NetworkId): TcpConnection | undefined {
    const exchange = this.#exchanges.get(id);
    return exchange instanceof TcpConnection ? exchange : undefined;
  }
}
