/**
 * From a trace to the network that each of its races met, in one walk: what the race itself shows first, then what
 * the rest of the trace suggests.
 *
 * Of a race through a proxy it is the network up to the proxy; the tunnel, and TLS within, are one step after that.
 * Left out: races that found a session to use; connections to DNS-over-HTTPS servers; and what comes after the first
 * usable connection.
 */
import { canonicalAddress, type Family, familyOf, parseEndpoint } from '../address.ts';
import type { Race } from '../model/race.ts';
import type { Request } from '../model/request.ts';
import type { Resolution } from '../model/resolution.ts';
import type { Trace } from '../model/trace.ts';
import type { Millis } from '../units.ts';
import { inferNames, type Names } from './infer-names.ts';
import { inferPaths } from './infer-paths.ts';
import type { InferredRace, RecordedRace, Resolving, Unusable, Wish } from './inferred-race.ts';
import { ownPolicy } from './own-policy.ts';
import { type RacedTarget, racedTarget } from './raced-target.ts';
import { BrowserPast } from './browser-past.ts';
import { SessionServers } from './session-servers.ts';
import { SiblingAnswers } from './sibling-answers.ts';
import { SiblingSteps } from './sibling-steps.ts';

export type InferableTrace = Pick<Trace, 'races' | 'resolutions' | 'requests' | 'sessions'>;

export interface Inference {
  /** In order of their beginning. */
  readonly races: readonly InferredRace[];
  readonly unusable: readonly { readonly id: number; readonly host?: string; readonly because: Unusable }[];
}

const ECH_NOT_NEGOTIATED = -183;
const DNS_NAME_HTTPS_ONLY = -809;

/** Names that a zone and a URL can hold. */
const PLAIN_NAME = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/;

export function inferRaces(trace: InferableTrace): Inference {
  const sources: Sources = {
    resolutions: new Map(trace.resolutions.map((resolution) => [resolution.id, resolution])),
    requests: byId(trace.requests),
    steps: new SiblingSteps(trace.races),
    answers: new SiblingAnswers(trace.resolutions),
    servers: new SessionServers(trace.sessions),
  };
  const past = new BrowserPast();
  const races: InferredRace[] = [];
  const unusable: Inference['unusable'][number][] = [];
  for (const race of trace.races.filter(({ forResolver }) => forResolver !== true).toSorted((a, b) => a.startMs - b.startMs)) {
    const inferred = inferRace(race, sources, past);
    if (typeof inferred === 'string') unusable.push({ id: race.id, ...(race.destination !== undefined && { host: race.destination.host }), because: inferred });
    else races.push(inferred);
    past.learn(race);
  }
  return { races, unusable };
}

interface Sources {
  readonly resolutions: ReadonlyMap<number, Resolution>;
  readonly requests: ReadonlyMap<number, readonly Request[]>;
  readonly steps: SiblingSteps;
  readonly answers: SiblingAnswers;
  readonly servers: SessionServers;
}

function inferRace(race: Race, sources: Sources, past: BrowserPast): InferredRace | Unusable {
  const { engine } = race;
  const target = racedTarget(race);
  if (typeof target === 'string') return target;
  if (engine === undefined) return 'unknown-destination';
  if (race.netError?.code === DNS_NAME_HTTPS_ONLY) return 'upgraded';
  if (race.outcome === 'pooled') return 'pooled';
  if (race.attempts.length === 0 && race.outcome !== 'failed') return 'no-attempt';
  const { host, port, tunnelTo } = target;
  const scheme = target.after === 'nothing' ? 'http' : 'https';
  const literal = canonicalAddress(host);
  if (literal === undefined && !PLAIN_NAME.test(host)) return 'odd-name';

  // A NAT64 that nobody asks is not to be seen where no attempt was made by it.
  if (literal !== undefined && race.attempts.some(({ ipEndpoint }) => parseEndpoint(ipEndpoint)?.address !== literal)) return 'translated-literal';

  const resolutions = race.resolutionIds.flatMap((id) => sources.resolutions.get(id) ?? []).toSorted((a, b) => a.startMs - b.startMs);
  const resolving = literal === undefined ? resolvingOf(resolutions) : 'literal';
  const names = withTried(inferNames(resolutions, race.startMs, sources.answers), race, literal);
  const asked = resolving === 'system' ? systemAnswers(host, resolutions, names) : names.asked;
  const offersQuic = names.records.some(({ alpn }) => alpn.includes('h3')) || race.attempts.some(({ transport }) => transport === 'quic');
  const firstMs = resolving === 'cached' ? race.startMs : Math.min(race.startMs, resolutions[0]?.startMs ?? race.startMs);
  const recorded = recordedRace(race);
  const server = tunnelTo === undefined ? sources.servers.of(host) : undefined;
  return {
    id: race.id,
    engine,
    scheme,
    host,
    port,
    ...(tunnelTo !== undefined && { tunnelTo }),
    zeroMs: firstMs,
    beginsAtMs: race.startMs - firstMs,
    ...(recorded !== undefined && { recorded }),
    policy: ownPolicy(engine, race, resolutions, resolving),
    families: familiesAsked(resolutions, names.addresses),
    resolving,
    protectedDns: resolving === 'asked' && resolutions.every(({ tasks }) => tasks.every(({ kind }) => kind === 'secure-dns')),
    addresses: names.addresses,
    records: names.records,
    asked,
    paths: inferPaths(race, { ...target, addresses: names.addresses, offersQuic }, { steps: sources.steps, dnsMs: sources.answers.quickest }),
    knows: past.knownAt(race, names.records.some(({ alpn }) => alpn.includes('h3'))),
    awaited: race.requestIds.length > 0,
    besideSession: past.isBesideSession(race),
    wishes: wishesOf(race, firstMs, sources.requests),
    ...(race.winner?.alpn !== undefined && { alpn: race.winner.alpn }),
    partition: partitionOf(race, target),
    ...(server !== undefined && { server }),
    echRejected: race.attempts.some(({ netError }) => netError?.code === ECH_NOT_NEGOTIATED),
  };
}

