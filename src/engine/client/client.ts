/**
 * A client: requests to destinations in, DNS queries, connections and requests on them out. It puts the layers
 * together, sessions above races above the resolver, and shares what can be shared.
 *
 * Sans I/O, like its layers: every method takes the time, which must not decrease. Left out: HTTP itself, and
 * limits on sockets over all destinations.
 */
import { formatEndpoint } from '../../address.ts';
import type { Millis } from '../../units.ts';
import { type AttemptFailure, Race } from '../race/race.ts';
import type { AttemptId, RaceOutput } from '../race/race-output.ts';
import type { DnsReply, ResolutionOutcome, ResolverOutput, SystemReply } from '../resolver/output.ts';
import { type Resolver, createResolver } from '../resolver/resolver.ts';
import type { AlternativeService } from '../svcb/lookup-options.ts';
import type { Random } from '../svcb/record-set.ts';
import { type ServiceLookup, createServiceLookup } from '../svcb/service-lookup.ts';
import type { ClientAction, ClientDecision, ClientEvent, ConnectionId, RaceId, RequestFailure, RequestId } from './client-output.ts';
import type { ClientOptions } from './client-options.ts';
import { type Destination, destinationKey, upgraded } from './destination.ts';
import { QuicMemory } from './quic-memory.ts';
import { type Session, SessionPool } from './session-pool.ts';

/** What a handshake brought. */
export interface Handshake {
  readonly alpn: string;
  /** Names in the certificate; empty without TLS. */
  readonly names: readonly string[];
}

interface RunningRace {
  readonly id: RaceId;
  readonly race: Race;
  readonly destination: Destination;
  readonly resolverRequest: number;
  readonly connections: Map<AttemptId, Connection>;
  readonly lookup: ServiceLookup;
  readonly quicOnly: boolean;
  asked: boolean;
  quicFailed: boolean;
  lastError: number | undefined;
  /** How its resolution ended, until that is acted upon; absent again if the race asks for more. */
  resolved?: ResolutionOutcome;
}

interface Connection {
  readonly id: ConnectionId;
  readonly race: RunningRace;
  readonly attempt: AttemptId;
  start: Extract<RaceOutput, { kind: 'start-attempt' }>;
  transportUp: boolean;
  cryptoPermitted: boolean;
}

interface Request {
  readonly id: RequestId;
  readonly purpose: 'load' | 'preconnect' | 'resolve';
  destination: Destination;
  /** The session that carries it. */
  connection?: ConnectionId;
}

export class Client {
  readonly #options: ClientOptions;
  readonly #random: Random;
  readonly #resolver: Resolver;
  readonly #quic: QuicMemory;
  readonly #sessions = new SessionPool();
  readonly #requests = new Map<RequestId, Request>();
  /** Requests that no session carries yet, by destination, oldest first. */
  readonly #waiting = new Map<string, RequestId[]>();
  readonly #races = new Map<string, RunningRace>();
  /** Won over QUIC, with TCP attempts that go on. */
  readonly #lingering = new Set<RunningRace>();
  readonly #connections = new Map<ConnectionId, Connection>();
  /** Whom an answer of the resolver is for. */
  readonly #resolverUsers = new Map<number, RunningRace | RequestId>();
  /** Races that have heard answers and not acted upon them yet: the cache gives several at once. */
  readonly #told = new Set<RunningRace>();
  #outputs: ClientEvent[] = [];
  #lastRace: RaceId = 0;
  #lastConnection: ConnectionId = 0;
  #lastResolverRequest = 0;

  constructor(options: ClientOptions, random: Random) {
    this.#options = options;
    this.#random = random;
    this.#resolver = createResolver(options.resolver);
    this.#quic = new QuicMemory(options.quic);
  }

  /** The outputs since the last call, oldest first. */
  takeOutputs(): readonly ClientEvent[] {
    const taken = this.#outputs;
    this.#outputs = [];
    return taken;
  }

