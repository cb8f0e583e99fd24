/** Races of connect jobs and QUIC jobs: which race and which of its jobs an event of the client or the network is about. */
import type { Millis } from '../../../units.ts';
import type { ClientAction, ClientDecision, ConnectionId, RaceId } from '../../../engine/client/client-output.ts';
import { destinationKey } from '../../../engine/client/destination.ts';
import type { RaceFailure, RaceOutput, StartCause } from '../../../engine/race/race-output.ts';
import type { ResolutionOutcome } from '../../../engine/resolver/output.ts';
import type { ServiceView } from '../../../engine/svcb/service.ts';
import type { SimulatedSource, SourceLog } from '../../log/source-log.ts';
import { NET_ERRORS } from '../../log/net-errors.ts';
import type { ConnectionEvent } from '../../network/network-event.ts';
import { DNS_ERRORS } from '../dns-results.ts';
import type { EmitterFacts } from '../emitter-facts.ts';
import { EndpointUpdates } from '../endpoint-updates.ts';
import { raceError } from '../failure-errors.ts';
import type { QuicFlow } from '../quic-flow.ts';
import type { Requesters } from '../resolver/requesters.ts';
import type { TcpSocket } from '../tcp-socket.ts';
import { ConnectJob, type ConnectJobForm } from './connect-job.ts';
import type { ConnectRace } from './connect-race.ts';
import { QuicBreakage } from './quic-breakage.ts';
import { QuicJob } from './quic-job.ts';
import { RaceJobs } from './race-jobs.ts';
import type { Stream, Streams } from './streams.ts';

/** What a connection has become. */
export type Connected = { readonly kind: 'tcp'; readonly socket: TcpSocket; readonly job: SimulatedSource } | { readonly kind: 'quic'; readonly flow: QuicFlow };

interface Attempt {
  readonly race: ConnectRace;
  readonly job: ConnectJob | QuicJob;
}

export class ConnectRaces {
  readonly broken = new QuicBreakage();
  readonly #facts: EmitterFacts;
  readonly #requesters: Requesters;
  readonly #jobs: RaceJobs;
  readonly #updates: EndpointUpdates;
  readonly #races = new Map<RaceId, ConnectRace>();
  readonly #byRequest = new Map<number, ConnectRace>();
  /** Until when a race to a destination has a QUIC job; what begins beside it or follows at once is for TCP. */
  readonly #quicJobs = new Map<string, Millis>();
  readonly #attempts = new Map<ConnectionId, Attempt>();
  /** Races in which an attempt has failed at this instant. */
  readonly #failing = new Set<ConnectRace>();
  #cause: StartCause = { why: 'first' };
  #networkChangedAt: Millis = -Infinity;
  #now: Millis = 0;

  constructor(log: SourceLog, facts: EmitterFacts, form: ConnectJobForm, requesters: Requesters, streams: Streams) {
    this.#facts = facts;
    this.#requesters = requesters;
    this.#jobs = new RaceJobs(log, facts, form, requesters, streams);
    this.#updates = new EndpointUpdates(log, requesters, facts.parameters);
  }

