/**
 * The jobs of a race, and when each begins and ends. Where QUIC may serve, its job resolves first, and the connect job
 * that follows has the answers from the cache. The backup job does all again that the first connect job does.
 */
import { formatEndpoint } from '../../../address.ts';
import type { Millis } from '../../../units.ts';
import { type Endpoint, endpointKey } from '../../../engine/endpoint.ts';
import type { StartCause } from '../../../engine/race/race-output.ts';
import type { SourceLog } from '../../log/source-log.ts';
import { NET_ERRORS } from '../../log/net-errors.ts';
import type { EmitterFacts } from '../emitter-facts.ts';
import type { RequestKind, Requesters } from '../resolver/requesters.ts';
import { ConnectJob, type ConnectJobForm } from './connect-job.ts';
import type { ConnectRace } from './connect-race.ts';
import { QuicJob } from './quic-job.ts';
import type { Stream, Streams } from './streams.ts';

export class RaceJobs {
  readonly #log: SourceLog;
  readonly #facts: EmitterFacts;
  readonly #form: ConnectJobForm;
  readonly #requesters: Requesters;
  readonly #streams: Streams;

  constructor(log: SourceLog, facts: EmitterFacts, form: ConnectJobForm, requesters: Requesters, streams: Streams) {
    this.#log = log;
    this.#facts = facts;
    this.#form = form;
    this.#requesters = requesters;
    this.#streams = streams;
  }

