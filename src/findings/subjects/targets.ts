/**
 * The places that connections went to, each with all its connection attempts: page hosts, proxies, and servers of DNS
 * over HTTPS. Behind a proxy the host's own addresses never show, so that the attempts speak of the proxy.
 */
import type { Family } from '../../address.ts';
import type { Attempt, Race, Transport } from '../../model/race.ts';
import type { Trace } from '../../model/trace.ts';
import { type Reach, reachOf } from './reach.ts';
import { smallest } from './extremes.ts';

export interface TriedAttempt {
  readonly attempt: Attempt;
  readonly reach: Reach;
}

export interface Target {
  readonly kind: 'host' | 'proxy' | 'doh-server';
  /** In the words of a sentence: `www.example`, `proxy http://proxy.example:3128`, `DoH server dns.example`. */
  readonly name: string;
  readonly races: readonly Race[];
  readonly tried: readonly TriedAttempt[];
}

const NETWORK_CHANGED = -21;

/** In order of first attempt or race. Races whose destination is lost with the head of the log are left out. */
export function targetsOf({ races, durationMs }: Trace): Target[] {
  const targets = new Map<string, { kind: Target['kind']; name: string; races: Race[]; tried: TriedAttempt[] }>();
  for (const race of races) {
    const place = placeOf(race);
    if (place === undefined) continue;
    const target = targets.get(place.name) ?? { ...place, races: [], tried: [] };
    targets.set(place.name, target);
    target.races.push(race);
    // Connect jobs do not say why they were cancelled, but the race does.
    const cutOff = race.netError?.code === NETWORK_CHANGED;
    for (const attempt of race.attempts) {
      const reach = reachOf(attempt, durationMs);
      target.tried.push({ attempt, reach: cutOff && reach.kind === 'silent' ? { kind: 'undecided' } : reach });
    }
  }
  return [...targets.values()];
}

function placeOf({ proxy, destination, forResolver }: Race): Pick<Target, 'kind' | 'name'> | undefined {
  if (proxy !== undefined) return { kind: 'proxy', name: `proxy ${proxy}` };
  if (destination === undefined) return undefined;
  return forResolver === true ? { kind: 'doh-server', name: `DoH server ${destination.host}` } : { kind: 'host', name: destination.host };
}

/** What was tried over one transport, and over one family if that matters. */
export function triedOver({ tried }: Target, transport: Transport, family?: Family): TriedAttempt[] {
  return tried.filter(({ attempt }) => attempt.transport === transport && (family === undefined || attempt.family === family));
}

export function answered(tried: readonly TriedAttempt[]): TriedAttempt[] {
  return tried.filter(({ reach }) => reach.kind === 'answered');
}

/** An error came back, or nothing at all for longer than the attempt delay. */
export function unanswered(tried: readonly TriedAttempt[]): TriedAttempt[] {
  return tried.filter(({ reach }) => reach.kind === 'refused' || reach.kind === 'silent');
}

/** The shortest time to an answer; `undefined` if none came. */
export function fastest(tried: readonly TriedAttempt[]): number | undefined {
  const times = tried.flatMap(({ reach }) => (reach.kind === 'answered' ? [reach.afterMs] : []));
  return times.length === 0 ? undefined : smallest(times);
}

/** The longest silence; 0 if there was none. */
export function longestSilence(tried: readonly TriedAttempt[]): number {
  return tried.reduce((longest, { reach }) => (reach.kind === 'silent' ? Math.max(longest, reach.forMs) : longest), 0);
}
