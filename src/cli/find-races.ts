/** Which races somebody means by an id, a host, a host:port, a URL or a glob. */
import { canonicalHost } from '../address.ts';
import type { Race } from '../model/race.ts';
import { globMatcher } from '../glob.ts';
import type { Reconstruction } from '../report/report.ts';
import { nearest } from './nearest.ts';

export type FoundRaces =
  | {
      readonly kind: 'races';
      readonly races: readonly Race[];
      /** How the id belongs to the race, if it is not the race's own. */ readonly because?: string;
    }
  | { readonly kind: 'none'; readonly suggestions: readonly string[] };

export function findRaces(report: Reconstruction, wanted: string): FoundRaces {
  if (/^-?\d+$/.test(wanted)) return byId(report, Number(wanted));
  const { host, port } = hostAndPort(wanted);
  const matches = globMatcher(host);
  const races = report.races.filter(
    ({ destination }) => destination !== undefined && matches(destination.host) && (port === undefined || destination.port === port),
  );
  if (races.length > 0) return { kind: 'races', races };
  const hosts = report.races.flatMap(({ destination }) => (destination === undefined ? [] : [destination.host]));
  return { kind: 'none', suggestions: nearest(host, hosts) };
}

function byId(report: Reconstruction, id: number): FoundRaces {
  const own = report.races.find((race) => race.id === id);
  if (own !== undefined) return { kind: 'races', races: [own] };
  // Whoever comes from the events or the request list has another id of the same story.
  const byAttempt = report.races.filter(({ attempts }) => attempts.some((attempt) => attempt.id === id));
  if (byAttempt.length > 0) return { kind: 'races', races: byAttempt, because: 'a connection attempt' };
  const request = report.requests.find((candidate) => candidate.id === id);
  const byRequest = report.races.filter((race) => race.id === request?.raceId || race.requestIds.includes(id));
  if (byRequest.length > 0) return { kind: 'races', races: byRequest, because: 'a request' };
  const byResolution = report.races.filter(({ resolutionIds }) => resolutionIds.includes(id));
  if (byResolution.length > 0) return { kind: 'races', races: byResolution, because: 'a resolution' };
  const closest = report.races.toSorted((a, b) => Math.abs(a.id - id) - Math.abs(b.id - id)).slice(0, 3);
  return {
    kind: 'none',
    suggestions: closest.map((race) => `${race.id}${race.destination === undefined ? '' : ` (${race.destination.host})`}`),
  };
}

/** `https://a.test/x`, `a.test:443`, `[::1]:443`, `a.test`. */
function hostAndPort(text: string): { host: string; port?: number } {
  if (text.includes('://') && URL.canParse(text)) {
    const { hostname, port } = new URL(text);
    return { host: canonicalHost(hostname), ...(port === '' ? {} : { port: Number(port) }) };
  }
  const [, host, port] = /^(\[[^\]]*\]|[^:]*):(\d{1,5})$/.exec(text) ?? [];
  return host === undefined ? { host: canonicalHost(text) } : { host: canonicalHost(host), port: Number(port) };
}
