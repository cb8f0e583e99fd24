/** Chooses, for everything that a log does not tell of a race's network, one of the outcomes that it may have had. */
import type { InferredRace, Step, StepOutcome } from './inferred-race.ts';
import { timeOf } from './infer-paths.ts';

/** At least one is given. */
export type Choice = (among: readonly StepOutcome[]) => StepOutcome | undefined;

/** The one in the middle: as long as most, dead only if more than half are. */
export const typical: Choice = (among) => among.toSorted((a, b) => timeOf(a) - timeOf(b))[Math.floor((among.length - 1) / 2)];

/** @param random 0 up to but less than 1. */
export function drawn(random: () => number): Choice {
  return (among) => among[Math.floor(random() * among.length)];
}

/** Whether there is anything to choose. */
export function isSettled(race: InferredRace): boolean {
  return stepsOf(race).every((step) => step.known || step.among.length < 2);
}

export function stepsOf({ asked, paths }: InferredRace): readonly Step[] {
  return [...asked.flatMap(({ tries }) => tries), ...paths.flatMap(({ connect, secure }) => (secure === undefined ? [connect] : [connect, secure]))];
}

export function outcomeOf(step: Step, choose: Choice): StepOutcome {
  return step.known ? step.outcome : (choose(step.among) ?? { kind: 'silent' });
}
