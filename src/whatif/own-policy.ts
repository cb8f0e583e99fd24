/** The client that ran a race, as a profile of the engine and what the log shows to be set or given otherwise. */
import type { Race } from '../model/race.ts';
import type { Resolution } from '../model/resolution.ts';
import type { RaceEngine } from '../model/common.ts';
import type { Policy, Resolving } from './inferred-race.ts';

/** `resolutions`: those of the race. */
export function ownPolicy(engine: RaceEngine, race: Race, resolutions: readonly Resolution[], resolving: Resolving): Policy {
  const updates = resolutions.flatMap(({ endpointUpdates }) => endpointUpdates);
  const usesHints = updates.some(({ endpoints }) => endpoints.some(({ fromHints }) => fromHints === true));
  const isEarly = race.attempts.some(({ transport, endpointStage }) => transport === 'quic' && endpointStage === 'intermediate');
  return {
    profile: `chromium-${engine}`,
    overrides: {
      // The platform's resolver is part of where the client runs; it stays when the policy changes.
      ...(resolving === 'system' && { builtInResolver: false }),
      ...(usesHints && { useAddressHints: true }),
      ...(engine !== 'hev3' && isEarly && { asyncDnsQuicJob: true }),
    },
  };
}

/** Of the overrides, those that say where the client runs rather than what it does. */
export function surroundingsOf({ overrides }: Policy): Policy['overrides'] {
  return overrides.builtInResolver === undefined ? {} : { builtInResolver: overrides.builtInResolver };
}
