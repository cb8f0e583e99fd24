/** Turns the parameters of a profile, and the network that the client finds itself in, into options of the client's layers. */
import { type Family, familyOfCanonical } from '../../address.ts';
import type { AddressHistory } from '../addresses/address-history.ts';
import type { SourceAddress } from '../addresses/source-selection.ts';
import { type DestinationSorter, createDestinationSorter } from '../addresses/destination-sorter.ts';
import { parseNat64Prefix } from '../addresses/nat64.ts';
import { slowerLast } from '../addresses/slower-last.ts';
import { type PolicyTable, rfc6724PolicyTable, updatedPolicyTable } from '../addresses/policy-table.ts';
import type { ClientOptions } from '../client/client-options.ts';
import type { Destination } from '../client/destination.ts';
import type { Protocol } from '../endpoint.ts';
import type { CandidateOptions } from '../race/candidates.ts';
import type { GateOptions } from '../race/gate.ts';
import type { RaceOptions } from '../race/race-options.ts';
import { CHROMIUM_RESOLVER, type DnsTransport, type ResolverOptions, type TaskKind } from '../resolver/options.ts';
import { addressTypes } from '../resolver/questions.ts';
import { quicOptions, socketOptions } from './connection-options.ts';
import { lanesOf } from './lanes-of.ts';
import type { Parameters } from './parameters.ts';

export interface Surroundings {
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  readonly sources: readonly SourceAddress[];
  /** Of the DNS servers, in the order in which they are tried. */
  readonly dnsTransports: readonly DnsTransport[];
  /** PREF64 of the network, such as `64:ff9b::/96` (HE-75); absent, or no such prefix: there is no NAT64. */
  readonly nat64Prefix?: string;
  /** Limits on sockets in place of the profile's. */
  readonly limits?: { readonly perGroup?: number | undefined; readonly perPool?: number | undefined };
  /** Origins that are reached over QUIC or not at all. */
  readonly forceQuicOn?: readonly Pick<Destination, 'host' | 'port'>[];
}

const POLICY_TABLES: Readonly<Record<Parameters['policyTable'], PolicyTable>> = { rfc6724: rfc6724PolicyTable, 'rfc6724-update': updatedPolicyTable([]) };

export function clientOptions(parameters: Parameters, { ipv4, ipv6, sources, dnsTransports, nat64Prefix, limits = {}, forceQuicOn = [] }: Surroundings): ClientOptions {
  const { attemptTimeoutMs, raceTimeoutMs, asksAgainAfterMs = 0, useAddressHints, builtInResolver, dnsTask, policyTable, staleAnswers, queriesAForNat64 } = parameters;
  const protectedDns = parameters.trustsProtectedDns && isProtected(parameters, dnsTransports);
  const nat64 = nat64Prefix === undefined ? undefined : parseNat64Prefix(nat64Prefix);
  const resolver: ResolverOptions = {
    ...CHROMIUM_RESOLVER,
    ...(dnsTask === 'each-answer-counts' && EACH_ANSWER_COUNTS),
    ipv4,
    ipv6,
    nat64: queriesAForNat64 && nat64 !== undefined,
    tasks: tasksOf(parameters, dnsTransports),
    servers: { ...CHROMIUM_RESOLVER.servers, transports: dnsTransports },
    cache: { ...CHROMIUM_RESOLVER.cache, stale: staleAnswers, failures: dnsTask === 'each-answer-counts' ? 'asked-again' : 'kept' },
    drain: parameters.dnsDrainMs,
  };
  const sorter = createDestinationSorter({ sources, policyTable: POLICY_TABLES[policyTable], longestPrefixForIpv4: false });
  const preferredFamily = !ipv4 ? 'ipv6' : !ipv6 || hasNoneOf('ipv6', sources) ? 'ipv4' : parameters.preferredFamily;
  return {
    resolver,
    lookup: {
      protocols: protocolsOf(parameters),
      addressTypes: addressTypes(resolver),
      namesResolvedBy: 'client',
      serviceRecords: parameters.httpsRecords && builtInResolver,
      followUps: parameters.followUps,
      aliasLimit: parameters.aliasLimit,
      targetLimit: parameters.targetLimit,
      // Hints stand in for answers; a client that waits for those has no use for them.
      useHints: useAddressHints && parameters.waitsFor !== 'every-answer',
      keepHintsOnNegative: parameters.keepHintsOnNegative,
      recordPort: parameters.followUps ? 'any' : 'authority',
      noDefaultAlpn: parameters.followUps ? 'understood' : 'refused',
      ech: parameters.ech,
      protectedDns,
      fallback: parameters.withoutRecord,
    },
    raceFor: ({ history, ...occasion }): RaceOptions => ({
      gate: gateOf(parameters),
      preferredFamily,
      candidates: {
        familyCount: parameters.preferredAddressFamilyCount,
        protocolOrder: parameters.protocolOrder,
        groups: parameters.endpointGroups,
        sort: orderOf(parameters, sorter, preferredFamily, history),
        ...(nat64 !== undefined && { nat64: { prefix: nat64, hasIpv4Route: ipv4 } }),
      },
      lanes: lanesOf(parameters, occasion),
      givesUpWithoutAddresses: 'never',
      recordsFirst: parameters.recordsFirst,
      fatalFailure: parameters.fatalFailure,
      afterWin: { tcp: parameters.tcpAfterQuicWon, quicUntilAge: parameters.quicAfterTcpWonUntilMs },
      heldForService: occasion.scheme === 'http' ? 'connections' : parameters.cryptoWaitsForHttpsRecords || (protectedDns && parameters.ech) ? 'crypto' : 'nothing',
      ...(attemptTimeoutMs !== undefined && { attemptTimeout: attemptTimeoutMs }),
      ...(raceTimeoutMs !== undefined && { raceTimeout: raceTimeoutMs }),
      ...(asksAgainAfterMs > 0 && { asksAgainAfter: asksAgainAfterMs }),
      ...(history !== undefined && { expectedRoundTrip: (address) => history.roundTripTo(address) ?? (parameters.unknownPaths === 'as-known-ones' ? history.longRoundTrip() : undefined) }),
    }),
    sockets: socketOptions(parameters, limits),
    quic: quicOptions(parameters, forceQuicOn),
  };
}

