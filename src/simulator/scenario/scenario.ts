/**
 * A scenario as the simulator takes it: names, addresses and defaults settled, every value possible.
 *
 * Fields keep the names of the scenario format; all times are `Millis` of the virtual clock, which starts at 0.
 * Which profiles there are, and which parameters they have, is left to whoever knows profiles.
 */
import { z } from 'zod';
import { clientSchema } from './client-section.ts';
import type { DeepReadonly } from './deep-readonly.ts';
import { dnsSchema } from './dns-section.ts';
import { field, millis, positiveMillis, seed, share, text, word } from './fields.ts';
import { networkSchema } from './network-section.ts';
import { requestsSchema } from './request.ts';
import { serverSchema } from './server.ts';

const override = field('a number, true, false or text', { type: ['number', 'boolean', 'string'] }, (input) =>
  typeof input === 'number' || typeof input === 'boolean' || typeof input === 'string' ? input : undefined,
);

const linkSchema = z.strictObject({
  rttMs: millis.default(20),
  jitterMs: millis.default(0),
  lossRate: share.default(0),
});

export const scenarioSchema = z.strictObject({
  version: z.literal(1),
  name: text.default(''),
  description: text.default(''),
  seed: seed.default(1),
  /** Absent: the caller's choice. */
  profile: word.optional(),
  overrides: z.record(z.string(), override).default({}),
  /** Whether a recording beside the scenario is expected to agree with it; nothing that the simulator looks at. */
  comparable: z.boolean().default(true),
  /** The simulation stops here at the latest. */
  durationMs: positiveMillis.default(60_000),
  client: clientSchema.prefault({}),
  link: linkSchema.prefault({}),
  dns: dnsSchema.prefault({}),
  network: networkSchema.prefault({}),
  servers: z.array(serverSchema).default([]),
  requests: requestsSchema,
});

export type Scenario = DeepReadonly<z.output<typeof scenarioSchema>>;
export type ScenarioServer = Scenario['servers'][number];
export type ScenarioRequest = Scenario['requests'][number];