  /** The job that resolves, with the first that is heard of the race. */
  open(race: ConnectRace, at: Millis): void {
    const { destination, resolverRequest } = race;
    if (race.quic !== undefined || race.main !== undefined) return;
    if (race.resolvesOverQuic) {
      race.quic = new QuicJob(this.#log, this.#facts, destination, at);
      return this.#requesters.add(resolverRequest, race.quic.source, destination, this.#facts.parameters.asyncDnsQuicJob ? 'service-endpoints' : 'addresses', at);
    }
    race.released = true;
    race.main = this.#connectJob(race, false, at);
    this.#requesters.add(resolverRequest, race.main.source, destination, this.#requestKind, at);
  }

  joined(race: ConnectRace, stream: Stream, at: Millis): void {
    race.streams.add(stream);
    const isPreconnect = stream.request === undefined;
    const overQuic = race.resolvesOverQuic && race.quic?.ended !== true;
    // A request that waits in the pool, from a race before this one, is served there.
    if (overQuic && stream.main === undefined) {
      const job = this.#streams.startQuic(stream, at);
      this.open(race, at);
      race.quic?.bind(job, at);
      if (!isPreconnect) this.#streams.startMain(stream, true, at);
    } else if (stream.main === undefined) this.#streams.startMain(stream, false, at).requestSocket(stream.destination, at);
    this.open(race, at);
    if (race.released && stream.main?.waiting === true) this.#resume(race, stream, at);
  }

  /** The QUIC job knows the host's endpoints, or why there are none. */
  resolved(race: ConnectRace, error: number | undefined, at: Millis): void {
    if (race.resolved) return;
    race.resolved = true;
    const overQuic = error === undefined && race.view?.services.some(({ quic, ipv4, ipv6 }) => quic.length > 0 && [ipv4, ipv6].some(({ state }) => state === 'positive')) === true;
    if (race.quic !== undefined) for (const stream of race.streams) this.#streams.delayed(stream, overQuic ? (race.tcpHeldBack ?? 0) : 0, at);
    if (!overQuic && race.running.size === 0) this.quicOver(race, error ?? NET_ERRORS.ERR_DNS_NO_MATCHING_SUPPORTED_ALPN, at);
    if (error !== undefined) race.main?.end(error, at);
  }

  /** QUIC after all, where it was not expected: its job has the answers from the cache. */
  quicJob(race: ConnectRace, at: Millis): QuicJob {
    if (race.quic !== undefined) return race.quic;
    race.quic = new QuicJob(this.#log, this.#facts, race.destination, at);
    this.#requesters.askedAgain(race.resolverRequest, race.quic.source, 'addresses', at);
    return race.quic;
  }

  /** Connecting over TCP begins. */
  release(race: ConnectRace, at: Millis): void {
    if (race.released) return;
    race.released = true;
    for (const stream of race.streams) if (stream.main?.waiting === true) this.#resume(race, stream, at);
    const requests = [...race.streams].filter(({ request }) => request !== undefined);
    // A preconnect is content with QUIC, unless nobody else asks for a socket.
    if (race.quic?.ended === true || requests.length === 0) {
      for (const stream of race.streams) if (stream.request === undefined && stream.main === undefined) this.#streams.startMain(stream, false, at).requestSocket(stream.destination, at);
    }
    if (race.main !== undefined) return;
    race.main = this.#connectJob(race, false, at);
    this.#requesters.askedAgain(race.resolverRequest, race.main.source, this.#requestKind, at);
  }

  /** Which job an attempt over TCP belongs to. */
  jobFor(race: ConnectRace, endpoint: Endpoint, cause: StartCause, at: Millis): ConnectJob {
    const earlier = 'after' in cause ? race.attempts.get(cause.after) : undefined;
    if (earlier?.ended === false) return earlier;
    this.release(race, at);
    const key = endpointKey(endpoint);
    const repeats = this.#facts.parameters.backupDelayMs !== undefined && race.tried.has(key);
    race.tried.add(key);
    if (!repeats && race.main?.ended === false) return race.main;
    if (repeats && race.backup?.ended === false) return race.backup;
    const job = this.#connectJob(race, repeats, at);
    this.#requesters.askedAgain(race.resolverRequest, job.source, this.#requestKind, at);
    if (repeats) race.backup = job;
    else race.main = job;
    return job;
  }

  /** After which a job's first attempt counts as slow; `undefined`: never. */
  slowAfter(race: ConnectRace): Millis | undefined {
    const { plan, connectionAttemptDelayMs } = this.#facts.parameters;
    const fallsBack = this.#form === 'tcp-connect-job' || race.view?.services.some(({ ipv4 }) => ipv4.state === 'positive') === true;
    return plan === 'one-at-a-time' || !fallsBack ? undefined : connectionAttemptDelayMs;
  }

  /** `error`: `undefined` if it has brought a session. */
  quicOver(race: ConnectRace, error: number | undefined, at: Millis): void {
    if (race.quic === undefined) return;
    race.quic.end(error ?? 0, at);
    for (const stream of race.streams) this.#streams.quicJobOver(stream, error === undefined, at);
  }

  /** A job that has tried all that there is has failed, though others may go on. */
  endExhausted(race: ConnectRace, at: Millis): void {
    if ((race.view?.openQueries.length ?? 0) > 0) return;
    const known = (race.view?.services ?? []).flatMap(({ tcp, ipv4, ipv6, port }) =>
      tcp.length === 0 ? [] : [ipv4, ipv6].flatMap((family) => (family.state === 'positive' ? family.addresses.map((address) => formatEndpoint({ address, port })) : [])),
    );
    for (const job of [race.main, race.backup]) {
      if (job?.idle === true && job.lastError !== undefined && known.every((endpoint) => job.hasTried(endpoint))) job.end(job.lastError, at);
    }
  }

  /** One has connected: those that have nothing in hand are not wanted. */
  endIdle(race: ConnectRace, at: Millis): void {
    for (const job of [race.main, race.backup]) if (job?.idle === true) job.end(job.lastError ?? NET_ERRORS.ERR_ABORTED, at);
  }

  /** `error`: what is unfinished fails with. */
  end(race: ConnectRace, error: number, at: Millis): void {
    this.quicOver(race, error, at);
    race.main?.end(error, at);
    race.backup?.end(error, at);
  }

  #resume(race: ConnectRace, stream: Stream, at: Millis): void {
    const delay = race.quic?.ended === true ? 0 : (race.tcpHeldBack ?? 0);
    stream.main?.resume(delay, at);
    stream.main?.requestSocket(stream.destination, at);
  }

  #connectJob({ destination }: ConnectRace, backup: boolean, at: Millis): ConnectJob {
    return new ConnectJob(this.#log, this.#facts, this.#form, destination, backup, at);
  }

  /** TcpConnectJob asks for service endpoints. */
  get #requestKind(): RequestKind {
    return this.#form === 'tcp-connect-job' ? 'service-endpoints' : 'addresses';
  }
}
