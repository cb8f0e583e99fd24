/**
 * The partitions of a scenario: connections and answers that the browser kept apart are apart in the simulation too.
 *
 * The partition with the most races is the one without a name: what a client knows beforehand holds there.
 */
import type { InferredRace } from './inferred-race.ts';

export interface Partitions {
  /** As a field of a request; absent: the common one. */
  fieldOf(race: InferredRace): { readonly partition?: string };
}

export function partitionsOf(races: readonly InferredRace[]): Partitions {
  const counts = new Map<string, number>();
  for (const { partition } of races) counts.set(partition, (counts.get(partition) ?? 0) + 1);
  const [, ...others] = [...counts].toSorted(([, a], [, b]) => b - a).map(([partition]) => partition);
  // Keys have parts that no origin has, such as whether the site is the page's own; a number stands for them.
  const names = new Map(others.map((partition, i) => [partition, `https://partition-${i + 1}.invalid`]));
  return {
    fieldOf({ partition }) {
      const name = names.get(partition);
      return name === undefined ? {} : { partition: name };
    },
  };
}
