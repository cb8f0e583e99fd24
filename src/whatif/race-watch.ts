/** What becomes of one race in a simulation: its attempts, and the first connection that can be used. */
import { type Family, familyOfCanonical, formatEndpoint } from '../address.ts';
import type { ConnectionId } from '../engine/client/client-output.ts';
import type { Endpoint } from '../engine/endpoint.ts';
import type { Happening } from '../simulator/happening.ts';
import type { Observer } from '../simulator/simulate.ts';
import type { Millis } from '../units.ts';
import type { Winner } from './inferred-race.ts';

export interface SimulatedRace {
  readonly outcome: 'connected' | 'failed' | 'unfinished';
  /** From the race's beginning to the first usable connection, or to the failure; absent: unfinished. */
  readonly afterMs?: Millis;
  readonly winner?: Winner;
  /** To the end of the simulation: those that are still made when the race is won are of its making. */
  readonly attempts: number;
  /** The winner's family is not that of the first attempt. */
  readonly familyFallback: boolean;
  /** QUIC was attempted and TCP won. */
  readonly transportFallback: boolean;
  /** The winner's attempt began before the last DNS answer was in. */
  readonly intermediateWin: boolean;
}

export class RaceWatch implements Observer {
  readonly #destination: { readonly host: string; readonly port: number };
  readonly #begins: Millis;
  readonly #untilMs: Millis;
  readonly #attempts: { readonly connection: ConnectionId; readonly endpoint: Endpoint; readonly at: Millis }[] = [];
  readonly #races = new Set<number>();
  readonly #requests = new Set<number>();
  #resolverRequest: number | undefined;
  #resolvedAt: Millis | undefined;
  #won: { readonly connection: ConnectionId; readonly at: Millis } | undefined;
  #failedAt: Millis | undefined;

  /** @param untilMs of the simulation's clock: later races to the destination are others. */
  constructor(destination: { readonly host: string; readonly port: number }, begins: Millis, untilMs: Millis = Infinity) {
    this.#destination = destination;
    this.#begins = begins;
    this.#untilMs = untilMs;
  }

  happens(happening: Happening): void {
    if (happening.layer === 'resolver') {
      const { output, at } = happening;
      if (output.kind === 'finished' && output.requestId === this.#resolverRequest) this.#resolvedAt ??= at;
      return;
    }
    if (happening.layer !== 'client' || happening.at < this.#begins) return;
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the rest decides nothing here
    switch (happening.kind) {
      case 'request-began':
        if (happening.purpose !== 'resolve' && this.#isMine(happening.destination, happening.at)) this.#requests.add(happening.request);
        return;
      case 'race-began': {
        if (!this.#isMine(happening.destination, happening.at)) return;
        this.#races.add(happening.race);
        this.#resolverRequest ??= happening.resolverRequest;
        return;
      }
      case 'attempt-began':
        if (this.#races.has(happening.race)) this.#attempts.push(happening);
        return;
      case 'session-opened':
        if (this.#races.has(happening.race)) this.#won ??= happening;
        return;
      case 'request-failed':
        if (this.#requests.has(happening.request)) this.#failedAt ??= happening.at;
        return;
      default:
        return;
    }
  }

  #isMine({ host, port }: { readonly host: string; readonly port: number }, at: Millis): boolean {
    return host === this.#destination.host && port === this.#destination.port && at < this.#untilMs;
  }

  result(): SimulatedRace {
    const attempts = this.#attempts.length;
    const won = this.#won;
    const winning = this.#attempts.find(({ connection }) => connection === won?.connection);
    if (won === undefined || winning === undefined) {
      const failed = this.#failedAt === undefined ? ({ outcome: 'unfinished' } as const) : ({ outcome: 'failed', afterMs: this.#failedAt - this.#begins } as const);
      return { ...failed, attempts, familyFallback: false, transportFallback: false, intermediateWin: false };
    }
    const winner = winnerOf(winning.endpoint);
    const before = this.#attempts.filter(({ at }) => at <= won.at);
    return {
      outcome: 'connected',
      afterMs: won.at - this.#begins,
      winner,
      attempts,
      familyFallback: before[0] !== undefined && familyOfEndpoint(before[0].endpoint) !== winner.family,
      transportFallback: winner.transport === 'tcp' && before.some(({ endpoint }) => endpoint.transport === 'quic'),
      intermediateWin: this.#resolvedAt === undefined || winning.at < this.#resolvedAt,
    };
  }
}

function winnerOf(endpoint: Endpoint): Winner {
  return { ipEndpoint: formatEndpoint(endpoint.ip), family: familyOfEndpoint(endpoint), transport: endpoint.transport };
}

function familyOfEndpoint({ ip }: Endpoint): Family {
  return familyOfCanonical(ip.address);
}
