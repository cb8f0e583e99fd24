/**
 * Inferred races as a scenario: one race for itself, or those of a whole trace on its timeline.
 *
 * The link is as quick as the quickest exchange that was measured; all others are slower by rules of their own.
 */
import { type Family, familyOfCanonical, formatEndpoint } from '../address.ts';
import type { Millis } from '../units.ts';
import { dnsRulesOf, ECH_CONFIG_LIST, ECH_PUBLIC_NAME, rounded, zoneOf } from './draft-names.ts';
import { networkRulesOf } from './draft-paths.ts';
import { type Partitions, partitionsOf } from './draft-partitions.ts';
import type { InferredRace, Origin } from './inferred-race.ts';
import type { ClientFields, Noted, RequestFields, ScenarioDraft, ServerFields } from './scenario-draft.ts';
import { type Choice, outcomeOf, stepsOf } from './settle.ts';

/** Before the first race, for what had been resolved by then. */
const LEAD_MS: Millis = 1000;
/** What a scenario goes on for after its last race began: longer than any connection attempt of a client. */
const TAIL_MS: Millis = 180_000;
/** Where nothing was measured. */
const USUAL_RTT_MS: Millis = 20;

const TRUSTED = 'trusted-ca';
const UNTRUSTED = 'untrusted-ca';
/** The client's own addresses are not always in a log; these are global ones, from RFC 3849 and RFC 5737. */
const SOURCES: Readonly<Record<Family, string>> = { ipv4: '192.0.2.2', ipv6: '2001:db8:ffff::2' };

export interface DraftedRace {
  readonly race: InferredRace;
  /** In the scenario. */
  readonly begins: Millis;
}

export interface Drafted {
  readonly draft: ScenarioDraft;
  readonly races: readonly DraftedRace[];
}

/** @param races at least one, in order of their beginning; one beside a session only if it is alone. */
export function draftScenario(races: readonly InferredRace[], name: string, choose: Choice): Drafted {
  const zero = races[0]?.zeroMs ?? 0;
  const partitions = partitionsOf(races);
  const early = resolvedBefore(races, partitions);
  const protectedDns = races.length > 0 && races.every((race) => race.protectedDns || race.resolving === 'literal' || race.resolving === 'cached') && races.some((race) => race.protectedDns);
  const lead = early.length > 0 || protectedDns ? LEAD_MS : 0;
  const placed = races.map((race) => ({ race, zero: lead + race.zeroMs - zero, begins: lead + race.zeroMs - zero + race.beginsAtMs }));
  const rttMs = quickest(races, choose);
  const policy = races[0]?.policy ?? { profile: 'draft-v3', overrides: {} };
  const draft: ScenarioDraft = {
    name,
    description: describe(races),
    profile: policy.profile,
    overrides: policy.overrides,
    durationMs: Math.ceil((placed.at(-1)?.begins ?? 0) + TAIL_MS),
    client: clientOf(races, partitions),
    rttMs,
    protectedDns,
    zone: zoneOf(races),
    dnsRules: dnsRulesOf(races, rttMs, choose),
    networkRules: networkRulesOf(placed, rttMs, choose),
    servers: serversOf(races, choose),
    requests: [...(protectedDns ? [CHANNEL_OPENER] : []), ...early.map(({ race, url }): Noted<RequestFields> => ({ fields: { atMs: 0, resolveFirst: true, url, ...partitions.fieldOf(race) }, note: `race ${race.id} found its name resolved` })), ...placed.flatMap((each) => requestsOf(each, partitions))],
  };
  return { draft, races: placed.map(({ race, begins }) => ({ race, begins })) };
}

/** Whether the connection to the server was open before is in the times of the answers already. */
const CHANNEL_OPENER: Noted<RequestFields> = { fields: { atMs: 0, resolveFirst: true, url: 'https://opener.invalid/' }, note: 'opens the connection for DNS over HTTPS' };

/** Those that found answers which no race before them had asked for. */
function resolvedBefore(races: readonly InferredRace[], partitions: Partitions): readonly { readonly race: InferredRace; readonly url: string }[] {
  const resolved = new Set<string>();
  return races.flatMap((race) => {
    const url = urlOf(race);
    const key = `${url} ${partitions.fieldOf(race).partition ?? ''}`;
    const isNew = race.resolving === 'cached' && !resolved.has(key);
    if (race.resolving !== 'literal') resolved.add(key);
    return isNew ? [{ race, url }] : [];
  });
}

function requestsOf({ race, zero }: { readonly race: InferredRace; readonly zero: Millis }, partitions: Partitions): readonly Noted<RequestFields>[] {
  const partition = partitions.fieldOf(race);
  const via = race.tunnelTo === undefined ? '' : `, through a proxy to ${urlOf(race.tunnelTo)}`;
  const key = partition.partition === undefined ? '' : `, partition: ${race.partition}`;
  const url = urlOf(race);
  return race.wishes.map(({ kind, atMs }, i) => ({
    fields: { atMs: rounded(zero + atMs), ...(kind === 'preconnect' && { preconnect: 1 }), ...(kind === 'resolve' && { resolveFirst: true }), url, ...partition },
    ...(i === 0 && { note: `race ${race.id}${via}${key}` }),
  }));
}

