/**
 * Races: HTTP_STREAM_POOL_GROUP and HTTP_STREAM_POOL_ATTEMPT_MANAGER, which makes all the attempts to a destination.
 *
 * Left out: counts of sockets, slots and jobs.
 */
import { formatEndpoint } from '../../../address.ts';
import type { Millis } from '../../../units.ts';
import type { ClientDecision, ConnectionId, RaceId } from '../../../engine/client/client-output.ts';
import { type Destination, destinationKey } from '../../../engine/client/destination.ts';
import type { AttemptId, RaceFailure, RaceOutput, StartCause } from '../../../engine/race/race-output.ts';
import type { ResolutionOutcome } from '../../../engine/resolver/output.ts';
import type { ServiceView } from '../../../engine/svcb/service.ts';
import type { Parameters } from '../../../engine/profiles/parameters.ts';
import type { SimulatedSource, SourceLog } from '../../log/source-log.ts';
import { NET_ERRORS } from '../../log/net-errors.ts';
import { EndpointUpdates } from '../endpoint-updates.ts';
import { raceError } from '../failure-errors.ts';
import type { ResolverEmitter } from '../resolver/resolver-emitter.ts';
import { streamKey } from '../stream-key.ts';
import type { AttemptManager, RunningAttempt } from './attempt-manager.ts';
import { ManagerEndpoints } from './manager-endpoints.ts';
import { allowTcp } from './tcp-permission.ts';

export class Managers {
  readonly #log: SourceLog;
  readonly #resolver: ResolverEmitter;
  readonly #parameters: Parameters;
  readonly #endpoints: ManagerEndpoints;
  readonly #byRace = new Map<RaceId, AttemptManager>();
  readonly #byRequest = new Map<number, AttemptManager>();
  readonly #groups = new Map<string, SimulatedSource>();
  /** With races or attempts; a manager outlives what follows at the same instant. */
  readonly #alive = new Map<AttemptManager, Millis>();
  #now: Millis = 0;

  constructor(log: SourceLog, resolver: ResolverEmitter, parameters: Parameters) {
    this.#log = log;
    this.#resolver = resolver;
    this.#parameters = parameters;
    this.#endpoints = new ManagerEndpoints(log, new EndpointUpdates(log, resolver.requesters, parameters));
  }

  get(race: RaceId): AttemptManager | undefined {
    return this.#byRace.get(race);
  }

  groupOf(destination: Destination, at: Millis): SimulatedSource {
    const key = destinationKey(destination);
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const group = this.#log.source('HTTP_STREAM_POOL_GROUP', at);
    this.#groups.set(key, group);
    this.#log.begin(group, 'HTTP_STREAM_POOL_GROUP_ALIVE', at, { force_quic: false, stream_key: streamKey(destination) });
    return group;
  }

