/**
 * Races: HTTP_STREAM_POOL_GROUP and HTTP_STREAM_POOL_ATTEMPT_MANAGER, and what the manager is told of its host.
 *
 * Chromium tells a manager nothing before the resolution delay is over, and the last answer by FINISHED alone. Left
 * out: counts of sockets, slots and jobs, since a simulated client has no limits on them.
 */
import { formatEndpoint } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { ClientDecision, ConnectionId, RaceId } from '../../engine/client/client-output.ts';
import { type Destination, destinationKey } from '../../engine/client/destination.ts';
import type { Endpoint } from '../../engine/endpoint.ts';
import type { RaceFailure, RaceOutput } from '../../engine/race/race-output.ts';
import type { ResolutionOutcome } from '../../engine/resolver/output.ts';
import type { ServiceView } from '../../engine/svcb/service.ts';
import type { SimulatedSource, SourceLog } from '../log/source-log.ts';
import { NET_ERRORS } from '../log/net-errors.ts';
import { DNS_ERRORS } from './dns-results.ts';
import { endpointsParams } from './endpoints-params.ts';
import { raceError } from './failure-errors.ts';
import type { ResolverEmitter } from './resolver-emitter.ts';
import { streamKey } from './stream-key.ts';

/** `can_attempt` of CAN_ATTEMPT_TCP. */
const CAN_ATTEMPT = { yes: 0, blockedForQuic: 2 } as const;

export interface RunningRace {
  readonly manager: SimulatedSource;
  readonly group: SimulatedSource;
  readonly destination: Destination;
  readonly resolverRequest: number;
  readonly tcpHeldBack: Millis | undefined;
  /** Attempts that are neither over nor won, oldest first. */
  readonly running: Map<ConnectionId, Endpoint>;
  view?: ServiceView;
  told?: ServiceView;
  asked: boolean;
  gateOpen: boolean;
  resolved: boolean;
  resolutionDelay?: { readonly since: Millis; logged: boolean };
  tcpStarted: boolean;
  lastError?: number;
  nameNotResolved: boolean;
  /** Why attempts that still run are given up. */
  cancelReason: string;
  pooled: boolean;
  /** Nobody is left to tell of a failure. */
  abandoned: boolean;
}

interface EndedRace {
  readonly race: RunningRace;
  readonly at: Millis;
  readonly won: boolean;
}

export class RaceEmitter {
  readonly #log: SourceLog;
  readonly #resolver: ResolverEmitter;
  readonly #races = new Map<RaceId, RunningRace>();
  readonly #byRequest = new Map<number, RunningRace>();
  readonly #groups = new Map<string, SimulatedSource>();
  /** Over, but a manager outlives what follows at the same instant, and its attempts. */
  #ended: EndedRace[] = [];
  #now: Millis = 0;
  readonly #delayed = new Set<RunningRace>();

  constructor(log: SourceLog, resolver: ResolverEmitter) {
    this.#log = log;
    this.#resolver = resolver;
  }

  get(race: RaceId): RunningRace | undefined {
    return this.#races.get(race);
  }

