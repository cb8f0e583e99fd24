/**
 * The simulated network as its client sees it: start something, ask when the next thing happens, step there, and
 * take the events.
 *
 * It owns no clock: every call says what time it is, and times never go backwards.
 */
import { type IpEndpoint, familyOfCanonical } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { Connection, ConnectionSetting } from './connection.ts';
import { DnsChannel } from './dns-channel.ts';
import { DnsExchange } from './dns-exchange.ts';
import type { Exchange, WireFact } from './exchange.ts';
import { Link } from './link.ts';
import { listenersAt } from './listeners.ts';
import { Medium } from './medium.ts';
import type { ExchangeEvent, ExchangeEventSink, HttpRequest, NetworkEvent, NetworkId } from './network-event.ts';
import type { DnsQuery, NetworkInputs, NetworkScenario, Server } from './network-inputs.ts';
import { LINUX_CHROMIUM, type NetworkParameters } from './network-parameters.ts';
import { type QuicOffer, QuicConnection } from './quic-connection.ts';
import { createRandom } from './random.ts';
import { type Routes, createRoutes } from './routes.ts';
import { SystemLookup } from './system-lookup.ts';
import { TcpConnection } from './tcp-connection.ts';
import type { TlsOffer } from './tls.ts';

export class Network implements ExchangeEventSink {
  readonly #client: NetworkScenario['client'];
  readonly #medium: Medium;
  readonly #servers: readonly Server[];
  readonly #routes: Routes;
  readonly #exchanges = new Map<NetworkId, Exchange>();
  /** The connections of DNS over HTTPS, one for each server. */
  readonly #sharedChannels = new Map<string, DnsChannel>();
  /** Still to come, by time. */
  readonly #clientEvents: NetworkScenario['network']['events'];
  #clientEventsDone = 0;
  #events: NetworkEvent[] = [];

  /** @param seed decides over loss and jitter. */
  constructor(inputs: NetworkInputs, seed: number, parameters: NetworkParameters = LINUX_CHROMIUM) {
    const { scenario, networkRules } = inputs;
    this.#client = scenario.client;
    this.#medium = new Medium(new Link(scenario.link, networkRules, createRandom(seed)), inputs, parameters);
    this.#servers = scenario.servers;
    this.#routes = createRoutes(scenario.client.nat64Prefix);
    this.#clientEvents = scenario.network.events.toSorted((a, b) => a.atMs - b.atMs);
  }

  /** Every packet so far, in the order of sending. */
  get wireLog(): readonly WireFact[] {
    return this.#medium.wireLog;
  }

  /** Asks a DNS server; ends in `dns-answer`, `dns-truncated`, `dns-failed`, or silence. */
  startDnsExchange(id: NetworkId, query: DnsQuery, now: Millis): void {
    this.#add(new DnsExchange(id, query, this.#channelFor(id, query, now), this.#medium, this, now));
  }

  /** Calls getaddrinfo; ends in `system-answer` or `system-failed`. */
  systemLookup(id: NetworkId, host: string, now: Millis): void {
    this.#add(new SystemLookup(id, host, this.#medium, this, now));
  }

  /** Ends in `tcp-connected` or `tcp-failed`. */
  startTcp(id: NetworkId, endpoint: IpEndpoint, now: Millis): void {
    this.#add(new TcpConnection(this.#setting(id, endpoint, 'tcp'), now));
  }

  /** On a TCP connection that is up; ends in `tls-done` or `tls-failed`. */
  startTls(id: NetworkId, offer: TlsOffer, now: Millis): void {
    const connection = this.#exchange(id);
    if (!(connection instanceof TcpConnection)) throw new Error(`${id} is not a TCP connection`);
    connection.startTls(offer, now);
  }

  /** Ends in `quic-connected`, at once with early data, or `quic-failed`. */
  startQuic(id: NetworkId, { endpoint, ...offer }: QuicOffer & { readonly endpoint: IpEndpoint }, now: Millis): void {
    this.#add(new QuicConnection(this.#setting(id, endpoint, 'udp'), offer, now));
  }

