/** The client that ran a race, as a profile of the engine and what the log shows to be set or given otherwise. */
import type { Parameters } from '../engine/profiles/parameters.ts';
import type { Race } from '../model/race.ts';
import type { Resolution } from '../model/resolution.ts';
import type { RaceEngine } from '../model/common.ts';
import type { Policy, Resolving } from './inferred-race.ts';

const TIMED_OUT = -7;

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
      // So is a proxy, which is reached over TCP and asked for by its addresses alone.
      ...(race.proxy !== undefined && { quic: false, httpsRecords: false }),
      // Chromium's patience with proxies follows round trips that it has seen (HttpProxyConnectJob), all over the network.
      ...(race.proxy !== undefined && race.netError?.code === TIMED_OUT && race.durationMs !== undefined && { raceTimeoutMs: race.durationMs }),
      ...(usesHints && { useAddressHints: true }),
      ...(engine !== 'hev3' && isEarly && { asyncDnsQuicJob: true }),
    },
  };
}

/** Of the overrides, those that say where the client runs rather than what it does. */
export function surroundingsOf({ overrides }: Policy): Policy['overrides'] {
  return Object.fromEntries(Object.entries(overrides).filter(([name]) => SURROUNDINGS.has(name)));
}

const SURROUNDINGS: ReadonlySet<string> = new Set<keyof Parameters>(['builtInResolver', 'quic', 'httpsRecords', 'raceTimeoutMs']);
