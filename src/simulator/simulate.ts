/**
 * Runs a scenario: a client of the engine in a simulated network, on a virtual clock that jumps to whatever comes next.
 *
 * At one instant DNS answers come first, then events of connections, then timers, then the scenario's own requests
 * (DEC-11); what follows from them at the same instant comes before the clock moves on.
 */
import { Client } from '../engine/client/client.ts';
import type { ClientEvent, ConnectionId, RequestId } from '../engine/client/client-output.ts';
import type { Destination } from '../engine/client/destination.ts';
import type { DnsReply } from '../engine/resolver/output.ts';
import { clientOptions } from '../engine/profiles/options-of.ts';
import type { Parameters } from '../engine/profiles/parameters.ts';
import { type IpEndpoint, familyOfCanonical } from '../address.ts';
import type { Millis } from '../units.ts';
import { readAltSvc } from './alt-svc.ts';
import type { Happening } from './happening.ts';
import { EventQueue } from './network/event-queue.ts';
import { Network } from './network/network.ts';
import type { NetworkEvent } from './network/network-event.ts';
import { createRandom } from './network/random.ts';
import type { Scenario, ScenarioRequest } from './scenario/scenario.ts';
import { networkOf } from './scenario-network.ts';

/** Net error ERR_NETWORK_CHANGED. */
const NETWORK_CHANGED = -21;
/** Net error ERR_CONNECTION_CLOSED. */
const CONNECTION_CLOSED = -100;
/** Certificate errors and the demand for a client certificate end a race at once. */
const CERTIFICATE_ERRORS = { from: -299, to: -200 };
const CLIENT_CERTIFICATE_NEEDED = -110;

/** Something the scenario wants at a time: an entry begins, goes on after its resolution, or is given up. */
type Due =
  | { readonly kind: 'begin'; readonly entry: number }
  | { readonly kind: 'preconnect'; readonly entry: number }
  | { readonly kind: 'cancel'; readonly request: RequestId };

/** Who wants to know what happens. */
export interface Observer {
  /** A request of the client's, a preconnect or a resolution, and the URL that the scenario gives for it. */
  requestBegins?(request: RequestId, url: string): void;
  /** In order of time. */
  happens(happening: Happening): void;
}

/** Runs until nothing is left to happen or the scenario's duration is over; returns the time of the end. */
export function simulate(scenario: Scenario, parameters: Parameters, seed: number, observer: Observer): Millis {
  return new Simulation(scenario, parameters, seed, observer).run();
}

class Simulation {
  readonly #scenario: Scenario;
  readonly #observer: Observer;
  readonly #network: Network;
  readonly #client: Client;
  readonly #due = new EventQueue<Due>();
  /** Which entry of the scenario a request of the client belongs to. */
  readonly #entries = new Map<RequestId, number>();
  readonly #peers = new Map<ConnectionId, IpEndpoint>();
  /** Entries whose resolution has succeeded. */
  readonly #preconnecting = new Set<number>();
  #lastRequest: RequestId = 0;

  constructor(scenario: Scenario, parameters: Parameters, seed: number, observer: Observer) {
    this.#scenario = scenario;
    this.#observer = observer;
    this.#network = new Network(networkOf(scenario), seed);
    const { client, dns } = scenario;
    const surroundings = {
      ipv4: client.ipv4,
      ipv6: client.ipv6,
      sources: client.sources.map((address) => ({ address, prefixLength: familyOfCanonical(address) === 'ipv6' ? 64 : 24 })),
      dnsTransports: dns.servers.map(({ transport }) => transport),
    };
    // A generator of its own: the engine's choices stay the same however the network's loss and jitter are drawn.
    const random = createRandom(seed + 1);
    this.#client = new Client(clientOptions(parameters, surroundings), () => random.next());
    scenario.requests.forEach(({ start }, entry) => {
      if (start.kind === 'at') this.#due.schedule(start.atMs, { kind: 'begin', entry });
    });
  }

