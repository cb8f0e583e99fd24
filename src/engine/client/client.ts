/**
 * A client: requests to destinations in, DNS queries, connections and requests on them out. It puts the layers
 * together, sessions above races above the resolver, and shares what can be shared.
 *
 * Sans I/O, like its layers: every method takes the time, which must not decrease. Left out: HTTP itself, and
 * proxies.
 */
import type { IpEndpoint } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { AttemptFailure } from '../race/race.ts';
import type { DnsReply, SystemReply } from '../resolver/output.ts';
import { isBadPort } from '../svcb/bad-ports.ts';
import type { AlternativeService } from '../svcb/lookup-options.ts';
import type { Random } from '../svcb/record-set.ts';
import { AddressHistories } from './address-histories.ts';
import { Attempts, type Handshake } from './attempts.ts';
import type { ClientEvent, ConnectionId, RequestId } from './client-output.ts';
import type { ClientOptions } from './client-options.ts';
import { Connections } from './connections.ts';
import type { Destination } from './destination.ts';
import { Destinations } from './destinations.ts';
import { Layers } from './layers.ts';
import { Outbox } from './outbox.ts';
import { QuicMemory } from './quic-memory.ts';
import { RaceOutcomes } from './race-outcomes.ts';
import { Races } from './races.ts';
import type { Priority, Request, RequestTerms } from './request.ts';
import { Requests } from './requests.ts';
import { Resolutions } from './resolutions.ts';
import { ServerMemory } from './server-memory.ts';
import { OpenSessions } from './open-sessions.ts';
import { SessionPool } from './session-pool.ts';

/** ERR_UNSAFE_PORT. */
const UNSAFE_PORT = -312;

export interface Memories {
  /** QUIC has worked with these, and they gave out session tickets. */
  readonly quicWorkedAt: readonly Destination[];
  /** Their servers have chosen HTTP/2. */
  readonly http2At: readonly Destination[];
  readonly alternatives: readonly { readonly destination: Destination; readonly services: readonly AlternativeService[] }[];
}

export class Client {
  readonly #outbox = new Outbox();
  readonly #histories = new AddressHistories();
  readonly #quic: QuicMemory;
  readonly #servers: ServerMemory;
  readonly #resolutions: Resolutions;
  readonly #races: Races;
  readonly #requests: Requests;
  readonly #destinations: Destinations;
  readonly #attempts: Attempts;
  readonly #open: OpenSessions;
  readonly #outcomes: RaceOutcomes;
  readonly #layers: Layers;