/** HE-16: a family without a source address has no route. Where no address is known at all, nothing speaks against it. */
function hasNoneOf(family: Family, sources: readonly SourceAddress[]): boolean {
  return sources.length > 0 && sources.every(({ address }) => familyOfCanonical(address) !== family);
}

/** HE-10, HE-15. */
const EACH_ANSWER_COUNTS = { addressFailure: 'negative', httpsExtraWait: 'unlimited' } as const;

function tasksOf({ builtInResolver, dnsTask }: Parameters, dnsTransports: readonly DnsTransport[]): readonly TaskKind[] {
  if (!builtInResolver || dnsTransports.length === 0) return ['system'];
  // Where all DNS is protected (Chromium's secure mode), the system's resolver would be a leak.
  const isSecureOnly = dnsTransports.every((transport) => transport === 'https');
  return dnsTask === 'as-a-whole' && !isSecureOnly ? ['dns', 'system'] : ['dns'];
}

/** HE-72: whoever asks getaddrinfo does not know what it asks, and how. */
function isProtected({ builtInResolver }: Parameters, dnsTransports: readonly DnsTransport[]): boolean {
  return builtInResolver && dnsTransports.length > 0 && dnsTransports.every((transport) => transport === 'https');
}

/** The history is that of the race's beginning, so that the order holds while the race lasts. */
function orderOf({ familyOrder, addressHistory }: Parameters, sorter: DestinationSorter, preferredFamily: Family, history: AddressHistory | undefined): CandidateOptions['sort'] {
  const known = addressHistory === 'unused' ? undefined : history?.view();
  return (addresses) => {
    const sorted = sorter.sort(addresses, known);
    if (known !== undefined && addressHistory === 'slower-last') return slowerLast(sorted, known.roundTripTimes);
    return familyOrder === 'rfc6724' ? sorted : preferredFirst(sorted, preferredFamily);
  };
}

function preferredFirst(addresses: readonly string[], preferred: Family): readonly string[] {
  const isPreferred = (address: string): boolean => address.includes(':') === (preferred === 'ipv6');
  return [...addresses.filter(isPreferred), ...addresses.filter((address) => !isPreferred(address))];
}

function protocolsOf({ quic }: Parameters): readonly Protocol[] {
  return quic ? ['h3', 'h2', 'http/1.1'] : ['h2', 'http/1.1'];
}

function gateOf({ waitsFor, resolutionDelayMs, resolutionDelayStartsAt, hintsAtGate }: Parameters): GateOptions {
  const awaited = {
    'every-answer': ['preferred-family', 'other-family', 'service'],
    'preferred-family': ['preferred-family'],
    'preferred-family-and-service': ['preferred-family', 'service'],
  } as const;
  return { waitsFor: awaited[waitsFor], delayStartsAt: resolutionDelayStartsAt, hints: hintsAtGate, ...(resolutionDelayMs !== undefined && { resolutionDelay: resolutionDelayMs }) };
}
