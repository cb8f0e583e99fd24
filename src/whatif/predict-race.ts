/** Runs a client in the network that a race met. */
import type { Parameters } from '../engine/profiles/parameters.ts';
import { PROFILES } from '../engine/profiles/profiles.ts';
import { createRandom } from '../simulator/network/random.ts';
import { simulate } from '../simulator/simulate.ts';
import { draftScenario } from './draft-scenario.ts';
import type { InferredRace, Policy } from './inferred-race.ts';
import { RaceWatch, type SimulatedRace } from './race-watch.ts';
import { scenarioOf } from './scenario-draft.ts';
import { type Choice, drawn, isSettled, typical } from './settle.ts';

/** What the log does not tell is taken to be typical. */
export function predictRace(race: InferredRace, parameters: Parameters, choose: Choice = typical, seed = 1): SimulatedRace {
  const { draft, races } = draftScenario([race], `race ${race.id}`, choose);
  const watch = new RaceWatch(race, races[0]?.begins ?? 0);
  simulate(scenarioOf(draft), parameters, seed, watch);
  return watch.result();
}

/** One prediction for each seed, each with another draw of what the log does not tell; one alone if it tells everything. */
export function predictWithSeeds(race: InferredRace, parameters: Parameters, seeds: number): readonly SimulatedRace[] {
  if (isSettled(race)) return [predictRace(race, parameters)];
  return Array.from({ length: seeds }, (_, i) => {
    const random = createRandom(i + 1);
    return predictRace(race, parameters, drawn(() => random.next()), i + 1);
  });
}

export function parametersOf({ profile, overrides }: Policy): Parameters {
  const parameters = PROFILES[profile];
  if (parameters === undefined) throw new Error(`no profile ${profile}`);
  return { ...parameters, ...overrides };
}