  constructor(options: ClientOptions, random: Random) {
    const outbox = this.#outbox;
    const sessions = new SessionPool();
    const servers = new ServerMemory();
    const quic = new QuicMemory(options.quic);
    const resolutions = new Resolutions(options.resolver, outbox);
    const connections = new Connections(outbox, quic, options.sockets.tlsTimeout ?? Infinity);
    const races = new Races(options, random, { outbox, resolutions, connections, histories: this.#histories });
    const requests = new Requests(outbox);
    const socketParts = { options, outbox, races, sessions, quic, servers };
    const destinations = new Destinations(socketParts, requests);
    const outcomes = new RaceOutcomes(socketParts, requests, destinations);
    this.#quic = quic;
    this.#servers = servers;
    this.#resolutions = resolutions;
    this.#races = races;
    this.#requests = requests;
    this.#destinations = destinations;
    this.#attempts = new Attempts({ outbox, connections, sessions, quic, servers, destinations, histories: this.#histories });
    this.#outcomes = outcomes;
    this.#layers = new Layers({ resolutions, races, outcomes, requests, destinations, sessions });
    this.#open = new OpenSessions({ options, outbox, sessions, quic, servers, requests, destinations });
  }

  /** Before anything else: what it has learnt of servers in an earlier life, on the same network. */
  remember({ quicWorkedAt, http2At, alternatives }: Memories): void {
    for (const destination of http2At) this.#servers.chose(destination, 'h2');
    for (const destination of quicWorkedAt) this.#quic.confirm(destination);
    for (const { destination, services } of alternatives) this.#quic.learnAlternatives(destination, services);
  }

  /** The outputs since the last call, oldest first. */
  takeOutputs(): readonly ClientEvent[] {
    return this.#outbox.take();
  }

  /** When to call `wake` if nothing else happens before; `undefined`: only an input can change anything. */
  nextWakeAt(): Millis | undefined {
    const next = Math.min(this.#resolutions.nextWakeAt(), this.#races.nextWakeAt(), this.#attempts.nextWakeAt(), this.#destinations.sockets.nextWakeAt());
    return next === Infinity ? undefined : next;
  }

  wake(now: Millis): void {
    this.#resolutions.wake(now);
    this.#attempts.wake(now);
    this.#races.wake(now);
    this.#destinations.sockets.wake(now);
    this.#layers.settle(now);
  }

  /** A port that no client connects to fails it at once (M-15). */
  load(id: RequestId, destination: Destination, now: Millis, terms: RequestTerms = {}): void {
    this.#serve({ ...terms, id, purpose: 'load', sockets: 1, destination, priority: terms.priority ?? 'highest', reused: false, retried: false }, now);
  }

  /**
   * Makes that many connections ready for requests to come, or one that serves all. Done with the first of them, and
   * failed if the first fails (M-40), or if a limit leaves no place (M-41).
   */
  preconnect(id: RequestId, destination: Destination, sockets: number, now: Millis): void {
    this.#serve({ id, purpose: 'preconnect', sockets, destination, priority: 'idle', reused: false, retried: false }, now);
  }

  /** Resolves the host's name and no more. */
  resolve(id: RequestId, destination: Destination, now: Millis): void {
    this.#requests.begin({ id, purpose: 'resolve', sockets: 0, destination, priority: 'idle', reused: false, retried: false }, now);
    this.#resolutions.resolve(id, destination, now);
    this.#layers.settle(now);
  }

  /** Matters while it waits. */
  setPriority(id: RequestId, priority: Priority): void {
    const request = this.#requests.get(id);
    if (request !== undefined) this.#destinations.sockets.group(request.destination).waiting.setPriority(id, priority);
  }

  /**
   * Attempts under way go on: what they bring serves the next request (M-16). A request that is over is none to cancel.
   */
  cancel(id: RequestId, now: Millis): void {
    const request = this.#requests.get(id);
    if (request === undefined) return;
    this.#requests.cancel(id, now);
    if (request.purpose === 'resolve') this.#resolutions.stopResolving(id, now);
    else {
      this.#destinations.withdraw(request, now);
      for (const connection of this.#destinations.uselessQuic(request.destination)) this.#attempts.dropQuic(connection, now);
    }
    this.#layers.settle(now);
  }

  dnsReply(attempt: number, reply: DnsReply, now: Millis): void {
    this.#resolutions.dnsReply(attempt, reply, now);
    this.#layers.settle(now);
  }

  systemReply(lookup: number, reply: SystemReply, now: Millis): void {
    this.#resolutions.systemReply(lookup, reply, now);
    this.#layers.settle(now);
  }

  transportConnected(id: ConnectionId, now: Millis): void {
    this.#attempts.transportConnected(id, now);
    this.#layers.settle(now);
  }

  /** The handshake is done and the connection can carry requests. */
  secured(id: ConnectionId, handshake: Handshake, now: Millis): void {
    this.#attempts.secured(id, handshake, now);
    this.#layers.settle(now);
    this.#layers.share(now);
  }

  /** `error`: the net error, for the log and for the request that fails with it. */
  attemptFailed(id: ConnectionId, failure: AttemptFailure, error: number, now: Millis): void {
    this.#attempts.failed(id, failure, error, now);
    this.#layers.settle(now);
  }

  responded(id: RequestId, alternatives: readonly AlternativeService[], now: Millis): void {
    this.#open.responded(id, alternatives, now);
    this.#layers.settle(now);
  }

  /** What it carries fails, with the net error `error`, or starts anew; absent: the server closed it in peace. */
  sessionClosed(id: ConnectionId, now: Millis, error?: number): void {
    this.#open.closed(id, now, error);
    this.#layers.settle(now);
  }

  /** An ORIGIN frame: the origins as it spells them, beside the session's own (RFC 8336 §2.3). */
  originsReceived(id: ConnectionId, origins: readonly string[], now: Millis): void {
    this.#open.originsReceived(id, origins);
    this.#layers.share(now);
  }

  /** The server would rather be reached elsewhere; QUIC's handshake is confirmed (RFC 9000 §9.6). */
  preferredAddress(id: ConnectionId, preferred: { readonly ipv4?: IpEndpoint | undefined; readonly ipv6?: IpEndpoint | undefined }, now: Millis): void {
    this.#open.preferredAddress(id, preferred, now);
  }

  /** The path to the preferred address is validated, and in use. */
  migrated(id: ConnectionId): void {
    this.#open.migrated(id);
  }

  /** The session stays where it was. */
  migrationFailed(id: ConnectionId): void {
    this.#open.migrationFailed(id);
  }

  /** Certificates or TLS settings are others now: no session made with the former ones takes a request (M-12). */
  tlsConfigChanged(now: Millis): void {
    this.#open.retireAll(now);
    this.#layers.settle(now);
  }

  /** The client's addresses changed: what waits fails at once, what runs is cancelled (M-11). */
  networkChanged(error: number, now: Millis): void {
    this.#quic.networkChanged();
    this.#histories.networkChanged();
    this.#outcomes.giveUp(error, now);
    this.#layers.settle(now);
  }

  #serve(request: Request, now: Millis): void {
    this.#requests.begin(request, now);
    if (isBadPort(request.destination.port)) this.#requests.fail(request.id, 'connection-failed', UNSAFE_PORT, now);
    else this.#destinations.serve(request, now);
    this.#layers.settle(now);
  }
}
