/** What the end of a race means for its destination: for those who wait, and for the races beside it. */
import type { Millis } from '../../units.ts';
import type { RaceFailure } from '../race/race-output.ts';
import type { RequestFailure } from './client-output.ts';
import { upgraded } from './destination.ts';
import type { DestinationGroup } from './destination-group.ts';
import { ALPN_NEGOTIATION_FAILED, type Destinations } from './destinations.ts';
import type { RaceNews } from './races.ts';
import { permits } from './request.ts';
import type { Requests } from './requests.ts';
import { type RunningRace, bringsSocket } from './running-race.ts';
import type { Session } from './session.ts';
import type { SocketParts, Sockets } from './sockets.ts';

const FAILURES: Readonly<Record<Exclude<RaceFailure, 'upgraded-to-https'>, RequestFailure>> = {
  'no-addresses': 'name-not-resolved',
  'attempts-failed': 'connection-failed',
  'fatal-attempt-error': 'connection-failed',
  'service-records-unavailable': 'service-records-unavailable',
  'timed-out': 'timed-out',
  cancelled: 'network-changed',
};

export class RaceOutcomes {
  readonly #parts: SocketParts;
  readonly #requests: Requests;
  readonly #destinations: Destinations;
  readonly #sockets: Sockets;

  constructor(parts: SocketParts, requests: Requests, destinations: Destinations) {
    this.#parts = parts;
    this.#requests = requests;
    this.#destinations = destinations;
    this.#sockets = destinations.sockets;
  }

  hear(news: RaceNews, race: RunningRace, now: Millis): void {
    const group = this.#sockets.group(race.destination);
    switch (news.kind) {
      case 'attempt-began':
        this.#sockets.offerTcp(group, now);
        if (group.waiting.size > 1) this.#sockets.fill(group, now);
        return;
      case 'won':
        return this.#won(race, group, now);
      case 'over':
        this.#sockets.end(race, group, now);
        return this.#sockets.fillBlocked(now);
      case 'lost':
        if (news.failure === 'upgraded-to-https') return this.#upgrade(race, group, now);
        return this.#lost(race, group, FAILURES[news.failure], news.failure === 'attempts-failed' || news.failure === 'timed-out' ? 'race' : 'destination', now);
    }
  }

  /**
   * A name without addresses ends its race, though hints may have started it. Where QUIC is a job of its own, it is that
   * one which has asked: preconnects have no other and fail with it, and for loads the one for TCP asks once more.
   */
  nameNotResolved(race: RunningRace, now: Millis): void {
    const { options, races } = this.#parts;
    const group = this.#sockets.group(race.destination);
    const askedForQuic = options.sockets.connectionsBy === 'connect-jobs' && race.transports === 'any' && race.destination.scheme === 'https' && bringsSocket(race);
    if (askedForQuic && group.waiting.loads > 0) this.#asksOnceMore(race, group, now);
    else this.#lost(race, group, 'name-not-resolved', 'destination', now);
    races.dismiss(race, now);
  }