  get(race: RaceId): ConnectRace | undefined {
    return this.#races.get(race);
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

  networkChanged(at: Millis): void {
    this.#networkChangedAt = at;
    this.broken.networkChanged();
  }

  began({ race, resolverRequest, destination, tcpHeldBack }: Extract<ClientDecision, { kind: 'race-began' }>, at: Millis): void {
    const hasQuicJob = this.#quicJobs.get(destinationKey(destination)) ?? -Infinity;
    const resolvesOverQuic = destination.scheme === 'https' && this.#facts.parameters.quic && hasQuicJob < at && !this.broken.has(destination, at);
    if (resolvesOverQuic) this.#quicJobs.set(destinationKey(destination), Infinity);
    const begun: ConnectRace = { destination, resolverRequest, tcpHeldBack, resolvesOverQuic, streams: new Set(), attempts: new Map(), running: new Set(), tried: new Set(), asked: false, resolved: false, released: false, gateOpen: false };
    this.#races.set(race, begun);
    this.#byRequest.set(resolverRequest, begun);
  }

  joined(race: RaceId, stream: Stream, at: Millis): void {
    const joined = this.#races.get(race);
    if (joined !== undefined) this.#jobs.joined(joined, stream, at);
  }

  observe(id: RaceId, output: RaceOutput): void {
    const race = this.#races.get(id);
    if (race === undefined) return;
    const { at } = output;
    if (output.kind === 'query') {
      race.asked = true;
      this.#jobs.open(race, at);
    } else if (output.kind === 'gate-opened') this.#gateOpened(race, output.rule === 'HE-12', at);
    else if (output.kind === 'start-attempt') this.#cause = output.cause;
    else if (output.kind === 'won') this.#won(id, race, at);
    else if (output.kind === 'over') this.#over(id, race, NET_ERRORS.ERR_ABORTED, at);
    else if (output.kind === 'lost') this.#lost(id, race, output.failure, at);
  }

  servicesUpdated(id: RaceId, view: ServiceView, at: Millis): void {
    const race = this.#races.get(id);
    if (race === undefined) return;
    race.view = view;
    if (!race.asked) {
      this.#jobs.open(race, at);
      this.#requesters.literal(race.resolverRequest, at);
      return this.#jobs.resolved(race, undefined, at);
    }
    if (!race.gateOpen) this.#updates.held(race, view, at);
    else if (view.openQueries.length > 0) this.#updates.updated(race, view, at);
  }

  resolutionFinished(request: number, outcome: ResolutionOutcome, at: Millis): void {
    const race = this.#byRequest.get(request);
    if (race !== undefined) this.#jobs.resolved(race, outcome.kind === 'ok' ? undefined : DNS_ERRORS[outcome.failure], at);
  }

  /** Whoever waits for QUIC need not any more. */
  release(race: ConnectRace, at: Millis): void {
    this.#jobs.release(race, at);
  }

  attemptBegan({ race: id, attempt, connection, endpoint }: Extract<ClientDecision, { kind: 'attempt-began' }>, at: Millis): void {
    const race = this.#races.get(id);
    if (race === undefined) return;
    race.running.add(connection);
    if (endpoint.transport === 'quic') {
      this.#attempts.set(connection, { race, job: this.#jobs.quicJob(race, at) });
      return;
    }
    const job = this.#jobs.jobFor(race, endpoint, this.#cause, at);
    race.attempts.set(attempt, job);
    this.#attempts.set(connection, { race, job });
    job.attempt(connection, endpoint, this.#jobs.slowAfter(race), at);
  }

  quicBegan(action: Extract<ClientAction, { kind: 'connect-quic' }>, at: Millis): void {
    const { job } = this.#attempts.get(action.connection) ?? {};
    if (job instanceof QuicJob) job.attempt(action, at);
  }

  tlsBegan(connection: ConnectionId, ech: string | undefined, at: Millis): void {
    const { job } = this.#attempts.get(connection) ?? {};
    if (job instanceof ConnectJob) job.tlsBegan(connection, ech, at);
  }

  network(connection: ConnectionId, event: ConnectionEvent, at: Millis): void {
    const { job, race } = this.#attempts.get(connection) ?? {};
    job?.network(connection, event, at);
    const isUsable = event.kind === 'tls-done' || (event.kind === 'tcp-connected' && race?.destination.scheme === 'http');
    if (isUsable) race?.running.delete(connection);
  }

  failed(connection: ConnectionId, error: number, at: Millis): void {
    const attempt = this.#take(connection);
    if (attempt === undefined) return;
    const { race, job } = attempt;
    race.lastError = error;
    job.failed(connection, error, at);
    if (job instanceof ConnectJob) this.#failing.add(race);
    else if (job.ended) this.#jobs.quicOver(race, error, at);
  }

  cancelled(connection: ConnectionId, at: Millis): void {
    const error = this.#networkChangedAt === at ? NET_ERRORS.ERR_NETWORK_CHANGED : NET_ERRORS.ERR_ABORTED;
    const { job } = this.#take(connection) ?? {};
    if (job instanceof ConnectJob) job.cancelled(connection, at);
    else job?.cancelled(connection, error, at);
  }

  /** The connection is a session's; `undefined` if it is none of a race. */
  opened(connection: ConnectionId, at: Millis): Connected | undefined {
    const attempt = this.#take(connection);
    if (attempt === undefined) return undefined;
    const { race, job } = attempt;
    if (job instanceof ConnectJob) {
      const socket = job.handOver(connection);
      return socket && { kind: 'tcp', socket, job: job.source };
    }
    const flow = job.succeeded(connection, at);
    this.broken.clear(race.destination);
    this.#jobs.quicOver(race, undefined, at);
    return flow && { kind: 'quic', flow };
  }

  #endInstant(): void {
    for (const race of this.#failing) this.#jobs.endExhausted(race, this.#now);
    this.#failing.clear();
  }

  #fireTimers(now: Millis, timersToo: boolean): void {
    const jobs = [...this.#races.values()].flatMap(({ main, backup }) => [main, backup]).filter((job) => job !== undefined);
    const due = jobs.filter(({ slowAt }) => (timersToo ? slowAt <= now : slowAt < now));
    for (const job of due.toSorted((a, b) => a.slowAt - b.slowAt)) job.slow(job.slowAt);
  }

  #gateOpened(race: ConnectRace, timedOut: boolean, at: Millis): void {
    race.gateOpen = true;
    this.#updates.released(race, timedOut, at);
    if (race.view !== undefined && race.view.openQueries.length > 0) this.#updates.updated(race, race.view, at);
  }

  #won(id: RaceId, race: ConnectRace, at: Millis): void {
    if (race.running.size === 0) this.#over(id, race, NET_ERRORS.ERR_ABORTED, at);
    else this.#jobs.endIdle(race, at);
  }

  #lost(id: RaceId, race: ConnectRace, failure: RaceFailure, at: Millis): void {
    if (race.ending !== undefined) return this.#over(id, race, NET_ERRORS.ERR_ABORTED, at);
    const error = raceError(failure, race.lastError);
    this.#requesters.failed(race.resolverRequest, error, at);
    this.#over(id, race, error, at);
  }

  #over(id: RaceId, race: ConnectRace, error: number, at: Millis): void {
    this.#races.delete(id);
    this.#byRequest.delete(race.resolverRequest);
    this.#failing.delete(race);
    if (race.resolvesOverQuic) this.#quicJobs.set(destinationKey(race.destination), at);
    this.#jobs.end(race, error, at);
  }

  #take(connection: ConnectionId): Attempt | undefined {
    const attempt = this.#attempts.get(connection);
    this.#attempts.delete(connection);
    attempt?.race.running.delete(connection);
    return attempt;
  }
}
