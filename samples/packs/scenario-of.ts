/** A scenario made by a program: the same checks and defaults as a file has. */
import type { z } from 'zod';
import type { DeepReadonly } from '../../src/simulator/scenario/deep-readonly.ts';
import { type Scenario, scenarioSchema } from '../../src/simulator/scenario/scenario.ts';

type Fields = DeepReadonly<Omit<z.input<typeof scenarioSchema>, 'version'>>;
export type NetworkRule = NonNullable<NonNullable<Fields['network']>['rules']>[number];
export type DnsRule = NonNullable<NonNullable<Fields['dns']>['rules']>[number];
export type Server = NonNullable<Fields['servers']>[number];

/** @throws ZodError if it is none */
export function scenarioOf(fields: Fields): Scenario {
  return scenarioSchema.parse({ version: 1, ...fields });
}

/** Names, addresses and records as lines of a zone. */
export function zoneOf(records: readonly (readonly [name: string, type: string, data: string])[]): string {
  return records.map(([name, type, data]) => `${name}. 300 IN ${type} ${data}`).join('\n');
}
