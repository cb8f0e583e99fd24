/**
 * Which of a report's objects are listed. Filters choose resolutions, races, sessions and requests;
 * metrics, histograms, findings and all counts of the trace stay those of the whole trace, because
 * they could not be computed again from here.
 */
import type { Race } from '../model/race.ts';
import type { RaceEngine } from '../model/common.ts';
import type { Request } from '../model/request.ts';
import type { Resolution } from '../model/resolution.ts';
import type { Session } from '../model/session.ts';
import { requestDuration } from './columns/request.ts';
import { hostOfUrl } from '../address.ts';
import { anyGlob } from '../glob.ts';
import type { Reconstruction } from './report.ts';

export interface Selection {
  /** Globs of host names, one of which must match; empty: any host. */
  readonly hosts: readonly string[];
  /** Empty: any engine. */
  readonly engines: readonly RaceEngine[];
  readonly failed: boolean;
  /** Only what is known to have taken longer; what never ended is left out. */
  readonly slowerThanMs?: number | undefined;
}

export const everything: Selection = { hosts: [], engines: [], failed: false };

export function isEverything(selection: Selection): boolean {
  const { hosts, engines, failed, slowerThanMs } = selection;
  return hosts.length === 0 && engines.length === 0 && !failed && slowerThanMs === undefined;
}

/** The report with only the selected objects listed. */
export function selectFrom<Some extends Reconstruction>(report: Some, selection: Selection): Some {
  if (isEverything(selection)) return report;
  const { engines, failed, slowerThanMs } = selection;
  const matchesHost = anyGlob(selection.hosts);
  const hasHost = (host: string | undefined): boolean => selection.hosts.length === 0 || (host !== undefined && matchesHost(host));
  const isSlow = (ms: number | undefined): boolean => slowerThanMs === undefined || (ms !== undefined && ms > slowerThanMs);
  const hasEngine = ({ engine }: Race): boolean => engines.length === 0 || (engine !== undefined && engines.includes(engine));

  // An engine belongs to races; the rest goes with the races that it is linked to.
  const ofEngine = report.races.filter(hasEngine);
  const raceIds = new Set(ofEngine.map(({ id }) => id));
  const resolutionIds = new Set(ofEngine.flatMap((race) => race.resolutionIds));
  const linked = (isLinked: boolean): boolean => engines.length === 0 || isLinked;

  const races = ofEngine.filter(
    (race) => hasHost(race.destination?.host) && (!failed || race.outcome === 'failed') && isSlow(race.durationMs),
  );
  const resolutions = report.resolutions.filter(
    (resolution: Resolution) =>
      linked(resolutionIds.has(resolution.id)) &&
      hasHost(resolution.host) &&
      (!failed || resolution.outcome === 'failed') &&
      isSlow(resolution.durationMs),
  );
  const requests = report.requests.filter(
    (request: Request) =>
      linked(request.raceId !== undefined && raceIds.has(request.raceId)) &&
      hasHost(hostOfUrl(request.url)) &&
      (!failed || request.netError !== undefined) &&
      isSlow(requestDuration(request)),
  );
  // A session neither fails nor is slow: it is listed for its host or for the requests that it carried.
  const sessionIds = new Set(requests.flatMap(({ sessionId }) => (sessionId === undefined ? [] : [sessionId])));
  const byRequests = engines.length > 0 || failed || slowerThanMs !== undefined;
  const sessions = report.sessions.filter(
    (session: Session) =>
      sessionIds.has(session.id) || (!byRequests && [...session.hosts, ...session.pooledHosts].some((host) => matchesHost(host))),
  );
  return { ...report, races, resolutions, requests, sessions };
}

/** The filters in words, as on the command line; `''` for none. */
export function selectionText({ hosts, engines, failed, slowerThanMs }: Selection): string {
  return [
    ...hosts.map((host) => `--host ${host}`),
    ...engines.map((engine) => `--engine ${engine}`),
    ...(failed ? ['--failed'] : []),
    ...(slowerThanMs === undefined ? [] : [`--slower-than ${slowerThanMs}`]),
  ].join(' ');
}
