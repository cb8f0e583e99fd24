/** One destination: the requests that wait for a connection to it, the races that run for them, and how many it takes. */
import type { Millis } from '../../units.ts';
import { type Destination, destinationKey } from './destination.ts';
import { RequestQueue } from './request-queue.ts';
import { type RunningRace, bringsSocket } from './running-race.ts';

/** What the number of races depends on, apart from the group itself. */
export interface SocketDemand {
  /** That the destination has already, idle or not. */
  readonly sockets: number;
  /** One race is enough for preconnects as long as QUIC may serve them. */
  readonly preconnectsTrustQuic: boolean;
  /** One is enough, unless the first takes longer than `throttle`. */
  readonly isMultiplexed: boolean;
  readonly throttle: Millis;
}

export class DestinationGroup {
  readonly destination: Destination;
  readonly key: string;
  readonly waiting = new RequestQueue();
  readonly #races: RunningRace[] = [];
  /** Races that were lost while others go on: no new ones make up for them, or they would take turns for ever. */
  #lostBeside = 0;
  #throttledSince: Millis | undefined;

  constructor(destination: Destination) {
    this.destination = destination;
    this.key = destinationKey(destination);
  }

  /** Not over, oldest first. */
  get races(): readonly RunningRace[] {
    return this.#races;
  }

  get first(): RunningRace | undefined {
    return this.#races[0];
  }

  /** The one that may connect over QUIC. */
  get withQuic(): RunningRace | undefined {
    return this.#races.find(({ transports }) => transports !== 'tcp');
  }

  /** Sockets under way. */
  get connecting(): number {
    return this.#races.reduce((count, race) => count + (bringsSocket(race) ? 1 : 0), 0);
  }

  add(race: RunningRace): void {
    this.#races.push(race);
  }

  remove(race: RunningRace): void {
    const index = this.#races.indexOf(race);
    if (index >= 0) this.#races.splice(index, 1);
    if (this.connecting > 0) return;
    this.#throttledSince = undefined;
    this.#lostBeside = 0;
  }

  /** A race is lost, and who waited for it waits for those beside it. */
  lostBeside(): void {
    this.#lostBeside += 1;
  }

  /** When the wait for a server that multiplexes is over; `Infinity`: nothing waits for that. */
  throttleEndsAt(throttle: Millis): Millis {
    return this.#throttledSince === undefined ? Infinity : this.#throttledSince + throttle;
  }

  /**
   * How many sockets more are wanted now: as many as there are requests, or as the largest preconnect wants, less those
   * under way (M-32, M-37) and those that could not be had; negative: so many are not needed.
   */
  socketsWanted({ sockets, preconnectsTrustQuic, isMultiplexed, throttle }: SocketDemand, now: Millis): number {
    const { connecting } = this;
    const { loads, mostSockets } = this.waiting;
    const wanted = Math.max(loads, preconnectsTrustQuic && this.#mayGetQuic() ? Math.min(mostSockets, 1) : mostSockets - sockets);
    return (isMultiplexed ? this.#throttled(wanted, loads, throttle, now) : wanted) - connecting - this.#lostBeside;
  }

  #mayGetQuic(): boolean {
    return this.#races.some(({ transports, quic, state, services }) => transports === 'any' && quic === 'untried' && state === 'running' && services.mayBeQuic);
  }

  /** M-46 to M-48: loads wait for the first attempt, for a while; preconnects need no more than that one (M-38). */
  #throttled(wanted: number, loads: number, throttle: Millis, now: Millis): number {
    if (wanted <= 1 || this.throttleEndsAt(throttle) <= now) return Math.max(loads, Math.min(wanted, 1));
    if (loads > 1 && this.#races.some(({ connections }) => connections.size > 0)) this.#throttledSince ??= now;
    return 1;
  }
}
