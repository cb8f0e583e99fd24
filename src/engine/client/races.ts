/** The races of a client: begins them, carries out what they want, and says what has become of them. */
import type { Millis } from '../../units.ts';
import { Race } from '../race/race.ts';
import type { RaceFailure, RaceOutput } from '../race/race-output.ts';
import type { ResolverOutput } from '../resolver/output.ts';
import type { Random } from '../svcb/record-set.ts';
import { createServiceLookup } from '../svcb/service-lookup.ts';
import type { AddressHistories } from './address-histories.ts';
import type { RaceId } from './client-output.ts';
import type { ClientOptions } from './client-options.ts';
import type { Connections } from './connections.ts';
import type { Outbox } from './outbox.ts';
import type { RacePlan } from './race-plan.ts';
import { RaceServices } from './race-services.ts';
import type { Resolutions } from './resolutions.ts';
import type { RunningRace } from './running-race.ts';

/** What the layer above has to act upon. */
export type RaceNews =
  | { readonly kind: 'attempt-began' }
  /** Attempts over the other transport may go on. */
  | { readonly kind: 'won' }
  /** Of one that had won: nothing goes on any more. */
  | { readonly kind: 'over' }
  | { readonly kind: 'lost'; readonly failure: RaceFailure };

export class Races {
  readonly #options: Pick<ClientOptions, 'lookup' | 'raceFor'>;
  readonly #random: Random;
  readonly #outbox: Outbox;
  readonly #resolutions: Resolutions;
  readonly #connections: Connections;
  readonly #histories: AddressHistories;
  readonly #races = new Set<RunningRace>();
  /** Those that have heard answers and not acted upon them yet: the cache gives several at once. */
  readonly #told = new Set<RunningRace>();
  #last: RaceId = 0;

  constructor(options: Pick<ClientOptions, 'lookup' | 'raceFor'>, random: Random, parts: { readonly outbox: Outbox; readonly resolutions: Resolutions; readonly connections: Connections; readonly histories: AddressHistories }) {
    this.#options = options;
    this.#random = random;
    this.#outbox = parts.outbox;
    this.#resolutions = parts.resolutions;
    this.#connections = parts.connections;
    this.#histories = parts.histories;
  }

  /** In the order in which they began. */
  all(): readonly RunningRace[] {
    return [...this.#races];
  }

  nextWakeAt(): Millis {
    let next = Infinity;
    for (const { race } of this.#races) next = Math.min(next, race.nextWakeAt ?? Infinity);
    return next;
  }

  wake(now: Millis): void {
    for (const { race } of this.#races) race.wake(now);
  }

  /** Lets those that have heard answers act upon them. */
  wakeTold(now: Millis): void {
    for (const { race } of this.#told) race.wake(now);
    this.#told.clear();
  }

  begin({ aim, destination, preconnect, transports, tcp, tcpHeldBack, protocols, alternatives, besides }: RacePlan, now: Millis): RunningRace {
    const { lookup, raceFor } = this.#options;
    const services = new RaceServices(createServiceLookup({ ...destination, alternatives }, { ...lookup, protocols }, this.#random), tcp);
    const options = raceFor({ scheme: destination.scheme, tcpHeldBack, transports, isBeside: besides !== undefined, history: this.#histories.of(destination) });
    const race: RunningRace = {
      id: ++this.#last,
      race: new Race(services, options),
      destination,
      resolverRequest: this.#resolutions.newId(),
      services,
      aim,
      transports,
      tcpHeldBack,
      connections: new Map(),
      state: 'running',
      asked: false,
      tcpStarted: false,
      quic: 'untried',
      failedAlternatives: new Set(),
      lastError: undefined,
    };
    this.#races.add(race);
    const { id, resolverRequest } = race;
    this.#outbox.emit({ kind: 'race-began', race: id, resolverRequest, destination, preconnect, tcpHeldBack, ...(besides !== undefined && { besides }) }, now);
    race.race.start(now);
    const view = services.known();
    if (view.openQueries.length === 0) this.#outbox.emit({ kind: 'services-updated', race: id, view }, now);
    return race;
  }

  learn(race: RunningRace, { query, answer }: Extract<ResolverOutput, { kind: 'answer' }>, now: Millis): void {
    race.race.learn(query, answer, now);
    this.#told.add(race);
    this.#outbox.emit({ kind: 'services-updated', race: race.id, view: race.services.known() }, now);
  }

  /** TCP is what it may now use as well. */
  offerTcp(race: RunningRace, now: Millis): void {
    if (!race.services.withholdsTcp) return;
    race.services.offerTcp();
    race.race.wake(now);
  }

  /** Carries out what a race wants, step by step, and tells what concerns the layer above. */
  *pass(race: RunningRace, now: Millis): Generator<RaceNews | undefined> {
    for (const output of race.race.takeOutputs()) {
      this.#outbox.put({ layer: 'race', race: race.id, at: output.at, output });
      yield this.#carryOut(output, race, now);
    }
  }

  /** Carries out what a race that has just begun wants, which is to ask. */
  askNow(race: RunningRace, now: Millis): void {
    for (const output of race.race.takeOutputs()) {
      this.#outbox.put({ layer: 'race', race: race.id, at: output.at, output });
      this.#carryOut(output, race, now);
    }
  }

  /** What it has asked and begun ends with it. */
  close(race: RunningRace, now: Millis): void {
    this.#races.delete(race);
    this.#resolutions.stop(race, now);
    for (const attempt of race.connections.keys()) this.#connections.cancel(race, attempt, now);
  }

  /** Nobody needs it: it is closed without a word to those who wait. */
  abandon(race: RunningRace, now: Millis): void {
    this.#outbox.emit({ kind: 'race-abandoned', race: race.id }, now);
    this.dismiss(race, now);
  }

  /** The same, where it has been told why. */
  dismiss(race: RunningRace, now: Millis): void {
    this.close(race, now);
    race.race.cancel(now);
    for (const output of race.race.takeOutputs()) this.#outbox.put({ layer: 'race', race: race.id, at: output.at, output });
  }

  #carryOut(output: RaceOutput, race: RunningRace, now: Millis): RaceNews | undefined {
    switch (output.kind) {
      case 'query':
        this.#resolutions.ask(output, race, now);
        return undefined;
      case 'start-attempt':
        this.#connections.start(output, race, now);
        return { kind: 'attempt-began' };
      case 'permit-crypto':
        this.#connections.permitCrypto(output, race, now);
        return undefined;
      case 'cancel-attempt':
        this.#connections.cancel(race, output.attempt, now);
        return undefined;
      case 'won':
      case 'over':
        return { kind: output.kind };
      case 'lost':
        return { kind: 'lost', failure: output.failure };
      case 'gate-opened':
      case 'cancel-queries':
        return undefined;
    }
  }
}