  /** When to call `wake` if nothing else happens before; `undefined`: only an input can change anything. */
  nextWakeAt(): Millis | undefined {
    let next = this.#resolver.nextWakeAt() ?? Infinity;
    for (const { race } of this.#allRaces()) next = Math.min(next, race.nextWakeAt ?? Infinity);
    return next === Infinity ? undefined : next;
  }

  wake(now: Millis): void {
    this.#resolver.wake(now);
    for (const { race } of this.#allRaces()) race.wake(now);
    this.#settle(now);
  }

  load(id: RequestId, destination: Destination, now: Millis): void {
    this.#begin({ id, purpose: 'load', destination }, now);
    this.#serve(id, now);
    this.#settle(now);
  }

  /** Makes a connection ready for a request to come; done when there is one. */
  preconnect(id: RequestId, destination: Destination, now: Millis): void {
    this.#begin({ id, purpose: 'preconnect', destination }, now);
    this.#serve(id, now);
    this.#settle(now);
  }

  /** Resolves the host's name and no more. */
  resolve(id: RequestId, destination: Destination, now: Millis): void {
    this.#begin({ id, purpose: 'resolve', destination }, now);
    this.#askResolver(destination, id, now);
    this.#settle(now);
  }

  /**
   * The attempts go on: what they bring serves the next request (M-16). A race that still resolves for nobody else
   * ends, and its queries with it (HE-52). A request that is over is none to cancel.
   */
  cancel(id: RequestId, now: Millis): void {
    const request = this.#requests.get(id);
    if (request === undefined) return;
    this.#emit({ kind: 'request-cancelled', request: id }, now);
    this.#requests.delete(id);
    if (request.purpose === 'resolve') this.#stopResolving(id, now);
    const key = destinationKey(request.destination);
    const waiting = this.#waiting.get(key) ?? [];
    const isWantedByOthers = !waiting.includes(id) || waiting.some((other) => this.#requests.has(other));
    const race = this.#races.get(key);
    if (!isWantedByOthers && race?.connections.size === 0) {
      this.#emit({ kind: 'race-abandoned', race: race.id }, now);
      race.race.cancel(now);
    }
    this.#settle(now);
  }

  dnsReply(attempt: number, reply: DnsReply, now: Millis): void {
    this.#resolver.dnsReply(attempt, reply, now);
    this.#settle(now);
  }

  systemReply(lookup: number, reply: SystemReply, now: Millis): void {
    this.#resolver.systemReply(lookup, reply, now);
    this.#settle(now);
  }

  transportConnected(id: ConnectionId, now: Millis): void {
    const connection = this.#connections.get(id);
    if (connection === undefined) return;
    connection.transportUp = true;
    if (connection.race.destination.scheme === 'http') return this.secured(id, { alpn: 'http/1.1', names: [] }, now);
    connection.race.race.transportConnected(connection.attempt, now);
    this.#startTls(connection, now);
    this.#settle(now);
  }

  /** The handshake is done and the connection can carry requests. */
  secured(id: ConnectionId, { alpn, names }: Handshake, now: Millis): void {
    const connection = this.#connections.get(id);
    if (connection === undefined) return;
    const { race, attempt, start } = connection;
    const { ip, transport } = start.endpoint;
    this.#connections.delete(id);
    race.connections.delete(attempt);
    // After QUIC has won, TCP ends in a socket that nobody asked for: Chromium lets it idle, and opens no session on it.
    if (transport === 'quic' || !this.#lingering.has(race)) {
      this.#sessions.add({ connection: id, destination: race.destination, transport, ip, alpn, names });
      this.#emit({ kind: 'session-opened', race: race.id, connection: id, destination: race.destination, alpn }, now);
    }
    if (transport === 'quic') this.#quic.confirm(race.destination);
    else if (race.quicFailed) this.#markBroken(race.destination, now);
    race.race.succeeded(attempt, now);
    this.#settle(now);
    this.#offer(now);
    this.#settle(now);
  }

  /** `error`: the net error, for the log and for the request that fails with it. */
  attemptFailed(id: ConnectionId, failure: AttemptFailure, error: number, now: Millis): void {
    const connection = this.#connections.get(id);
    if (connection === undefined) return;
    const { race, attempt, start } = connection;
    this.#connections.delete(id);
    race.connections.delete(attempt);
    race.lastError = error;
    if (start.endpoint.transport === 'quic') {
      race.quicFailed = true;
      // TCP worked and QUIC did not, be it later (M-58).
      if (this.#lingering.has(race)) this.#markBroken(race.destination, now);
    }
    this.#emit({ kind: 'attempt-failed', race: race.id, connection: id, error }, now);
    race.race.failed(attempt, failure, now);
    this.#settle(now);
  }

  responded(id: RequestId, alternatives: readonly AlternativeService[], now: Millis): void {
    const request = this.#requests.get(id);
    if (request === undefined) return;
    if (alternatives.length > 0) this.#quic.learnAlternatives(request.destination, alternatives);
    this.#requests.delete(id);
    for (const session of this.#sessions.all()) if (session.busyWith === id) delete session.busyWith;
    this.#emit({ kind: 'request-done', request: id }, now);
    this.#serveWaiting(request.destination, now);
    this.#settle(now);
  }

  /** What it carries fails, with the net error `error`; absent: the server closed it in peace. */
  sessionClosed(id: ConnectionId, now: Millis, error?: number): void {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    this.#sessions.remove(id);
    if (session.transport === 'quic' && error !== undefined) this.#quic.doubt(session.destination);
    this.#emit({ kind: 'session-closed', connection: id }, now);
    for (const request of this.#requests.values()) {
      if (request.connection !== id) continue;
      this.#requests.delete(request.id);
      this.#emit({ kind: 'request-failed', request: request.id, failure: 'session-closed', error }, now);
    }
    this.#settle(now);
  }

  /** The client's addresses changed: what waits fails at once, what runs is cancelled (M-11). */
  networkChanged(error: number, now: Millis): void {
    this.#quic.networkChanged();
    for (const race of this.#allRaces()) {
      race.lastError = error;
      race.race.cancel(now);
    }
    this.#settle(now);
  }

  #allRaces(): readonly RunningRace[] {
    return [...this.#races.values(), ...this.#lingering];
  }

  #begin(request: Request, now: Millis): void {
    this.#requests.set(request.id, request);
    this.#emit({ kind: 'request-began', request: request.id, destination: request.destination, purpose: request.purpose }, now);
  }

  /** By a session, by the race that runs, or by a new race. */
  #serve(id: RequestId, now: Millis): void {
    const request = this.#requests.get(id);
    if (request === undefined) return;
    const session = this.#sessions.forDestination(request.destination);
    if (session !== undefined) {
      this.#assign(request, session, true, now);
      if (this.#wantsQuicBeside(session, now)) this.#startRace(request, true, now);
      return;
    }
    const key = destinationKey(request.destination);
    this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), id]);
    const race = this.#races.get(key) ?? this.#startRace(request, false, now);
    this.#emit({ kind: 'race-joined', race: race.id, request: id }, now);
  }

  #assign(request: Request, session: Session, reused: boolean, now: Millis): void {
    const { id, purpose } = request;
    this.#emit({ kind: 'request-assigned', request: id, connection: session.connection, reused }, now);
    if (purpose === 'load') {
      request.connection = session.connection;
      if (session.alpn === 'http/1.1') session.busyWith = id;
      this.#emit({ kind: 'send-request', connection: session.connection, request: id }, now);
    } else {
      this.#requests.delete(id);
      this.#emit({ kind: 'request-done', request: id }, now);
    }
  }

