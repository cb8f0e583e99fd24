/**
 * Counterfactuals: every race that somebody waited for, run under other policies in the network that it met.
 *
 * First its own policy is replayed. Where that does not give the race as recorded, the inference has missed something,
 * and the race is left out and counted.
 */
import type { Parameters } from '../engine/profiles/parameters.ts';
import type { Inference } from './infer-races.ts';
import type { InferredRace, RecordedRace } from './inferred-race.ts';
import { surroundingsOf } from './own-policy.ts';
import { parametersOf, predictRace, predictWithSeeds } from './predict-race.ts';
import type { SimulatedRace } from './race-watch.ts';
import { stepsOf } from './settle.ts';
import { type Agreement, agreementOf } from './tolerance.ts';

export interface AskedPolicy {
  readonly profile: string;
  readonly parameters: Parameters;
}

export type NotUsed = 'unfinished' | Exclude<Agreement, 'agrees'>;

/** A race whose replay gave what was recorded. */
export interface ReplayedRace {
  readonly race: InferredRace;
  readonly recorded: RecordedRace;
  readonly replay: SimulatedRace;
  /** What the log does not tell of its network, each once. */
  readonly assumed: readonly string[];
  /** Under each of the policies asked for, in their order: one for each seed, or one alone where nothing was assumed. */
  readonly runs: readonly (readonly SimulatedRace[])[];
}

export interface WhatIf {
  readonly replayed: readonly ReplayedRace[];
  readonly notUsed: readonly { readonly race: InferredRace; readonly because: NotUsed; readonly replay: SimulatedRace }[];
}

/** @param seeds how many draws of what the log does not tell; at least 1. @param onRace told with each race how many are done. */
export function whatIf({ races }: Inference, policies: readonly AskedPolicy[], seeds: number, onRace?: (done: number) => void): WhatIf {
  const replayed: ReplayedRace[] = [];
  const notUsed: WhatIf['notUsed'][number][] = [];
  for (const [done, race] of races.filter(({ awaited }) => awaited).entries()) {
    onRace?.(done);
    const replay = predictRace(race, parametersOf(race.policy));
    const { recorded } = race;
    const because = recorded === undefined ? 'unfinished' : agreementOf(replay, recorded);
    if (recorded === undefined || because !== 'agrees') {
      notUsed.push({ race, because: because === 'agrees' ? 'unfinished' : because, replay });
      continue;
    }
    const runs = policies.map(({ parameters }) => predictWithSeeds(race, { ...parameters, ...surroundingsOf(race.policy) }, seeds));
    replayed.push({ race, recorded, replay, assumed: [...new Set(stepsOf(race).flatMap((step) => (step.known ? [] : [step.because])))], runs });
  }
  return { replayed, notUsed };
}
