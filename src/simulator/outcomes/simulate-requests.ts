/** A scenario under one client, for those who want to know what became of its requests and no more. */
import type { Parameters } from '../../engine/profiles/parameters.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { simulate } from '../simulate.ts';
import { OutcomeCollector } from './outcome-collector.ts';
import type { RequestOutcome } from './request-outcome.ts';

/**
 * Runs a scenario on the virtual clock and tells what became of its requests, in the order in which they began; the
 * same scenario, parameters and seed give the same. The scenario's own `profile`, `overrides` and `seed` are not looked at.
 */
export function simulateRequests(scenario: Scenario, parameters: Parameters, seed: number): readonly RequestOutcome[] {
  const collector = new OutcomeCollector();
  simulate(scenario, parameters, seed, collector);
  return collector.outcomes();
}