  #startRace({ destination, purpose }: Request, quicOnly: boolean, now: Millis): RunningRace {
    const { lookup, quic } = this.#options;
    const quicAllowed = !this.#quic.isBroken(destination, now);
    const protocols = quicAllowed ? lookup.protocols : lookup.protocols.filter((protocol) => protocol !== 'h3');
    const alternatives = this.#quic.alternativesOf(destination);
    const services = createServiceLookup({ ...destination, alternatives }, { ...lookup, protocols }, this.#random);
    const tcpHeldBack = this.#quic.worked && quicAllowed ? quic.tcpHeldBack : undefined;
    const race: RunningRace = {
      id: ++this.#lastRace,
      race: new Race(services, this.#options.raceFor({ scheme: destination.scheme, tcpHeldBack, quicOnly })),
      destination,
      resolverRequest: ++this.#lastResolverRequest,
      connections: new Map(),
      lookup: services,
      quicOnly,
      asked: false,
      quicFailed: false,
      lastError: undefined,
    };
    this.#races.set(destinationKey(destination), race);
    this.#emit({ kind: 'race-began', race: race.id, resolverRequest: race.resolverRequest, destination, preconnect: purpose === 'preconnect', tcpHeldBack }, now);
    race.race.start(now);
    const view = services.view();
    if (view.openQueries.length === 0) this.#emit({ kind: 'services-updated', race: race.id, view }, now);
    return race;
  }

  #wantsQuicBeside({ transport, destination }: Session, now: Millis): boolean {
    if (!this.#options.startsQuicBeside || transport === 'quic' || this.#races.has(destinationKey(destination))) return false;
    return !this.#quic.isBroken(destination, now) && this.#quic.alternativesOf(destination).some(({ protocol }) => protocol === 'h3');
  }

  #askResolver(destination: Destination, user: RequestId, now: Millis): void {
    const id = ++this.#lastResolverRequest;
    this.#resolverUsers.set(id, user);
    this.#emit({ kind: 'resolution-began', request: user, resolverRequest: id, destination }, now);
    this.#resolver.request(id, destination, now);
  }