  /** Time moves on to `now`: what waited for the end of an instant is logged, and timers run out. `timersToo`: those of `now`, too. */
  advance(now: Millis, timersToo: boolean): void {
    if (now > this.#now) this.#endInstant();
    this.#now = now;
    this.#fireTimers(now, timersToo);
  }

  /** Nothing happens any more until `end`. */
  finish(end: Millis): void {
    this.#endInstant();
    this.#fireTimers(end, true);
  }

  began({ race, resolverRequest, destination, tcpHeldBack, besides }: Extract<ClientDecision, { kind: 'race-began' }>, at: Millis): void {
    const shared = besides === undefined ? undefined : this.#byRace.get(besides);
    const manager = shared ?? this.#makeManager(race, resolverRequest, destination, tcpHeldBack, at);
    manager.races.add(race);
    this.#byRace.set(race, manager);
    this.#resolver.requesters.add(resolverRequest, manager.source, destination, 'service-endpoints', at);
  }

  observe(race: RaceId, output: RaceOutput): void {
    const manager = this.#byRace.get(race);
    if (manager === undefined) return;
    const { at } = output;
    if (output.kind === 'query') manager.asked = true;
    else if (output.kind === 'gate-opened' && race === manager.lead) this.#endpoints.gateOpened(manager, output.rule === 'HE-12', at);
    else if (output.kind === 'won') this.#raceOver(manager, race, true, at);
    else if (output.kind === 'lost') this.#lost(manager, race, output.failure, at);
    else if (output.kind === 'permit-crypto') this.#cryptoPermitted(manager, race, output.attempt, at);
    else if (output.kind === 'start-attempt') this.#overtaken(manager, race, output.cause, at);
  }

  servicesUpdated(race: RaceId, view: ServiceView, at: Millis): void {
    const manager = this.#byRace.get(race);
    if (manager?.lead === race) this.#endpoints.servicesUpdated(manager, view, at);
  }

  resolutionFinished(request: number, outcome: ResolutionOutcome, at: Millis): void {
    const manager = this.#byRequest.get(request);
    if (manager !== undefined) this.#endpoints.resolutionFinished(manager, outcome, at);
  }

  /** An attempt is about to begin. */
  attemptBegan(manager: AttemptManager, { race, attempt: id, connection, endpoint }: Extract<ClientDecision, { kind: 'attempt-began' }>, at: Millis): void {
    this.#endpoints.tell(manager, at);
    if (endpoint.transport === 'tcp') allowTcp(this.#log, manager, at);
    const running: RunningAttempt = { race, id, endpoint, slowAt: Infinity, slow: false };
    manager.running.set(connection, running);
    this.#startTimer(manager, running, at);
  }

  /** The transport handshake is done, which stops the timer of Chromium's engine. */
  transportConnected(connection: ConnectionId): void {
    if (this.#parameters.plan !== 'quic-beside-tcp') return;
    for (const { running } of this.#alive.keys()) {
      const attempt = running.get(connection);
      if (attempt !== undefined) attempt.slowAt = Infinity;
    }
  }

  #startTimer({ running }: AttemptManager, attempt: RunningAttempt, at: Millis): void {
    const { connectionAttemptDelayMs: base, minimumConnectionAttemptDelayMs: least, maximumConnectionAttemptDelayMs: most, connectionAttemptDelayMultiplier: factor } = this.#parameters;
    const beside = [...running.values()].filter(({ endpoint }) => endpoint.transport === attempt.endpoint.transport).length;
    attempt.slowAt = at + Math.min(most, Math.max(least, base * factor ** (beside - 1)));
  }

  /** The secure handshake had to wait, and the timer with it. */
  #cryptoPermitted(manager: AttemptManager, race: RaceId, id: AttemptId, at: Millis): void {
    for (const attempt of manager.running.values()) {
      if (attempt.race === race && attempt.id === id && !attempt.slow && attempt.slowAt === Infinity) this.#startTimer(manager, attempt, at);
    }
  }

  #endInstant(): void {
    for (const [manager, overSince] of this.#alive) if (overSince <= this.#now && manager.running.size === 0) this.#end(manager, this.#now);
  }

  #fireTimers(now: Millis, timersToo: boolean): void {
    const due = [...this.#alive.keys()].flatMap((manager) => [...manager.running.values()].flatMap((attempt) => (isDue(attempt, now, timersToo) ? [{ manager, attempt }] : [])));
    for (const { manager, attempt } of due.toSorted((a, b) => a.attempt.slowAt - b.attempt.slowAt)) this.#slow(manager, attempt, attempt.slowAt);
  }

  #makeManager(lead: RaceId, resolverRequest: number, destination: Destination, tcpHeldBack: Millis | undefined, at: Millis): AttemptManager {
    const log = this.#log;
    const group = this.groupOf(destination, at);
    const source = log.source('HTTP_STREAM_POOL_ATTEMPT_MANAGER', at);
    log.begin(source, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE', at, {
      should_block_tcp_based_attempt: tcpHeldBack !== undefined,
      source_dependency: log.dependency(group),
      stream_key: streamKey(destination),
      supports_spdy: false,
      tcp_based_attempt_delay: tcpHeldBack ?? 0,
    });
    log.event(group, 'HTTP_STREAM_POOL_GROUP_ATTEMPT_MANAGER_CREATED', at, { source_dependency: log.dependency(source) });
    const manager: AttemptManager = { source, group, destination, tcpHeldBack, lead, resolverRequest, races: new Set(), running: new Map(), asked: false, gateOpen: false, resolved: false, tcpStarted: false, won: false, nameNotResolved: false, cancelReason: 'Abort', pooled: false, abandoned: new Set() };
    this.#byRequest.set(resolverRequest, manager);
    this.#alive.set(manager, Infinity);
    return manager;
  }

  /** An attempt begins because the one before it has outlived its delay, which may be shorter than the timer's. */
  #overtaken(manager: AttemptManager, race: RaceId, cause: StartCause, at: Millis): void {
    if (cause.why !== 'delay-passed' && cause.why !== 'family-turned') return;
    for (const attempt of manager.running.values()) if (attempt.race === race && attempt.id === cause.after && !attempt.slow) this.#slow(manager, attempt, at);
  }

  #slow({ source }: AttemptManager, attempt: RunningAttempt, at: Millis): void {
    const { transport, ip } = attempt.endpoint;
    attempt.slow = true;
    attempt.slowAt = Infinity;
    const type = transport === 'tcp' ? 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_TCP_BASED_ATTEMPT_SLOW' : 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_SLOW';
    this.#log.event(source, type, at, { ip_endpoint: formatEndpoint(ip) });
  }

  #lost(manager: AttemptManager, race: RaceId, failure: RaceFailure, at: Millis): void {
    if (!manager.pooled && !manager.abandoned.has(race)) {
      manager.failure = manager.nameNotResolved ? NET_ERRORS.ERR_NAME_NOT_RESOLVED : raceError(failure, manager.lastError);
      if (failure === 'no-addresses' || failure === 'upgraded-to-https') this.#endpoints.resolved(manager, manager.failure, at);
    }
    this.#raceOver(manager, race, false, at);
  }

  #raceOver(manager: AttemptManager, race: RaceId, won: boolean, at: Millis): void {
    this.#byRace.delete(race);
    manager.races.delete(race);
    manager.won ||= won;
    if (manager.races.size > 0) return;
    if (!manager.won && manager.failure !== undefined) this.#log.event(manager.source, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_NOTIFY_FAILURE', at, { net_error: manager.failure });
    this.#byRequest.delete(manager.resolverRequest);
    this.#alive.set(manager, at);
  }

  #end(manager: AttemptManager, at: Millis): void {
    const { source, group, destination, won } = manager;
    const log = this.#log;
    this.#alive.delete(manager);
    log.end(source, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE', at);
    log.event(group, 'HTTP_STREAM_POOL_GROUP_ATTEMPT_MANAGER_DESTROYED', at, { source_dependency: log.dependency(source) });
    if (won) return;
    this.#groups.delete(destinationKey(destination));
    log.end(group, 'HTTP_STREAM_POOL_GROUP_ALIVE', at);
  }
}

function isDue({ slowAt }: RunningAttempt, now: Millis, timersToo: boolean): boolean {
  return timersToo ? slowAt <= now : slowAt < now;
}