  run(): Millis {
    let now: Millis = 0;
    for (;;) {
      const next = Math.min(this.#network.nextAt() ?? Infinity, this.#client.nextWakeAt() ?? Infinity, this.#due.peek()?.at ?? Infinity);
      if (next === Infinity) return now;
      if (next > this.#scenario.durationMs) return this.#scenario.durationMs;
      now = Math.max(now, next);
      this.#step(now);
    }
  }

  #step(now: Millis): void {
    for (const event of this.#network.step(now)) {
      this.#observer.happens({ layer: 'network', at: now, event });
      this.#tell(event, now);
      this.#carryOut(now);
    }
    if ((this.#client.nextWakeAt() ?? Infinity) <= now) {
      this.#client.wake(now);
      this.#carryOut(now);
    }
    for (let due = this.#due.peek(); due !== undefined && due.at <= now; due = this.#due.peek()) {
      this.#due.pop();
      this.#begin(due.item, now);
      this.#carryOut(now);
    }
  }

  #begin(due: Due, now: Millis): void {
    if (due.kind === 'cancel') return this.#client.cancel(due.request, now);
    const { url, work, cancelAfterMs } = this.#entry(due.entry);
    const destination: Destination = { scheme: url.scheme, host: url.host, port: url.port };
    const id = ++this.#lastRequest;
    this.#entries.set(id, due.entry);
    this.#observer.requestBegins?.(id, url.href);
    if (cancelAfterMs !== undefined && due.kind === 'begin') this.#due.schedule(now + cancelAfterMs, { kind: 'cancel', request: id });
    if (work.kind === 'request') this.#client.load(id, destination, now);
    else if (work.kind === 'resolve' || (work.resolveFirst && due.kind === 'begin')) this.#client.resolve(id, destination, now);
    else this.#client.preconnect(id, destination, now);
  }

  #entry(index: number): ScenarioRequest {
    const entry = this.#scenario.requests[index];
    if (entry === undefined) throw new Error(`the scenario has no request ${index}`);
    return entry;
  }