  /** Time moves on to `now`: what waited for the end of an instant is logged. */
  advance(now: Millis): void {
    for (const race of this.#delayed) this.#beginDelay(race, now);
    if (this.#ended.length > 0) {
      const isOver = ({ race, at }: EndedRace): boolean => at < now && race.running.size === 0;
      for (const { race, won } of this.#ended.filter(isOver)) this.#endManager(race, won, this.#now);
      this.#ended = this.#ended.filter((ended) => !isOver(ended));
    }
    this.#now = now;
  }

  finish(): void {
    this.advance(Infinity);
  }

  began({ race, resolverRequest, destination, tcpHeldBack }: Extract<ClientDecision, { kind: 'race-began' }>, at: Millis): void {
    const log = this.#log;
    const key = destinationKey(destination);
    const group = this.#groups.get(key) ?? this.#makeGroup(key, destination, at);
    const manager = log.source('HTTP_STREAM_POOL_ATTEMPT_MANAGER', at);
    log.begin(manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE', at, {
      should_block_tcp_based_attempt: tcpHeldBack !== undefined,
      source_dependency: log.dependency(group),
      stream_key: streamKey(destination),
      supports_spdy: false,
      tcp_based_attempt_delay: tcpHeldBack ?? 0,
    });
    log.event(group, 'HTTP_STREAM_POOL_GROUP_ATTEMPT_MANAGER_CREATED', at, { source_dependency: log.dependency(manager) });
    const running = { manager, group, destination, resolverRequest, tcpHeldBack, running: new Map(), asked: false, gateOpen: false, resolved: false, tcpStarted: false, nameNotResolved: false, cancelReason: 'Abort', pooled: false, abandoned: false };
    this.#races.set(race, running);
    this.#byRequest.set(resolverRequest, running);
    this.#resolver.askedByRace(resolverRequest, manager, destination);
  }

  observe(id: RaceId, output: RaceOutput): void {
    const race = this.#races.get(id);
    if (race === undefined) return;
    if (output.kind === 'query') race.asked = true;
    else if (output.kind === 'gate-opened') this.#gateOpened(race, output.rule === 'HE-12', output.at);
    else if (output.kind === 'won') this.#end(id, race, true, output.at);
    else if (output.kind === 'lost') this.#lost(id, race, output.failure, output.at);
    else if (output.kind === 'start-attempt' && output.rule === 'HE-62') this.#slow(race, output.endpoint, output.at);
  }

  servicesUpdated(id: RaceId, view: ServiceView, at: Millis): void {
    const race = this.#races.get(id);
    if (race === undefined) return;
    race.view = view;
    if (!race.asked) return this.#resolved(race, undefined, at);
    if (race.gateOpen && view.openQueries.length > 0) return this.#tell(race, at);
    const waitsForIpv6 = view.services.some(({ ipv4, ipv6 }) => ipv4.state === 'positive' && ipv6.state === 'pending');
    if (race.gateOpen || race.resolutionDelay !== undefined || !waitsForIpv6) return;
    race.resolutionDelay = { since: at, logged: false };
    this.#delayed.add(race);
  }

  /** The resolver is done with a request; there may be further queries that records led to. */
  resolutionFinished(request: number, outcome: ResolutionOutcome, at: Millis): void {
    const race = this.#byRequest.get(request);
    if (race === undefined || (race.view?.openQueries.length ?? 0) > 0) return;
    this.#resolved(race, outcome.kind === 'ok' ? undefined : DNS_ERRORS[outcome.failure], at);
  }

  /** An attempt is about to begin. */
  attemptBegan(race: RunningRace, connection: ConnectionId, endpoint: Endpoint, at: Millis): void {
    if (race.view !== race.told) this.#tell(race, at);
    if (endpoint.transport === 'tcp') this.#allowTcp(race, at);
    race.running.set(connection, endpoint);
  }

  #makeGroup(key: string, destination: Destination, at: Millis): SimulatedSource {
    const group = this.#log.source('HTTP_STREAM_POOL_GROUP', at);
    this.#groups.set(key, group);
    this.#log.begin(group, 'HTTP_STREAM_POOL_GROUP_ALIVE', at, { force_quic: false, stream_key: streamKey(destination) });
    return group;
  }