  /**
   * Moves a QUIC connection to an address that its server prefers; ends in `migrated`, from when on everything takes
   * the new path, or in `migration-failed`.
   */
  migrate(id: NetworkId, endpoint: IpEndpoint, now: Millis): void {
    const connection = this.#exchange(id);
    if (!(connection instanceof QuicConnection)) throw new Error(`${id} is not a QUIC connection`);
    connection.migrate(this.#routes.to('udp', endpoint), this.#hasFamilyOf(endpoint), now);
  }

  /** On a connection that is up; ends in `response`, or in the connection's `closed`. */
  sendRequest(id: NetworkId, request: HttpRequest, now: Millis): void {
    const connection = this.#exchange(id);
    if (!isConnection(connection)) throw new Error(`${id} is not a connection`);
    connection.sendRequest(request, now);
  }

  /** No more events of this id; nothing happens if it is over already. */
  cancel(id: NetworkId): void {
    this.#exchange(id).cancel();
    this.#events = this.#events.filter((event) => event.kind === 'address-added' || event.id !== id);
  }

  /**
   * When `step` will next have something to do, which may turn out to bring no event (a packet that reaches a
   * server, a timer no longer needed); `undefined`: never, unless the client starts something.
   */
  nextAt(): Millis | undefined {
    const { queue } = this.#medium;
    while (queue.peek()?.item.exchange.over) queue.pop();
    const packetAt = queue.peek()?.at;
    const eventAt = this.#events[0]?.at;
    const clientEventAt = this.#clientEvents[this.#clientEventsDone]?.atMs;
    const next = Math.min(packetAt ?? Infinity, eventAt ?? Infinity, clientEventAt ?? Infinity);
    return next < Infinity ? next : undefined;
  }

  /**
   * Lets everything up to and including `now` happen. Events come in order of time; at one instant DNS answers come
   * before events of connections, and these before changes of the client's addresses (DEC-11).
   */
  step(now: Millis): readonly NetworkEvent[] {
    const { queue } = this.#medium;
    for (let due = queue.peek(); due !== undefined && due.at <= now; due = queue.peek()) {
      queue.pop();
      if (!due.item.exchange.over) due.item.exchange.happen(due.item.happening, due.at);
    }
    this.#addClientEvents(now);
    const events = this.#events;
    if (events.length === 0) return events;
    this.#events = [];
    return events.length === 1 ? events : events.sort((a, b) => a.at - b.at || rank(a) - rank(b));
  }

  /** Takes an event of one of the exchanges. */
  receive(id: NetworkId, event: ExchangeEvent, now: Millis): void {
    this.#events.push({ at: now, id, ...event });
  }

  #add(exchange: Exchange): void {
    if (this.#exchanges.has(exchange.id)) throw new Error(`${exchange.id} is in use`);
    this.#exchanges.set(exchange.id, exchange);
  }

  #exchange(id: NetworkId): Exchange {
    const exchange = this.#exchanges.get(id);
    if (exchange === undefined) throw new Error(`${id} was never started`);
    return exchange;
  }

  #setting(id: NetworkId, endpoint: IpEndpoint, transport: 'tcp' | 'udp'): ConnectionSetting {
    const route = this.#routes.to(transport, endpoint);
    const listeners = listenersAt(this.#servers, route);
    return { id, route, medium: this.#medium, sink: this, reachable: this.#hasFamilyOf(endpoint), listeners, roots: this.#client.roots };
  }

  #hasFamilyOf({ address }: IpEndpoint): boolean {
    return familyOfCanonical(address) === 'ipv6' ? this.#client.ipv6 : this.#client.ipv4;
  }

  #channelFor(id: NetworkId, { server, transport }: DnsQuery, now: Millis): DnsChannel | undefined {
    if (transport === 'udp') return undefined;
    if (transport === 'tcp') return new DnsChannel(id, server, transport, this.#medium, now);
    const known = this.#sharedChannels.get(server);
    if (known !== undefined && !known.failed) return known;
    const channel = new DnsChannel(id, server, transport, this.#medium, now);
    this.#sharedChannels.set(server, channel);
    return channel;
  }

  #addClientEvents(now: Millis): void {
    for (let event = this.#clientEvents[this.#clientEventsDone]; event !== undefined && event.atMs <= now; event = this.#clientEvents[this.#clientEventsDone]) {
      this.#clientEventsDone++;
      this.#events.push({ at: event.atMs, kind: 'address-added', address: event.address });
    }
  }
}

function isConnection(exchange: Exchange): exchange is Connection {
  return exchange instanceof TcpConnection || exchange instanceof QuicConnection;
}

function rank({ kind }: NetworkEvent): number {
  if (kind === 'address-added') return 2;
  return kind.startsWith('dns-') || kind.startsWith('system-') ? 0 : 1;
}