  #tell(event: NetworkEvent, now: Millis): void {
    if (event.kind === 'address-added') return this.#client.networkChanged(NETWORK_CHANGED, now);
    const id = Number(String(event.id).slice(1));
    switch (event.kind) {
      case 'dns-answer':
        return this.#client.dnsReply(id, event.answer, now);
      case 'dns-truncated':
        return this.#client.dnsReply(id, { kind: 'truncated' }, now);
      case 'dns-failed':
        return this.#client.dnsReply(id, { kind: 'failure', failure: 'network' } satisfies DnsReply, now);
      case 'system-answer':
        return this.#client.systemReply(id, { kind: 'addresses', addresses: event.addresses }, now);
      case 'system-failed':
        return this.#client.systemReply(id, { kind: 'failure', failure: 'not-found' }, now);
      case 'tcp-connected':
        return this.#client.transportConnected(id, now);
      case 'tls-done':
      case 'quic-connected':
        return this.#client.secured(id, { alpn: event.alpn, names: this.#certificateNames(id) }, now);
      case 'quic-handshake-complete':
        return;
      case 'tcp-failed':
        return this.#client.attemptFailed(id, { kind: 'error' }, event.error.code, now);
      case 'tls-failed':
      case 'quic-failed': {
        const { code } = event.error;
        const fatal = (code >= CERTIFICATE_ERRORS.from && code <= CERTIFICATE_ERRORS.to) || code === CLIENT_CERTIFICATE_NEEDED;
        const failure = event.error.name === 'ERR_ECH_NOT_NEGOTIATED' ? ({ kind: 'ech-rejected', retryConfig: event.retryConfigs ?? '' } as const) : ({ kind: fatal && event.kind === 'tls-failed' ? 'fatal' : 'error' } as const);
        return this.#client.attemptFailed(id, failure, code, now);
      }
      case 'response':
        return this.#client.responded(Number(event.request), event.response.altSvc === undefined ? [] : readAltSvc(event.response.altSvc), now);
      case 'closed':
        // A server that tires of waiting may close before the secure handshake is done: then it is an attempt that ends.
        this.#client.attemptFailed(id, { kind: 'error' }, event.error?.code ?? CONNECTION_CLOSED, now);
        return this.#client.sessionClosed(id, now, event.error?.code);
    }
  }

  #certificateNames(connection: ConnectionId): readonly string[] {
    const peer = this.#peers.get(connection);
    const listener = this.#scenario.servers.find(({ addresses, port, issuer }) => issuer !== undefined && port === peer?.port && addresses.includes(peer.address));
    return listener?.names ?? [];
  }

  #carryOut(now: Millis): void {
    for (let outputs = this.#client.takeOutputs(); outputs.length > 0; outputs = this.#client.takeOutputs()) {
      for (const output of outputs) {
        this.#observer.happens(output);
        this.#act(output, now);
      }
    }
  }

  /** Carries out actions; what was only decided needs none. */
  #act(event: ClientEvent, now: Millis): void {
    if (event.layer === 'race') return;
    if (event.layer === 'resolver') return this.#actForResolver(event.output, now);
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- decisions are many, and none is for the network
    switch (event.kind) {
      case 'connect-tcp':
        this.#peers.set(event.connection, event.ip);
        return this.#network.startTcp(`c${event.connection}`, event.ip, now);
      case 'start-tls':
        return this.#network.startTls(`c${event.connection}`, { serverName: event.serverName, alpn: event.alpn, ech: event.ech }, now);
      case 'connect-quic': {
        const { ip, serverName, ech, earlyData } = event;
        this.#peers.set(event.connection, ip);
        return this.#network.startQuic(`c${event.connection}`, { endpoint: ip, serverName, alpn: ['h3'], ech, earlyData }, now);
      }
      case 'cancel-connection':
        return this.#network.cancel(`c${event.connection}`);
      case 'send-request': {
        const { url } = this.#entry(this.#entries.get(event.request) ?? -1);
        return this.#network.sendRequest(`c${event.connection}`, { id: event.request, host: url.host, path: new URL(url.href).pathname }, now);
      }
      case 'request-done':
        return this.#entryDone(event.request, true, now);
      case 'request-failed':
      case 'request-cancelled':
        return this.#entryDone(event.request, false, now);
      default:
        return;
    }
  }

  #actForResolver(output: Extract<ClientEvent, { layer: 'resolver' }>['output'], now: Millis): void {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- as above
    switch (output.kind) {
      case 'send-query': {
        const { attemptId, server, transport, name, type } = output;
        const { address } = this.#scenario.dns.servers[server] ?? { address: '' };
        return this.#network.startDnsExchange(`q${attemptId}`, { server: address, transport, name, type }, now);
      }
      case 'cancel-query':
        return this.#network.cancel(`q${output.attemptId}`);
      case 'system-lookup':
        return this.#network.systemLookup(`s${output.lookupId}`, output.host, now);
      case 'cancel-system-lookup':
        return this.#network.cancel(`s${output.lookupId}`);
      default:
        return;
    }
  }

  /** A resolution that a preconnect waited for lets it begin; anything else lets the next entry begin. */
  #entryDone(request: RequestId, succeeded: boolean, now: Millis): void {
    const entry = this.#entries.get(request);
    if (entry === undefined) return;
    this.#entries.delete(request);
    const { work } = this.#entry(entry);
    const isResolution = work.kind === 'preconnect' && work.resolveFirst && !this.#preconnecting.has(entry);
    if (isResolution && succeeded) {
      this.#preconnecting.add(entry);
      return this.#due.schedule(now, { kind: 'preconnect', entry });
    }
    const following = this.#scenario.requests[entry + 1];
    if (following?.start.kind === 'afterPrevious') this.#due.schedule(now + following.start.delayMs, { kind: 'begin', entry: entry + 1 });
  }
}
