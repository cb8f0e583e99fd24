/**
 * Holds predictions against recordings: the same network recorded under several policies; what is inferred from one
 * recording must predict the others.
 *
 * A prediction that is off is explained only by a rule: that it becomes right once the network has what the other
 * recording shows and this one does not, or shows otherwise. What no such change mends is missed.
 */
import type { Inference } from './infer-races.ts';
import { destinationOf, type InferredRace, type RecordedRace } from './inferred-race.ts';
import { parametersOf, predictRace } from './predict-race.ts';
import type { SimulatedRace } from './race-watch.ts';
import { type Difference, differences } from './swap-steps.ts';
import { type Agreement, agreementOf } from './tolerance.ts';

/** One recording of a network. */
export interface Arm {
  readonly network: string;
  readonly name: string;
  readonly inference: Inference;
}

export type Verdict =
  | { readonly kind: 'met' }
  | { readonly kind: 'explained'; readonly because: readonly string[] }
  | { readonly kind: 'missed'; readonly agreement: Exclude<Agreement, 'agrees'> }
  | { readonly kind: 'not-comparable'; readonly because: string };

export interface ValidationRow {
  readonly network: string;
  readonly from: string;
  readonly to: string;
  /** Which race to this origin, from 1. */
  readonly origin: string;
  readonly nth: number;
  readonly recorded?: RecordedRace;
  readonly predicted?: SimulatedRace;
  readonly verdict: Verdict;
}

/** Every race that a request waited for, of every arm from the same race of every other arm of its network. */
export function validateArms(arms: readonly Arm[]): readonly ValidationRow[] {
  const networks = new Map<string, Arm[]>();
  for (const arm of arms) networks.set(arm.network, [...(networks.get(arm.network) ?? []), arm]);
  return [...networks.values()].flatMap((alike) => alike.flatMap((from) => alike.filter((to) => to !== from).flatMap((to) => rowsBetween(from, to))));
}

function rowsBetween(from: Arm, to: Arm): readonly ValidationRow[] {
  const theirs = byOrigin(to.inference.races);
  return [...byOrigin(from.inference.races)].flatMap(([origin, races]) =>
    races.flatMap((here, i): readonly ValidationRow[] => {
      const there = theirs.get(origin)?.[i];
      // What only one of the browsers wanted says nothing of the network.
      if (there === undefined) return [];
      return [{ network: from.network, from: from.name, to: to.name, origin, nth: i + 1, ...judge(here, there) }];
    }),
  );
}

function judge(here: InferredRace, there: InferredRace): Pick<ValidationRow, 'recorded' | 'predicted' | 'verdict'> {
  const { recorded } = there;
  if (recorded === undefined) return { verdict: { kind: 'not-comparable', because: 'in the other recording it was cancelled, or not over when the log ended' } };
  const parameters = parametersOf(there.policy);
  const predict = (race: InferredRace): SimulatedRace => predictRace(race, parameters);
  const predicted = predict(here);
  const agreement = agreementOf(predicted, recorded);
  if (agreement === 'agrees') return { recorded, predicted, verdict: { kind: 'met' } };
  const because = explanation(here, there, (race) => agreementOf(predict(race), recorded) === 'agrees');
  return { recorded, predicted, verdict: because === undefined ? { kind: 'missed', agreement } : { kind: 'explained', because } };
}

/** The least that mends the prediction: one thing, else all that is not told, else everything. */
function explanation(here: InferredRace, there: InferredRace, agrees: (race: InferredRace) => boolean): readonly string[] | undefined {
  const all = differences(here, there);
  const untold = all.filter(({ kind }) => kind === 'not-told');
  const one = all.find(({ apply }) => agrees(apply(here)));
  if (one !== undefined) return [one.text];
  for (const several of [untold, all]) if (several.length > 1 && agrees(applyAll(here, several))) return several.map(({ text }) => text);
  return undefined;
}

function applyAll(race: InferredRace, changes: readonly Difference[]): InferredRace {
  return changes.reduce((changed, { apply }) => apply(changed), race);
}

function byOrigin(races: readonly InferredRace[]): ReadonlyMap<string, readonly InferredRace[]> {
  const found = new Map<string, InferredRace[]>();
  for (const race of races.filter(({ awaited }) => awaited)) {
    const { scheme, host, port } = destinationOf(race);
    const origin = `${scheme}://${host}:${port}`;
    const list = found.get(origin);
    if (list === undefined) found.set(origin, [race]);
    else list.push(race);
  }
  return found;
}
