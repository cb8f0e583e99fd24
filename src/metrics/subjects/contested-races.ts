/**
 * Won races in which there was something to choose between. A host with IPv4 addresses only says nothing about how
 * IPv6 does in races, nor a host without HTTP/3 about QUIC; counting them would measure the mix of hosts visited.
 *
 * What was on offer is judged by the attempts and by the race's resolutions, also where an answer came too late to
 * be tried: that is one way to lose. HTTP/3 known from an Alt-Svc header alone shows only once it is attempted.
 */
import { familyOf } from '../../address.ts';
import type { Race } from '../../model/race.ts';
import type { Resolution } from '../../model/resolution.ts';
import type { Trace } from '../../model/trace.ts';
import { hasQuicAttempt, pageRaces, won, type WonRace } from './page-races.ts';

type RacesAndResolutions = Pick<Trace, 'races' | 'resolutions'>;

/** Won races to hosts with addresses of both families. Races whose resolution is not in the log are left out. */
export function dualStackRaces(trace: RacesAndResolutions): WonRace[] {
  const resolutionsOf = resolutionFinder(trace);
  return won(pageRaces(trace)).filter((race) => {
    const resolutions = resolutionsOf(race);
    if (resolutions.length === 0) return false;
    const families = new Set(race.attempts.map(({ family }) => family as string | undefined));
    for (const address of resolutions.flatMap(knownAddresses)) families.add(familyOf(address));
    return families.has('ipv4') && families.has('ipv6');
  });
}

/** Won races that tried QUIC, or whose HTTPS record, if Chromium took it, names HTTP/3. */
export function quicCapableRaces(trace: RacesAndResolutions): WonRace[] {
  const resolutionsOf = resolutionFinder(trace);
  return won(pageRaces(trace)).filter((race) => hasQuicAttempt(race) || resolutionsOf(race).some(namesHttp3));
}

function resolutionFinder(trace: RacesAndResolutions): (race: Race) => Resolution[] {
  const byId = new Map(trace.resolutions.map((resolution) => [resolution.id, resolution]));
  return (race) => race.resolutionIds.map((id) => byId.get(id)).filter((found) => found !== undefined);
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