  #gateOpened(race: RunningRace, timedOut: boolean, at: Millis): void {
    race.gateOpen = true;
    const delay = race.resolutionDelay;
    const job = this.#resolver.jobOf(race.resolverRequest);
    this.#delayed.delete(race);
    if (delay?.logged === true && job !== undefined) {
      this.#log.end(job, 'HOST_RESOLVER_SERVICE_ENDPOINTS_RESOLUTION_DELAY', at, { elapsed: String(Math.floor(at - delay.since)), timedout: timedOut });
    }
    this.#tell(race, at);
  }

  /** The delay is none unless the gate stays closed for a while. */
  #beginDelay(race: RunningRace, now: Millis): void {
    const delay = race.resolutionDelay;
    const job = this.#resolver.jobOf(race.resolverRequest);
    if (delay === undefined || job === undefined || delay.since >= now) return;
    delay.logged = true;
    this.#delayed.delete(race);
    this.#log.begin(job, 'HOST_RESOLVER_SERVICE_ENDPOINTS_RESOLUTION_DELAY', delay.since);
  }

  /** Intermediate results. */
  #tell(race: RunningRace, at: Millis): void {
    const { view, manager } = race;
    if (view === undefined || race.resolved || view === race.told) return;
    race.told = view;
    const endpoints = endpointsParams(view);
    const job = this.#resolver.jobOf(race.resolverRequest);
    if (job !== undefined) this.#log.event(job, 'HOST_RESOLVER_SERVICE_ENDPOINTS_UPDATED', at, { endpoints });
    this.#log.event(manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_DNS_RESOLUTION_UPDATED', at, { endpoints, endpoints_crypto_ready: view.info !== 'pending' });
    this.#holdTcp(race, endpoints.length, at);
  }

  #resolved(race: RunningRace, error: number | undefined, at: Millis): void {
    if (race.resolved) return;
    const { view, manager } = race;
    race.resolved = true;
    race.nameNotResolved = error !== undefined && error !== NET_ERRORS.ERR_DNS_NAME_HTTPS_ONLY;
    if (view !== undefined) race.told = view;
    const endpoints = view === undefined || error !== undefined ? [] : endpointsParams(view);
    const result = error === undefined ? 'net::OK' : error === NET_ERRORS.ERR_DNS_NAME_HTTPS_ONLY ? 'net::ERR_DNS_NAME_HTTPS_ONLY' : 'net::ERR_NAME_NOT_RESOLVED';
    this.#log.event(manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_DNS_RESOLUTION_FINISHED', at, {
      endpoints,
      endpoints_crypto_ready: error === undefined,
      resolve_error: error ?? 0,
      result,
    });
    if (error === undefined && view?.services.every(({ quic }) => quic.length === 0) === true && race.destination.scheme === 'https') {
      this.#log.event(manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_COMPLETED', at, { result: NET_ERRORS.ERR_DNS_NO_MATCHING_SUPPORTED_ALPN });
    } else this.#holdTcp(race, endpoints.length, at);
  }

  #holdTcp(race: RunningRace, endpoints: number, at: Millis): void {
    if (race.tcpHeldBack === undefined || race.tcpStarted || endpoints === 0) return;
    this.#log.event(race.manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_CAN_ATTEMPT_TCP', at, { can_attempt: CAN_ATTEMPT.blockedForQuic });
  }

  #allowTcp(race: RunningRace, at: Millis): void {
    const { manager, tcpHeldBack, destination } = race;
    const quicRuns = [...race.running.values()].some(({ transport }) => transport === 'quic');
    if (!race.tcpStarted && tcpHeldBack !== undefined && quicRuns) {
      this.#log.event(manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_TCP_BASED_ATTEMPT_DELAY_PASSED', at, { tcp_based_attempt_delay: tcpHeldBack });
    }
    this.#log.event(manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_CAN_ATTEMPT_TCP', at, { can_attempt: CAN_ATTEMPT.yes });
    if (race.tcpStarted) return;
    race.tcpStarted = true;
    const state = destination.scheme === 'https' ? 'CanUseQuicWithUnknownVersion' : 'CannotUseQuicWithUnknownVersion';
    this.#log.event(manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_INITIAL_ATTEMPT_STATE', at, { state });
  }

  /** The attempt before the one that starts now has outlived its delay. */
  #slow({ manager, running }: RunningRace, { transport }: Endpoint, at: Millis): void {
    const slow = [...running.values()].findLast((endpoint) => endpoint.transport === transport);
    if (slow === undefined) return;
    const type = transport === 'tcp' ? 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_TCP_BASED_ATTEMPT_SLOW' : 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_SLOW';
    this.#log.event(manager, type, at, { ip_endpoint: formatEndpoint(slow.ip) });
  }

  #lost(id: RaceId, race: RunningRace, failure: RaceFailure, at: Millis): void {
    if (!race.pooled && !race.abandoned) {
      const error = race.nameNotResolved ? NET_ERRORS.ERR_NAME_NOT_RESOLVED : raceError(failure, race.lastError);
      if (failure === 'no-addresses' || failure === 'upgraded-to-https') this.#resolved(race, error, at);
      this.#log.event(race.manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_NOTIFY_FAILURE', at, { net_error: error });
    }
    this.#end(id, race, false, at);
  }

  #end(id: RaceId, race: RunningRace, won: boolean, at: Millis): void {
    this.#races.delete(id);
    this.#byRequest.delete(race.resolverRequest);
    this.#delayed.delete(race);
    this.#ended.push({ race, at, won });
  }

  #endManager({ manager, group, destination }: RunningRace, won: boolean, at: Millis): void {
    const log = this.#log;
    log.end(manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE', at);
    log.event(group, 'HTTP_STREAM_POOL_GROUP_ATTEMPT_MANAGER_DESTROYED', at, { source_dependency: log.dependency(manager) });
    if (won) return;
    this.#groups.delete(destinationKey(destination));
    log.end(group, 'HTTP_STREAM_POOL_GROUP_ALIVE', at);
  }
}
