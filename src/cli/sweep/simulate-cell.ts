/** One cell of a grid: the scenario with its values, run by every client. Plain data in and out, so that a worker can do it. */
import { type Family, familyOf } from '../../address.ts';
import { compareProfiles } from '../simulate/comparison.ts';
import { type MetricName, metricOf } from './metrics.ts';
import { simulationWith } from './varied.ts';

export interface Study {
  /** The scenario, and what errors call it. */
  readonly text: string;
  readonly scenario: string;
  readonly profile: string | undefined;
  readonly seed: number | undefined;
  /** What varies; a cell has a value for each. */
  readonly paths: readonly string[];
  readonly metric: MetricName;
}

export interface CellResult {
  readonly profile: string;
  /** Of the metric; absent: there was none, such as no connection. */
  readonly result?: number;
  /** Of the connection. */
  readonly family?: Family;
}

/** A result for each profile, in their order. @throws UsageError if the scenario cannot have these values */
export function simulateCell({ text, scenario, profile, seed, paths, metric }: Study, values: readonly number[]): readonly CellResult[] {
  const settings = paths.map((path, i) => ({ path, value: values[i] ?? 0 }));
  const simulation = simulationWith(text, settings, { scenario, profile, seed });
  const firsts = new Map<string, CellResult>();
  for (const { profile: name, outcome } of compareProfiles(simulation)) {
    if (outcome.purpose !== 'load' || firsts.has(name)) continue;
    const result = metricOf(metric).of(outcome);
    const family = familyOf(outcome.connection?.endpoint.ip.address ?? '');
    firsts.set(name, { profile: name, ...(result !== undefined && { result }), ...(family !== undefined && { family }) });
  }
  return simulation.clients.map(({ profile: name }) => firsts.get(name) ?? { profile: name });
}