  #asksOnceMore(race: RunningRace, group: DestinationGroup, now: Millis): void {
    this.#sockets.end(race, group, now);
    this.#destinations.failAll(group, 'name-not-resolved', undefined, now, 'preconnect');
    const [load] = group.waiting.all();
    for (const waiting of group.waiting.all()) delete waiting.race;
    if (load !== undefined && group.connecting === 0) this.#sockets.begin('tcp-alone', load, group, now);
    this.#sockets.fill(group, now);
  }

  /** All that the race was for is served by a session for another name. */
  pool(race: RunningRace, session: Session, now: Millis): void {
    const { outbox, races } = this.#parts;
    const group = this.#sockets.group(race.destination);
    outbox.emit({ kind: 'session-pooled', race: race.id, connection: session.connection }, now);
    session.aliases.add(group.key);
    this.#sockets.end(race, group, now);
    this.#destinations.serveWaiting(group, now, session);
    races.dismiss(race, now);
    this.#sockets.spare(group, now);
  }

  /** M-11: what runs is cancelled, and what waits fails, be it for a free place. */
  giveUp(error: number, now: Millis): void {
    for (const group of this.#sockets.groups()) {
      const waitsForPlace = group.connecting === 0;
      for (const { race } of group.races) race.cancel(now);
      for (const race of group.races) race.lastError = error;
      if (waitsForPlace) this.#destinations.failAll(group, 'network-changed', error, now);
    }
  }

  #won(race: RunningRace, group: DestinationGroup, now: Millis): void {
    const { brought } = race;
    const [waited] = group.waiting.all();
    if (waited !== undefined && this.#goesOnOverTcp(race)) {
      const heir = this.#sockets.begin('tcp-alone', waited, group, now);
      heir.state = 'unwanted';
      // Before the race that has won asks no more, so that the queries under way go on.
      this.#parts.races.askNow(heir, now);
    }
    if (race.race.ended) this.#sockets.end(race, group, now);
    else race.state = 'won';
    this.#sockets.offerTcp(group, now);
    if (brought?.alpn === 'http/1.1' && group.withQuic === undefined) this.#refuseHttp11(group, now);
    this.#destinations.serveWaiting(group, now, brought);
    this.#sockets.spare(group, now);
    this.#sockets.fillBlocked(now);
  }

  /** Where QUIC is a job of its own, that of TCP goes on when QUIC has won, be it while it still resolves. */
  #goesOnOverTcp({ brought, aim, tcpStarted, tcpHeldBack, services }: RunningRace): boolean {
    if (this.#parts.options.sockets.connectionsBy === 'attempt-manager' || brought?.transport !== 'quic' || aim !== 'socket' || tcpStarted || tcpHeldBack !== undefined) return false;
    return !services.withholdsTcp && services.known().openQueries.length > 0;
  }

  /** M-49. */
  #refuseHttp11(group: DestinationGroup, now: Millis): void {
    for (const request of group.waiting.all()) {
      if (permits(request, 'http/1.1') || !group.waiting.remove(request.id)) continue;
      this.#requests.fail(request.id, 'connection-failed', ALPN_NEGOTIATION_FAILED, now);
    }
  }

  /** One race of several fails preconnects (M-40) and, where it is a job of its own, one load; the other loads wait for those beside it. */
  #lost(race: RunningRace, group: DestinationGroup, failure: RequestFailure, concerns: 'race' | 'destination', now: Millis): void {
    const wasWanted = bringsSocket(race);
    this.#sockets.end(race, group, now);
    this.#sockets.offerTcp(group, now);
    if (!wasWanted) this.#sockets.fill(group, now);
    else if (concerns === 'race' && group.connecting > 0) {
      this.#destinations.failAll(group, failure, race.lastError, now, 'preconnect');
      const load = this.#parts.options.sockets.connectionsBy === 'connect-jobs' ? group.waiting.first : undefined;
      if (load === undefined) group.lostBeside();
      else if (group.waiting.remove(load.id)) this.#requests.fail(load.id, failure, race.lastError, now);
    } else {
      this.#destinations.failAll(group, failure, race.lastError, now);
      // Those that were lost at the same instant, as by a network change, say so themselves.
      for (const other of group.races.filter((running) => bringsSocket(running) && !running.race.ended)) this.#sockets.abandon(other, group, now);
    }
    this.#sockets.fillBlocked(now);
  }

  #upgrade(race: RunningRace, group: DestinationGroup, now: Millis): void {
    const destination = upgraded(race.destination);
    const waiting = group.waiting.take();
    this.#sockets.end(race, group, now);
    for (const request of waiting) {
      request.destination = destination;
      delete request.race;
      this.#parts.outbox.emit({ kind: 'request-redirected', request: request.id, destination }, now);
      this.#destinations.serve(request, now);
    }
  }
}
