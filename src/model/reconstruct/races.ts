/** All races of a trace, whatever engine ran them, in order of their start. */
import type { Handlers } from '../handlers/all-handlers.ts';
import type { Race } from '../race.ts';
import { buildConnectJobRaces } from './connect-job-races.ts';
import type { Context } from './context.ts';
import { type HostSpec, parseHost } from './destination.ts';
import { buildOrphanRaces } from './orphan-races.ts';
import { buildPoolRaces } from './pool-races.ts';
import { createRaceResolutions } from './race-resolutions.ts';

export function buildRaces(handlers: Handlers, context: Context): Race[] {
  const raceResolutions = createRaceResolutions(handlers.resolverRequests, handlers.resolverJobs, context);
  const parts = { ...handlers, raceResolutions };
  const races = [...buildPoolRaces(parts, context), ...buildConnectJobRaces(parts, context)];
  return [...races, ...buildOrphanRaces(handlers, races, context)].toSorted(
    (a, b) => a.startMs - b.startMs || (a.evidence.eventIndices[0] ?? 0) - (b.evidence.eventIndices[0] ?? 0),
  );
}

/** Where the sources of a race connect to: their resolver requests without BEGIN name no host. */
export function targetsOf(races: readonly Race[]): (sourceId: number) => HostSpec | undefined {
  const targets = new Map<number, HostSpec>();
  for (const { evidence, destination, proxy } of races) {
    const target = parseHost(proxy) ?? destination;
    if (target !== undefined) for (const id of evidence.sourceIds) targets.set(id, target);
  }
  return (sourceId) => targets.get(sourceId);
}
