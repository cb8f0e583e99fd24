/**
 * Servers that HTTP/3 is put off for: since when, because of which attempt, until when, and what requests did without.
 *
 * Chromium marks a server broken once QUIC has failed there and TCP has worked, which a race shows: the last one before
 * the log calls it broken. It keeps from HTTP/3 the requests that met it as broken, and those whose race afterwards made
 * no QUIC attempt. Network partitions, for each of which it is marked apart, are taken together.
 */
import type { BrokenAlternative } from '../broken-alternative.ts';
import type { AlternativeServiceHandler, BrokenService } from '../handlers/alternative-services.ts';
import type { StreamJobHandler } from '../handlers/stream-jobs.ts';
import type { Attempt, Race } from '../race.ts';
import { type Context, evidenceOf } from './context.ts';
import { addTo } from '../grouping.ts';

export interface BrokenAlternativeParts {
  readonly alternativeServices: AlternativeServiceHandler;
  readonly streamJobs: StreamJobHandler;
  readonly races: readonly Race[];
  /** Wall clock of the first event; `undefined` where the log has none. */
  readonly originUnixMs: number | undefined;
}

/** A race that marked its server: QUIC failed, TCP won. */
interface Marking {
  readonly race: Race;
  readonly attempt: Attempt;
  readonly atMs: number;
}

export function buildBrokenAlternatives({ alternativeServices, streamJobs, races, originUnixMs }: BrokenAlternativeParts, context: Context): BrokenAlternative[] {
  const services = new Map<string, { readonly remembered: BrokenService[]; readonly met: BrokenService[] }>();
  const serviceOf = (service: BrokenService) => {
    const key = keyOf(service);
    const known = services.get(key) ?? { remembered: [], met: [] };
    services.set(key, known);
    return known;
  };
  for (const service of alternativeServices.met) serviceOf(service).met.push(service);
  for (const service of alternativeServices.remembered) serviceOf(service).remembered.push(service);
  if (services.size === 0) return [];
  const racesTo = new Map<string, Race[]>();
  for (const race of races) if (race.destination !== undefined && race.proxy === undefined) addTo(racesTo, keyOf(race.destination), race);

  return [...services].map(([key, { remembered, met }]): BrokenAlternative => {
    const first = [...met.slice(0, 1), ...remembered.slice(0, 1)].toSorted((a, b) => a.at.index - b.at.index)[0] as BrokenService;
    const latest = remembered.at(-1);
    const knownMs = context.at(first.at);
    const own = racesTo.get(key) ?? [];
    const marking = own.flatMap(markingIn).findLast(({ atMs }) => atMs <= knownMs);
    const untilUnixMs = latest?.untilUnixSeconds === undefined ? undefined : latest.untilUnixSeconds * 1000;
    const untilMs = untilUnixMs === undefined || originUnixMs === undefined ? Number.POSITIVE_INFINITY : untilUnixMs - originUnixMs;
    const without = own.filter((race) => marking !== undefined && race.startMs >= marking.atMs && race.startMs < untilMs && isWithoutQuic(race));
    const requestIds = [...met.flatMap(({ sourceId }) => streamJobs.controllers.get(sourceId)?.requestId ?? []), ...without.flatMap((race) => race.requestIds)];
    return {
      host: first.host,
      port: first.port,
      sinceMs: marking?.atMs,
      because: marking && { raceId: marking.race.id, attemptId: marking.attempt.id, netError: marking.attempt.netError },
      knownMs,
      untilUnixMs,
      timesBroken: latest?.timesBroken,
      requestIds: [...new Set(requestIds)],
      evidence: evidenceOf([first.sourceId, latest?.sourceId, marking?.race.id, marking?.attempt.id], [first.at, latest?.at]),
    };
  });
}

function keyOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${host} ${port}`;
}

/** The client's network changed, or was gone: no fault of the server. */
const NOT_THE_SERVER = new Set([-21, -106]);

function markingIn(race: Race): Marking[] {
  const { attempts, winner, endMs } = race;
  const attempt = attempts.find(({ transport, outcome, netError }) => transport === 'quic' && outcome === 'failed' && !NOT_THE_SERVER.has(netError?.code ?? 0));
  if (attempt?.endMs === undefined || winner?.transport !== 'tcp' || endMs === undefined) return [];
  return [{ race, attempt, atMs: Math.max(attempt.endMs, endMs) }];
}

function isWithoutQuic({ attempts, winner }: Race): boolean {
  return winner?.transport === 'tcp' && attempts.every(({ transport }) => transport === 'tcp');
}
