/** Runs the networks of a pack as a client has them; each network is drawn once, and each client run once. */
import { familyOf } from '../../src/address.ts';
import type { RaceId, RequestId } from '../../src/engine/client/client-output.ts';
import { withOverrides } from '../../src/engine/profiles/overrides.ts';
import { PROFILES } from '../../src/engine/profiles/profiles.ts';
import type { Happening } from '../../src/simulator/happening.ts';
import { OutcomeCollector } from '../../src/simulator/outcomes/outcome-collector.ts';
import { type Observer, simulate } from '../../src/simulator/simulate.ts';
import type { Scenario } from '../../src/simulator/scenario/scenario.ts';
import { createDraw } from './draw.ts';
import type { Pack, PackClient, PackRequest, Runs } from './pack.ts';

/** Of the generators; each network has its own, so that more of them leave the first ones as they are. */
const SEED = 10_000;

export function runsOf(pack: Pack): Runs {
  const scenarios = Array.from({ length: pack.networks }, (_, n) => pack.scenario(n, createDraw(SEED + n)));
  const runs = new Map<string, readonly PackRequest[]>();
  return (client) => {
    const key = JSON.stringify([client.profile, client.overrides]);
    const known = runs.get(key);
    if (known !== undefined) return known;
    const requests = scenarios.flatMap((scenario, network) => requestsOf(scenario, client, network));
    runs.set(key, requests);
    return requests;
  };
}

function requestsOf(scenario: Scenario, { profile, overrides = {} }: PackClient, network: number): PackRequest[] {
  const parameters = PROFILES[profile];
  if (parameters === undefined) throw new Error(`no profile ${profile}`);
  const outcomes = new OutcomeCollector();
  const races = new RaceCollector();
  const observer: Observer = {
    requestBegins: (request, url) => outcomes.requestBegins(request, url),
    happens(happening) {
      outcomes.happens(happening);
      races.happens(happening);
    },
  };
  simulate(scenario, withOverrides(parameters, overrides), network, observer);
  return outcomes.outcomes().map((outcome, i) => ({ network, outcome, hasMigrated: races.hasMigrated, ...races.of(i) }));
}

type RaceFacts = Omit<PackRequest, 'network' | 'outcome' | 'hasMigrated'>;
type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What the outcomes of requests leave out of their races. */
class RaceCollector {
  readonly #races = new Map<RaceId, Writable<RaceFacts>>();
  readonly #answers = new Map<number, { readonly race: Writable<RaceFacts>; a?: number; aaaa?: number }>();
  /** In the order in which they began. */
  readonly #requests = new Map<RequestId, RaceId | undefined>();
  #hasMigrated = false;

  happens(happening: Happening): void {
    switch (happening.layer) {
      case 'client':
        if (happening.kind === 'race-began') this.#raceBegan(happening.race, happening.resolverRequest);
        else if (happening.kind === 'request-began') this.#requests.set(happening.request, undefined);
        else if (happening.kind === 'race-joined' && this.#requests.get(happening.request) === undefined) this.#requests.set(happening.request, happening.race);
        return;
      case 'resolver':
        if (happening.output.kind === 'answer') this.#answered(happening.output.requestId, happening.output.query.type, happening.at);
        return;
      case 'network':
        if (happening.event.kind === 'migrated') this.#hasMigrated = true;
        return;
      case 'race':
        note(this.#races.get(happening.race), happening.output);
    }
  }

  get hasMigrated(): boolean {
    return this.#hasMigrated;
  }

  /** Of the request that began as the `n`th, from 0. */
  of(n: number): RaceFacts {
    const race = [...this.#requests.values()][n];
    return (race === undefined ? undefined : this.#races.get(race)) ?? { triedIpv4: false };
  }

  #raceBegan(id: RaceId, resolverRequest: number): void {
    const race: Writable<RaceFacts> = { triedIpv4: false };
    this.#races.set(id, race);
    this.#answers.set(resolverRequest, { race });
  }

  #answered(request: number, type: string, at: number): void {
    const answers = this.#answers.get(request);
    if (answers === undefined) return;
    if (type === 'A') answers.a ??= at;
    if (type === 'AAAA') answers.aaaa ??= at;
    if (answers.a !== undefined && answers.aaaa !== undefined) answers.race.aaaaAfterA = answers.aaaa - answers.a;
  }
}

function note(race: Writable<RaceFacts> | undefined, output: Extract<Happening, { layer: 'race' }>['output']): void {
  if (race === undefined) return;
  if (output.kind === 'won') race.winner ??= output.attempt;
  if (output.kind !== 'start-attempt') return;
  const family = familyOf(output.endpoint.ip.address);
  if (family === undefined) return;
  race.firstFamily ??= family;
  race.triedIpv4 ||= family === 'ipv4';
}