export function urlOf({ scheme, host, port }: Origin): string {
  return new URL(`${scheme}://${formatEndpointOrHost(host, port)}/`).href;
}

function formatEndpointOrHost(host: string, port: number): string {
  return host.includes(':') ? formatEndpoint({ address: host, port }) : `${host}:${port}`;
}

function quickest(races: readonly InferredRace[], choose: Choice): Millis {
  let least = Infinity;
  for (const race of races) {
    for (const step of stepsOf(race)) {
      const outcome = outcomeOf(step, choose);
      if (outcome.kind !== 'silent') least = Math.min(least, outcome.ms);
    }
  }
  return least === Infinity ? USUAL_RTT_MS : rounded(least);
}

function clientOf(races: readonly InferredRace[], partitions: Partitions): ClientFields {
  const has = (family: Family): boolean => races.some(({ families }) => families[family]);
  const [ipv4, ipv6] = [has('ipv4'), has('ipv6')];
  const quicWorkedAt = new Set<string>();
  const altSvc = new Map<string, string>();
  const http2At = new Set<string>();
  const visited = new Set<string>();
  for (const race of races) {
    if (partitions.fieldOf(race).partition !== undefined) continue;
    const { knows, host, port } = race;
    const origin = formatEndpointOrHost(host, port);
    // What an earlier race of the scenario teaches need not be known before.
    if (!visited.has(origin) && knows.altSvc) altSvc.set(origin, `h3=":${port}"`);
    if (!visited.has(origin) && knows.ticket) quicWorkedAt.add(origin);
    if (!visited.has(origin) && knows.http2) http2At.add(origin);
    if (knows.quicWorkedWith !== undefined && !visited.has(formatEndpointOrHost(knows.quicWorkedWith, port))) quicWorkedAt.add(SOME_QUIC_SERVER);
    visited.add(origin);
  }
  const knows = {
    ...(quicWorkedAt.size > 0 && { quicWorkedAt: [...quicWorkedAt] }),
    ...(altSvc.size > 0 && { altSvc: [...altSvc].map(([origin, field]) => ({ origin, field })) }),
    ...(http2At.size > 0 && { http2At: [...http2At] }),
  };
  const beside = races.filter(({ besideSession }) => besideSession).map(({ host, port }) => formatEndpointOrHost(host, port));
  return {
    ipv4,
    ipv6,
    sources: [...(ipv4 ? [SOURCES.ipv4] : []), ...(ipv6 ? [SOURCES.ipv6] : [])],
    roots: [TRUSTED],
    ...(Object.keys(knows).length > 0 && { knows }),
    ...(beside.length > 0 && { forceQuicOn: beside }),
  };
}

/** With which QUIC has worked, whoever it was. */
const SOME_QUIC_SERVER = 'quic.invalid:443';

/** A server for each host and transport; those of one name that were found at other addresses too are one. */
function serversOf(races: readonly InferredRace[], choose: Choice): readonly ServerFields[] {
  const denied = new Map<string, boolean>();
  const servers = new Map<string, { fields: ServerFields; readonly addresses: Set<string> }>();
  for (const race of races) {
    const { host, port, scheme, paths, alpn, records, server } = race;
    const serverKey = `${scheme} ${host} ${port}`;
    // A proxy denies some and not others, which one certificate cannot.
    const isDenied = denied.get(serverKey) !== false && paths.some((path) => path.secure !== undefined && outcomeOf(path.secure, choose).kind === 'denied');
    denied.set(serverKey, isDenied);
    const hasEch = records.some((record) => record.ech);
    const secure = {
      names: [...new Set([host, ...(hasEch ? [ECH_PUBLIC_NAME] : []), ...(server?.names ?? [])])],
      issuer: isDenied ? UNTRUSTED : TRUSTED,
      ...(hasEch && !race.echRejected && { ech: ECH_CONFIG_LIST }),
    };
    for (const transport of ['tcp', 'quic'] as const) {
      const addresses = paths.filter((path) => path.transport === transport).map(({ address }) => address);
      if (addresses.length === 0) continue;
      const key = `${transport} ${serverKey}`;
      const known = servers.get(key)?.addresses ?? new Set<string>();
      for (const address of addresses) known.add(address);
      const protocols: ServerFields['protocols'] = transport === 'quic' ? ['h3'] : alpn === 'http/1.1' || scheme === 'http' ? ['http/1.1'] : ['h2', 'http/1.1'];
      servers.set(key, { fields: { addresses: [], port, protocols, ...(scheme === 'https' && secure), ...(scheme === 'https' && server !== undefined && server.originFrame.length > 0 && { originFrame: [...server.originFrame] }) }, addresses: known });
    }
  }
  return [...servers.values()].map(({ fields, addresses }) => ({ ...fields, addresses: [...addresses] }));
}

function describe(races: readonly InferredRace[]): string {
  const hosts = new Set(races.map(({ host }) => host));
  const families = new Set(races.flatMap(({ addresses }) => addresses.map(familyOfCanonical)));
  return `the network that ${races.length === 1 ? 'a race' : `${races.length} races`} to ${hosts.size === 1 ? [...hosts][0] : `${hosts.size} hosts`} met${families.size === 2 ? ', with both address families' : ''}`;
}
