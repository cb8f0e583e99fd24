/** All races of a trace, whatever engine ran them, in order of their start. */
import type { LogConstants } from '../../netlog/event.ts';
import type { Handlers } from '../handlers/all-handlers.ts';
import type { Race } from '../race.ts';
import { buildConnectJobRaces } from './connect-job-races.ts';
import { isTunnel } from './connect-job-sockets.ts';
import type { Context } from './context.ts';
import { type HostSpec, parseHost } from './destination.ts';
import { buildOrphanRaces } from './orphan-races.ts';
import { buildPoolRaces } from './pool-races.ts';
import { createRaceResolutions } from './race-resolutions.ts';
import { createSocketsOf } from './socket-owners.ts';

export function buildRaces(handlers: Handlers, constants: LogConstants, context: Context): Race[] {
  const raceResolutions = createRaceResolutions(handlers.resolverRequests, handlers.resolverJobs, context);
  const parts = { ...handlers, raceResolutions, socketsOf: createSocketsOf(handlers.sockets), altSvcHosts: altSvcHostsOf(handlers) };
  const races = [...buildPoolRaces(parts, context), ...withEngine(buildConnectJobRaces(parts, context), constants)];
  return [...races, ...buildOrphanRaces(handlers, races, context)].toSorted(
    (a, b) => a.startMs - b.startMs || (a.evidence.eventIndices[0] ?? 0) - (b.evidence.eventIndices[0] ?? 0),
  );
}

function altSvcHostsOf({ streamJobs }: Handlers): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const { altSvcFound, url } of streamJobs.controllers.values()) {
    const host = altSvcFound ? parseHost(url)?.host : undefined;
    if (host !== undefined) hosts.add(host);
  }
  return hosts;
}

/**
 * A race of QUIC jobs alone shows no engine. It is that of the log's other connect-job races, if they
 * agree; in a Chromium that does not know TcpConnectJob yet it can only be legacy.
 */
function withEngine(races: readonly Race[], constants: LogConstants): Race[] {
  const ran = new Set(races.map((r) => r.engine).filter((e) => e !== undefined));
  const knowsHev2 = [...constants.eventTypes.values()].includes('TCP_CONNECT_JOB_CONNECT');
  const engine = ran.size === 1 ? [...ran][0] : ran.size === 0 && !knowsHev2 ? 'legacy' : undefined;
  return races.map((race) => ({ ...race, engine: race.engine ?? engine }));
}

/** Where the sources of a race connect to: their resolver requests without BEGIN name no host. */
export function targetsOf(races: readonly Race[], { connectJobs, quicJobs }: Handlers): (sourceId: number) => HostSpec | undefined {
  const targets = new Map<number, HostSpec>();
  for (const { evidence, destination, proxy } of races) {
    const target = parseHost(proxy) ?? destination;
    if (target === undefined) continue;
    for (const id of evidence.sourceIds) {
      // Through a proxy that a log without its head does not name, the destination is not what is looked up.
      const job = connectJobs.jobs.get(id);
      if (proxy !== undefined || job === undefined || !isTunnel(job)) targets.set(id, target);
    }
  }
  // A QUIC job that raced nothing has no race to tell its host.
  return (sourceId) => targets.get(sourceId) ?? parseHost(quicJobs.jobs.get(sourceId)?.host);
}
