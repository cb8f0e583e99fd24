/**
 * Won races in which there was something to choose between. A host with IPv4 addresses only says nothing about how
 * IPv6 does in races, nor a host without HTTP/3 about QUIC; counting them would measure the mix of hosts visited.
 *
 * What was on offer is judged by the attempts and by the race's resolutions, also where an answer came too late to
 * be tried: that is one way to lose. HTTP/3 known from an Alt-Svc header alone shows only once it is attempted.
 */
import { type Family, familyOf } from '../../address.ts';
import type { Race } from '../../model/race.ts';
import type { Resolution } from '../../model/resolution.ts';
import type { Trace } from '../../model/trace.ts';
import { hasQuicAttempt, pageRaces, won, type WonRace } from './page-races.ts';

type RacesAndResolutions = Pick<Trace, 'races' | 'resolutions'>;

/** Won races to hosts with addresses of both families. Races whose resolution is not in the log are left out. */
export function dualStackRaces(trace: RacesAndResolutions): WonRace[] {
  const familiesOf = findResolved(trace, (resolution) => new Set(knownAddresses(resolution).map(familyOf)));
  return won(pageRaces(trace)).filter((race) => {
    const resolved = familiesOf(race);
    if (resolved.length === 0) return false;
    const has = (family: Family): boolean => race.attempts.some((attempt) => attempt.family === family) || resolved.some((families) => families.has(family));
    return has('ipv4') && has('ipv6');
  });
}

/** Won races that tried QUIC, or whose HTTPS record, if Chromium took it, names HTTP/3. */
export function quicCapableRaces(trace: RacesAndResolutions): WonRace[] {
  const areNamed = findResolved(trace, namesHttp3);
  return won(pageRaces(trace)).filter((race) => hasQuicAttempt(race) || areNamed(race).includes(true));
}

/** What is to be known of the resolutions of a race that are in the log; many races may share one. */
function findResolved<Found extends object | boolean>(trace: RacesAndResolutions, find: (resolution: Resolution) => Found): (race: Race) => Found[] {
  const byId = new Map(trace.resolutions.map((resolution) => [resolution.id, resolution]));
  const known = new Map<number, Found>();
  return ({ resolutionIds }) =>
    resolutionIds.flatMap((id) => {
      const resolution = byId.get(id);
      if (resolution === undefined) return [];
      const found = known.get(id) ?? find(resolution);
      known.set(id, found);
      return [found];
    });
}

/** Final and intermediate addresses: the final ones are missing if the log ended before the resolution did. */
function knownAddresses({ addresses, endpointUpdates }: Resolution): string[] {
  const updates = endpointUpdates.flatMap(({ endpoints }) => endpoints);
  return [...addresses, ...updates.flatMap(({ ipv4, ipv6 }) => [...ipv4, ...ipv6])];
}

function namesHttp3({ endpointUpdates, httpsRecords }: Resolution): boolean {
  const endpoints = endpointUpdates.flatMap((update) => update.endpoints);
  const records = httpsRecords.filter(({ used }) => used !== false);
  return [...endpoints, ...records].some(({ alpn }) => alpn.some((protocol) => /^h3(-|$)/.test(protocol)));
}
