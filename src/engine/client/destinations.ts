/**
 * Who is served by what: requests get sessions where there are some, or wait for the races of their destination. What
 * becomes of these says `race-outcomes.ts`.
 *
 * What a session is good for says `session-pool.ts`, how many races a destination has `sockets.ts`.
 */
import type { Millis } from '../../units.ts';
import type { ConnectionId, RequestFailure } from './client-output.ts';
import { type Destination, destinationKey } from './destination.ts';
import type { DestinationGroup } from './destination-group.ts';
import { type Request, permits } from './request.ts';
import type { Requests } from './requests.ts';
import { type RunningRace, bringsSocket } from './running-race.ts';
import { type Session, isIdle } from './session.ts';
import { type SocketParts, Sockets } from './sockets.ts';

/** ERR_ALPN_NEGOTIATION_FAILED. */
export const ALPN_NEGOTIATION_FAILED = -122;
/** ERR_PRECONNECT_MAX_SOCKET_LIMIT. */
const PRECONNECT_AT_LIMIT = -133;

export class Destinations {
  readonly sockets: Sockets;
  readonly #parts: SocketParts;
  readonly #requests: Requests;

  constructor(parts: SocketParts, requests: Requests) {
    this.sockets = new Sockets(parts);
    this.#parts = parts;
    this.#requests = requests;
  }

  /** By a session, by the races that run, or by a new race. */
  serve(request: Request, now: Millis): void {
    const { sessions } = this.#parts;
    const session = this.#sessionFor(request);
    if (session !== undefined) {
      this.#requests.assign(request, session, true, now);
      return this.#improve(session, request, now);
    }
    const group = this.sockets.group(request.destination);
    if (request.purpose === 'preconnect') {
      if (sessions.sockets(group.key) >= request.sockets) return this.#requests.done(request.id, now);
      if (this.sockets.limitFor(group) !== undefined) return this.#requests.fail(request.id, 'connection-failed', PRECONNECT_AT_LIMIT, now);
    }
    group.waiting.add(request);
    this.sockets.offerTcp(group, now);
    this.sockets.fill(group, now);
  }

  /** Every request that waits for the destination could do with what there is. */
  isServed(destination: Destination): boolean {
    const waiting = this.sockets.group(destination).waiting.all();
    return this.#parts.sessions.isMultiplexed(destination) && waiting.every((request) => this.#sessionFor(request) !== undefined);
  }

  /** Nobody waits whom the session may not serve. */
  wants({ destination }: RunningRace, { alpn }: Session): boolean {
    const { waiting } = this.sockets.group(destination);
    return waiting.size === 0 || waiting.all().some((request) => permits(request, alpn));
  }

  /** Attempts over QUIC that no request may use any more (M-70); with nobody waiting at all, they go on (M-16). */
  uselessQuic(destination: Destination): readonly ConnectionId[] {
    const { waiting, withQuic } = this.sockets.group(destination);
    if (withQuic === undefined || waiting.size === 0 || waiting.all().some((request) => permits(request, 'h3'))) return [];
    return [...withQuic.connections.values()].filter(({ start }) => start.endpoint.transport === 'quic').map(({ id }) => id);
  }

  /** The attempts of its race go on (M-16); a race that still resolves, and that nobody else needs, does not (HE-52). */
  withdraw({ id, destination }: Request, now: Millis): void {
    const group = this.sockets.group(destination);
    if (!group.waiting.remove(id)) return;
    this.sockets.abandonIdle(group, now);
    this.sockets.fillBlocked(now);
  }

  /** More is known of the services of the race: whether preconnects need TCP, too. */
  servicesKnown({ destination }: RunningRace, now: Millis): void {
    const group = this.sockets.group(destination);
    if (group.waiting.mostSockets > 1) this.sockets.fill(group, now);
  }

  /** Its attempt over TCP has failed: where they are all in one hand, that is enough for preconnects, which then need no race (M-40). */
  tcpAttemptFailed(race: RunningRace, error: number, now: Millis): void {
    if (this.#parts.options.sockets.connectionsBy === 'connect-jobs' || !bringsSocket(race)) return;
    const group = this.sockets.group(race.destination);
    if (group.waiting.mostSockets === 0) return;
    this.failAll(group, 'connection-failed', error, now, 'preconnect');
    this.sockets.abandonIdle(group, now);
  }

  /** A session is free again for whoever waits, or a socket is gone. */
  socketChanged(destination: Destination, now: Millis): void {
    this.serveWaiting(this.sockets.group(destination), now);
    this.sockets.fillBlocked(now);
  }

  /** Those of one purpose, or all. */
  failAll(group: DestinationGroup, failure: RequestFailure, error: number | undefined, now: Millis, purpose?: Request['purpose']): void {
    for (const request of group.waiting.all()) {
      if (purpose !== undefined && request.purpose !== purpose) continue;
      group.waiting.remove(request.id);
      this.#requests.fail(request.id, failure, error, now);
    }
  }

  /** By `brought`, which is new to the destination, or by what there is; a preconnect is done with the first connection (M-40). */
  serveWaiting(group: DestinationGroup, now: Millis, brought?: Session): void {
    for (const request of group.waiting.all()) {
      const fits = brought !== undefined && permits(request, brought.alpn) && (request.purpose === 'preconnect' || isIdle(brought));
      const session = fits ? brought : this.#sessionFor(request);
      if (session === undefined) continue;
      group.waiting.remove(request.id);
      const isOwn = session === brought && destinationKey(session.destination) === group.key;
      this.#requests.assign(request, session, !isOwn, now);
    }
    this.sockets.fill(group, now);
  }

  /** A preconnect wants sockets of its own, unless one session will do for all. */
  #sessionFor({ destination, purpose, ...terms }: Request): Session | undefined {
    const { sessions, options } = this.#parts;
    const own = purpose === 'preconnect' && !sessions.isMultiplexed(destination) ? undefined : sessions.forDestination(destination, terms);
    return own ?? (options.quic.originFrameSkipsDns ? sessions.claiming(destination, terms) : undefined);
  }

  /** A request on a TCP session whose origin has advertised h3 starts a QUIC connection, for those to come. */
  #improve({ transport }: Session, request: Request, now: Millis): void {
    const { options, quic } = this.#parts;
    const { destination } = request;
    if (!options.quic.startsBeside || transport === 'quic' || !permits(request, 'h3')) return;
    const group = this.sockets.group(destination);
    if (group.withQuic !== undefined || quic.isBroken(destination, now) || !quic.offers(destination, 'h3', now)) return;
    this.sockets.begin('quic-beside', request, group, now);
  }
}
