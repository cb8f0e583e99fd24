/**
 * The races of each destination: as many as its requests want, within the limits on sockets, the destination with the
 * most urgent request first (M-31 to M-35).
 */
import type { Millis } from '../../units.ts';
import type { ClientOptions } from './client-options.ts';
import { type Destination, destinationKey } from './destination.ts';
import { DestinationGroup, type SocketDemand } from './destination-group.ts';
import type { Outbox } from './outbox.ts';
import type { QuicMemory } from './quic-memory.ts';
import { planRace } from './race-plan.ts';
import type { Races } from './races.ts';
import type { Request } from './request.ts';
import { rank } from './request-queue.ts';
import { type RaceAim, type RunningRace, bringsSocket, hasLeftQuic } from './running-race.ts';
import type { ServerMemory } from './server-memory.ts';
import type { Session } from './session.ts';
import type { SessionPool } from './session-pool.ts';
import { limitReached } from './socket-limits.ts';

export interface SocketParts {
  readonly options: ClientOptions;
  readonly outbox: Outbox;
  readonly races: Races;
  readonly sessions: SessionPool;
  readonly quic: QuicMemory;
  readonly servers: ServerMemory;
}

export class Sockets {
  readonly #parts: SocketParts;
  readonly #groups = new Map<string, DestinationGroup>();
  /** Those that a limit keeps from a race. */
  readonly #blocked = new Set<DestinationGroup>();

  constructor(parts: SocketParts) {
    this.#parts = parts;
  }

  /** When a throttled destination may begin another race. */
  nextWakeAt(): Millis {
    let next = Infinity;
    for (const group of this.#groups.values()) if (group.waiting.loads > group.connecting) next = Math.min(next, group.throttleEndsAt(this.#throttle));
    return next;
  }

  wake(now: Millis): void {
    for (const group of this.#groups.values()) if (group.throttleEndsAt(this.#throttle) <= now) this.fill(group, now);
  }

  groups(): readonly DestinationGroup[] {
    return [...this.#groups.values()];
  }

  group(destination: Destination): DestinationGroup {
    const key = destinationKey(destination);
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const group = new DestinationGroup(destination);
    this.#groups.set(key, group);
    return group;
  }

  limitFor(group: DestinationGroup): 'group' | 'pool' | undefined {
    const { options, sessions } = this.#parts;
    const connecting = this.groups().reduce((count, other) => count + other.connecting, 0);
    return limitReached(options.sockets.limits, sessions.sockets(group.key) + group.connecting, sessions.sockets() + connecting);
  }

  /** Begins the races that are wanted and not there yet; who waits is told of one to wait for. */
  fill(group: DestinationGroup, now: Millis): void {
    for (let wanted = group.socketsWanted(this.#demandOf(group), now); wanted > 0; wanted -= 1) {
      const request = group.waiting.all().find(({ race }) => race === undefined) ?? group.waiting.first;
      if (request === undefined || !(request.ignoresLimits === true || this.#makeRoom(group, now))) break;
      this.begin('socket', request, group, now);
    }
    const joined = group.races.find(bringsSocket);
    if (joined !== undefined) for (const request of group.waiting.all()) if (request.race === undefined) this.#join(request, joined, now);
  }

  begin(aim: RaceAim, request: Request, group: DestinationGroup, now: Millis): RunningRace {
    const race = this.#parts.races.begin(planRace(aim, request, group, this.#parts, now), now);
    group.add(race);
    if (aim === 'socket' && request.race === undefined) this.#join(request, race, now);
    return race;
  }

  /** A place is free: for the most urgent of those that had none. */
  fillBlocked(now: Millis): void {
    if (this.#blocked.size === 0) return;
    const urgency = ({ waiting }: DestinationGroup): number => (waiting.first === undefined ? -1 : rank(waiting.first.priority));
    const groups = [...this.#blocked].toSorted((a, b) => urgency(b) - urgency(a));
    this.#blocked.clear();
    for (const group of groups) this.fill(group, now);
  }

  end(race: RunningRace, group: DestinationGroup, now: Millis): void {
    this.#parts.races.close(race, now);
    group.remove(race);
  }

  abandon(race: RunningRace, group: DestinationGroup, now: Millis): void {
    group.remove(race);
    this.#parts.races.abandon(race, now);
  }

  /** Ends races that nobody waits for any more, and that have no attempt under way; one that has goes on (M-16). */
  abandonIdle(group: DestinationGroup, now: Millis): void {
    const surplus = -group.socketsWanted(this.#demandOf(group), now);
    const idle = group.races.filter((race) => bringsSocket(race) && race.connections.size === 0);
    if (surplus > 0) for (const race of idle.toReversed().slice(0, surplus)) this.abandon(race, group, now);
  }

  /** A session serves all: what else is under way is given up, or goes on for nobody (M-42). */
  spare(group: DestinationGroup, now: Millis): void {
    const { sessions, options } = this.#parts;
    if (!sessions.isMultiplexed(group.destination)) return;
    const surplus = -group.socketsWanted(this.#demandOf(group), now);
    if (surplus <= 0) return;
    for (const race of group.races.filter(bringsSocket).slice(-surplus).toReversed()) {
      if (options.sockets.connectionsBy === 'connect-jobs' && race.connections.size > 0) race.state = 'unwanted';
      else this.abandon(race, group, now);
    }
  }

  /** A load needs TCP, whatever a preconnect could do without; and races beside the one with QUIC follow it to TCP. */
  offerTcp({ withQuic, waiting, races }: DestinationGroup, now: Millis): void {
    if (withQuic !== undefined && waiting.loads > 0) this.#parts.races.offerTcp(withQuic, now);
    if (withQuic === undefined || hasLeftQuic(withQuic)) for (const race of races) this.#parts.races.offerTcp(race, now);
  }

  /** By the client. */
  close({ connection }: Session, now: Millis): void {
    const { sessions, outbox } = this.#parts;
    sessions.remove(connection);
    outbox.emit({ kind: 'session-closed', connection }, now);
    outbox.emit({ kind: 'cancel-connection', connection }, now);
  }

  #join(request: Request, race: RunningRace, now: Millis): void {
    request.race = race.id;
    this.#parts.outbox.emit({ kind: 'race-joined', race: race.id, request: request.id }, now);
  }

  /** `false`: a limit is reached, and no idle socket of another destination can make room (M-33). */
  #makeRoom(group: DestinationGroup, now: Millis): boolean {
    const limit = this.limitFor(group);
    if (limit === undefined) return true;
    const idle = limit === 'pool' ? this.#parts.sessions.idleSockets().find(({ destination }) => destinationKey(destination) !== group.key) : undefined;
    if (idle === undefined) this.#blocked.add(group);
    else this.close(idle, now);
    return idle !== undefined;
  }

  #demandOf({ key, destination }: DestinationGroup): SocketDemand {
    const { options, sessions, servers } = this.#parts;
    // What is forced to QUIC has one connection, however long that takes.
    const isForced = options.quic.isForced(destination);
    const preconnectsTrustQuic = options.sockets.connectionsBy === 'connect-jobs';
    return { sockets: sessions.sockets(key), preconnectsTrustQuic, isMultiplexed: isForced || servers.multiplexes(destination), throttle: isForced ? Infinity : this.#throttle };
  }

  get #throttle(): Millis {
    return this.#parts.options.sockets.throttle;
  }
}