/** A tunnel leads to one destination; nobody else can use it. */
function partitionOf({ networkAnonymizationKey, privacyMode }: Race, { tunnelTo }: RacedTarget): string {
  const to = tunnelTo === undefined ? [] : [`to ${tunnelTo.scheme}://${tunnelTo.host}:${tunnelTo.port}`];
  return [networkAnonymizationKey ?? 'no key', ...(privacyMode === undefined || privacyMode === 'disabled' ? [] : [`privacy mode ${privacyMode}`]), ...to].join(', ');
}

function resolvingOf(resolutions: readonly Resolution[]): Resolving {
  const [first] = resolutions;
  if (first === undefined || first.source !== 'network') return 'cached';
  const kinds = new Set(first.tasks.map(({ kind }) => kind));
  return kinds.size === 1 && kinds.has('system') ? 'system' : 'asked';
}

/** No client comes to the end of as many; each is a path to infer, for every race that shares the resolution. */
const MOST_ADDRESSES = 64;

/** An address that was tried is an address, whether or not the log shows whence it came. */
function withTried(names: Names, race: Race, literal: string | undefined): Names {
  const tried = race.attempts.flatMap(({ ipEndpoint }) => parseEndpoint(ipEndpoint)?.address ?? []);
  const resolved = literal === undefined ? names.addresses.slice(0, MOST_ADDRESSES) : [literal];
  return { ...names, addresses: [...new Set([...resolved, ...tried])] };
}

/** getaddrinfo tells when it was done, not when which of its answers came. */
function systemAnswers(host: string, resolutions: readonly Resolution[], { addresses }: Names): Names['asked'] {
  const task = resolutions[0]?.tasks[0];
  const known = task?.endMs === undefined ? undefined : task.endMs - task.startMs;
  return (['A', 'AAAA'] as const).map((type) => ({
    name: host,
    type,
    answer: addresses.length === 0 ? 'nxdomain' : addresses.some((address) => familyOf(address) === (type === 'A' ? 'ipv4' : 'ipv6')) ? 'records' : 'nodata',
    tries: [known === undefined ? { known: false, among: [{ kind: 'silent' }], because: 'the system did not answer while the log went on' } : { known: true, outcome: { kind: 'took', ms: known } }],
  }));
}

/** A browser without a route for a family does not ask for its addresses. */
function familiesAsked(resolutions: readonly Resolution[], addresses: readonly string[]): Readonly<Record<Family, boolean>> {
  const types = new Set(resolutions.flatMap(({ queryTypes }) => queryTypes));
  const has = (type: string, family: Family): boolean => types.size === 0 || types.has(type) || types.has('ADDRESS') || types.has('UNSPECIFIED') || addresses.some((address) => familyOf(address) === family);
  return { ipv4: has('A', 'ipv4'), ipv6: has('AAAA', 'ipv6') };
}

function recordedRace({ outcome, durationMs, winner, attempts }: Race): RecordedRace | undefined {
  if (durationMs === undefined || (outcome !== 'connected' && outcome !== 'failed')) return undefined;
  if (outcome === 'connected' && winner === undefined) return undefined;
  return {
    outcome,
    afterMs: durationMs,
    ...(winner !== undefined && { winner: { ipEndpoint: winner.ipEndpoint, family: winner.family, transport: winner.transport } }),
    attempts: attempts.length,
  };
}

/** More requests than these change nothing: a destination has six sockets at most. */
const MOST_LOADS = 6;

function wishesOf(race: Race, zeroMs: Millis, requests: Sources['requests']): readonly Wish[] {
  const begins = race.startMs - zeroMs;
  const starts = race.requestIds
    .flatMap((id) => requests.get(id)?.find(({ raceId }) => raceId === race.id)?.startMs ?? [])
    .filter((startMs) => race.endMs === undefined || startMs < race.endMs)
    .map((startMs) => Math.max(begins, startMs - zeroMs))
    .toSorted((a, b) => a - b)
    .slice(0, MOST_LOADS);
  const loads = starts.map((atMs): Wish => ({ kind: 'load', atMs }));
  const early: readonly Wish[] = begins > 0 ? [{ kind: 'resolve', atMs: 0 }] : [];
  // Whatever began the race before its first request was a preconnect.
  const opening: readonly Wish[] = (starts[0] ?? Infinity) - begins < 1 ? [] : [{ kind: 'preconnect', atMs: begins }];
  return [...early, ...opening, ...loads];
}

function byId(requests: readonly Request[]): ReadonlyMap<number, readonly Request[]> {
  const found = new Map<number, Request[]>();
  for (const request of requests) {
    const parts = found.get(request.id);
    if (parts === undefined) found.set(request.id, [request]);
    else parts.push(request);
  }
  return found;
}