  #stopResolving(user: RequestId, now: Millis): void {
    for (const [resolverRequest, other] of this.#resolverUsers) {
      if (other !== user) continue;
      this.#resolverUsers.delete(resolverRequest);
      this.#resolver.cancel(resolverRequest, now);
    }
  }

  /** Hands outputs from layer to layer until all are quiet. */
  #settle(now: Millis): void {
    for (let quiet = false; !quiet; ) {
      quiet = true;
      for (const output of this.#resolver.takeOutputs()) {
        quiet = false;
        this.#outputs.push({ layer: 'resolver', at: output.at, output });
        this.#hear(output, now);
      }
      for (const { race } of this.#told) race.wake(now);
      this.#told.clear();
      for (const race of this.#allRaces()) if (this.#pass(race, now)) quiet = false;
      // The last answer may be an alias: a resolution is over when its races have seen all of it and ask for no more.
      if (quiet) for (const race of this.#allRaces()) if (this.#endResolution(race, now)) quiet = false;
    }
  }

  #endResolution(race: RunningRace, now: Millis): boolean {
    const { resolved } = race;
    if (resolved === undefined) return false;
    delete race.resolved;
    this.#resolved(race, resolved, now);
    return true;
  }

  /** Carries out what a race wants; `false` if it wants nothing. */
  #pass(race: RunningRace, now: Millis): boolean {
    const outputs = race.race.takeOutputs();
    for (const output of outputs) {
      this.#outputs.push({ layer: 'race', race: race.id, at: output.at, output });
      this.#carryOut(output, race, now);
    }
    return outputs.length > 0;
  }

  #hear(output: ResolverOutput, now: Millis): void {
    if (output.kind !== 'answer' && output.kind !== 'finished') return;
    const user = this.#resolverUsers.get(output.requestId);
    if (user === undefined) return;
    if (typeof user !== 'number') {
      if (output.kind === 'answer') this.#answer(user, output, now);
      else user.resolved = output.outcome;
      return;
    }
    if (output.kind !== 'finished') return;
    this.#resolverUsers.delete(output.requestId);
    this.#resolver.cancel(output.requestId, now);
    this.#requests.delete(user);
    if (output.outcome.kind === 'ok') this.#emit({ kind: 'request-done', request: user }, now);
    else this.#emit({ kind: 'request-failed', request: user, failure: 'name-not-resolved', error: undefined }, now);
  }

  #answer(race: RunningRace, { query, answer }: Extract<ResolverOutput, { kind: 'answer' }>, now: Millis): void {
    const session = answer.kind === 'answer' ? this.#poolable(race, answer.addresses) : undefined;
    if (session !== undefined) return this.#pool(race, session, now);
    race.race.learn(query, answer, now);
    this.#told.add(race);
    this.#emit({ kind: 'services-updated', race: race.id, view: race.lookup.view() }, now);
  }

  #pool(race: RunningRace, session: Session, now: Millis): void {
    this.#emit({ kind: 'session-pooled', race: race.id, connection: session.connection }, now);
    this.#finish(race, now, session);
    race.race.cancel(now);
    this.#pass(race, now);
  }

  /** Races to other names that might use a session that has just been opened. */
  #offer(now: Millis): void {
    for (const race of this.#races.values()) {
      const known = race.lookup.view().services.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6].flatMap((family) => (family.state === 'positive' ? family.addresses : [])));
      const session = this.#poolable(race, known);
      if (session !== undefined) this.#pool(race, session, now);
    }
  }

  /** A name without addresses ends its race, though hints may have started it; what was given up has no answer. */
  #resolved(race: RunningRace, outcome: ResolutionOutcome, now: Millis): void {
    if (outcome.kind === 'failure') {
      this.#lose(race, 'name-not-resolved', now);
      race.race.cancel(now);
      this.#pass(race, now);
      return;
    }
    for (const query of race.lookup.view().openQueries) race.race.answer(query, { kind: 'failure', failure: 'network' }, now);
  }

  /** A session that another name has opened to one of these addresses, before an attempt is made (M-44). */
  #poolable({ destination, quicOnly }: RunningRace, addresses: readonly string[]): Session | undefined {
    const endpoints = new Set(addresses.map((address) => formatEndpoint({ address, port: destination.port })));
    return this.#sessions.atEndpoint(endpoints, destination, quicOnly);
  }

  #carryOut(output: RaceOutput, race: RunningRace, now: Millis): void {
    switch (output.kind) {
      case 'query':
        return this.#ask(output, race, now);
      case 'start-attempt':
        return this.#connect(output, race, now);
      case 'permit-crypto': {
        const connection = race.connections.get(output.attempt);
        if (connection === undefined) return;
        connection.cryptoPermitted = true;
        connection.start = { ...connection.start, endpoint: output.endpoint };
        return this.#startTls(connection, now);
      }
      case 'cancel-attempt':
        return this.#cancelConnection(race, output.attempt, now);
      case 'won':
        if (race.race.ended) return this.#finish(race, now);
        this.#races.delete(destinationKey(race.destination));
        this.#lingering.add(race);
        return this.#serveWaiting(race.destination, now);
      case 'over':
        return this.#close(race, now);
      case 'lost':
        if (output.failure === 'upgraded-to-https') return this.#upgrade(race, now);
        return this.#lose(race, FAILURES[output.failure], now);
      case 'gate-opened':
      case 'cancel-queries':
        return;
    }
  }

  /** The first query stands for all that the resolver asks of its own; later ones are follow-ups. */
  #ask({ query }: Extract<RaceOutput, { kind: 'query' }>, race: RunningRace, now: Millis): void {
    // Pooled by an answer that came at once with the one that led to this query.
    if (race.asked && !this.#resolverUsers.has(race.resolverRequest)) return;
    if (!race.asked) {
      race.asked = true;
      this.#resolverUsers.set(race.resolverRequest, race);
      this.#resolver.request(race.resolverRequest, race.destination, now);
    }
    delete race.resolved;
    this.#resolver.ask(race.resolverRequest, query, now);
  }

  #connect(start: Extract<RaceOutput, { kind: 'start-attempt' }>, race: RunningRace, now: Millis): void {
    const id = ++this.#lastConnection;
    const { endpoint, attempt } = start;
    const { ip, ech } = endpoint;
    const connection: Connection = { id, race, attempt, start, transportUp: false, cryptoPermitted: start.secureHandshake === 'permitted' };
    race.connections.set(attempt, connection);
    this.#connections.set(id, connection);
    this.#emit({ kind: 'attempt-began', race: race.id, connection: id, attempt, endpoint }, now);
    if (endpoint.transport === 'tcp') return this.#emit({ kind: 'connect-tcp', connection: id, ip }, now);
    const earlyData = this.#quic.isResumable(race.destination);
    this.#emit({ kind: 'connect-quic', connection: id, ip, serverName: race.destination.host, ...(ech !== undefined && { ech }), earlyData }, now);
  }

  #startTls({ id, race, transportUp, cryptoPermitted, start }: Connection, now: Millis): void {
    const { alpn, ech, transport } = start.endpoint;
    if (transport !== 'tcp' || !transportUp || !cryptoPermitted || race.destination.scheme !== 'https') return;
    this.#emit({ kind: 'start-tls', connection: id, serverName: race.destination.host, alpn, ...(ech !== undefined && { ech }) }, now);
  }

  #cancelConnection(race: RunningRace, attempt: AttemptId, now: Millis): void {
    const connection = race.connections.get(attempt);
    if (connection === undefined) return;
    race.connections.delete(attempt);
    this.#connections.delete(connection.id);
    this.#emit({ kind: 'cancel-connection', connection: connection.id }, now);
  }

  /** The race is over, and what waited for it is served: by `pooled`, or by the session that the race brought. */
  #finish(race: RunningRace, now: Millis, pooled?: Session): void {
    this.#close(race, now);
    this.#serveWaiting(race.destination, now, pooled);
  }

  #close(race: RunningRace, now: Millis): void {
    if (!this.#lingering.delete(race)) this.#races.delete(destinationKey(race.destination));
    this.#resolverUsers.delete(race.resolverRequest);
    this.#resolver.cancel(race.resolverRequest, now);
    for (const attempt of race.connections.keys()) this.#cancelConnection(race, attempt, now);
  }

  #serveWaiting(destination: Destination, now: Millis, pooled?: Session): void {
    const waiting = this.#takeWaiting(destination);
    for (const id of waiting) {
      const request = this.#requests.get(id);
      if (request === undefined) continue;
      const session = pooled ?? this.#sessions.forDestination(destination);
      if (session === undefined) this.#serve(id, now);
      else this.#assign(request, session, pooled !== undefined, now);
    }
  }

  #upgrade(race: RunningRace, now: Millis): void {
    this.#close(race, now);
    const destination = upgraded(race.destination);
    for (const id of this.#takeWaiting(race.destination)) {
      const request = this.#requests.get(id);
      if (request === undefined) continue;
      request.destination = destination;
      this.#emit({ kind: 'request-redirected', request: id, destination }, now);
      this.#serve(id, now);
    }
  }

  #lose(race: RunningRace, failure: RequestFailure, now: Millis): void {
    this.#close(race, now);
    for (const id of this.#takeWaiting(race.destination)) {
      if (!this.#requests.delete(id)) continue;
      this.#emit({ kind: 'request-failed', request: id, failure, error: race.lastError }, now);
    }
  }

  #takeWaiting(destination: Destination): readonly RequestId[] {
    const key = destinationKey(destination);
    const waiting = this.#waiting.get(key) ?? [];
    this.#waiting.delete(key);
    return waiting;
  }

  #markBroken(destination: Destination, now: Millis): void {
    const until = this.#quic.markBroken(destination, now);
    this.#emit({ kind: 'quic-marked-broken', destination, until }, now);
  }

  #emit(event: ClientAction | ClientDecision, now: Millis): void {
    this.#outputs.push({ layer: 'client', at: now, ...event });
  }
}

const FAILURES = {
  'no-addresses': 'name-not-resolved',
  'attempts-failed': 'connection-failed',
  'fatal-attempt-error': 'connection-failed',
  'service-records-unavailable': 'service-records-unavailable',
  'timed-out': 'timed-out',
  cancelled: 'network-changed',
} as const;
