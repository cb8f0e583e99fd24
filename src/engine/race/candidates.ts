/**
 * The candidates of a race: every endpoint that the services offer, in the order of HEv3 §5.
 *
 * Services come in order of priority and are never mixed (HE-33, HE-38, HE-55), but for groups of protocols and
 * security above them, if the client makes any (HE-34). Inside a service, addresses are sorted by RFC 6724 and
 * families interleaved (HE-41, HE-48); protocols alternate with the families (DEC-7).
 */
import { type Family, familyOf, familyOfCanonical } from '../../address.ts';
import { interleave } from '../addresses/interleave.ts';
import { type Nat64Prefix, desynthesise, synthesise } from '../addresses/nat64.ts';
import { type Endpoint, type Protocol, type Transport, endpointKey } from '../endpoint.ts';
import type { AddressState, Service } from '../svcb/service.ts';

export interface Candidate {
  readonly endpoint: Endpoint;
  /** Equal for equal endpoints. */
  readonly key: string;
  /** The family as which it races: IPv4 also for an IPv6 address that stands for one (HE-78). Of a name it says nothing. */
  readonly family: Family;
}

export interface CandidateOptions {
  /** How many addresses of the first family come before the first of the other: Preferred Address Family Count (HE-49). */
  readonly familyCount: number;
  /**
   * `by-round`: one address of each family over every protocol, then the next; `by-protocol`: all over QUIC, then all
   * over TCP; `by-address`: each address over every protocol, then the next (DEC-7).
   */
  readonly protocolOrder: 'by-round' | 'by-protocol' | 'by-address';
  /**
   * DEC-6. `one`: neither protocols nor ECH are critical to the client (HE-35). `by-security-and-protocol`: endpoints
   * with ECH come before those without, and in either group QUIC before TCP, whatever the priority of their services
   * (HE-34, HE-36); the groups are tried one after the other, in the one list (HE-37).
   */
  readonly groups: 'one' | 'by-security-and-protocol';
  /** Orders addresses of both families as RFC 6724 does. Pure: the same addresses come out in the same order. */
  readonly sort: (addresses: readonly string[]) => readonly string[];
  /** Of a network with NAT64 whose prefix is known; absent: every address is what it looks like. */
  readonly nat64?: Nat64Options;
}

interface Nat64Options {
  readonly prefix: Nat64Prefix;
  /** Without a route for IPv4, its addresses are reached through the translator (HE-80). */
  readonly hasIpv4Route: boolean;
}

/** Each endpoint once, at its best place; services that were refused give none. */
export function listCandidates(services: readonly Service[], options: CandidateOptions): readonly Candidate[] {
  const candidates: Candidate[] = [];
  const seen = new Set<string>();
  for (const service of services) {
    const transports = transportsOf(service);
    for (const round of roundsOf(service, options)) {
      for (const [transport, alpn] of transports) {
        for (const host of round) {
          const ip = { address: reached(host, options.nat64), port: service.port };
          const endpoint: Endpoint = service.ech === undefined ? { ip, transport, alpn } : { ip, transport, alpn, ech: service.ech };
          const key = endpointKey(endpoint);
          if (seen.has(key)) continue;
          seen.add(key);
          candidates.push({ endpoint, key, family: familyOfCanonical(host) });
        }
      }
    }
  }
  return options.groups === 'one' ? candidates : candidates.sort((a, b) => groupOf(a) - groupOf(b));
}

function transportsOf({ quic, tcp }: Service): readonly (readonly [Transport, readonly Protocol[]])[] {
  if (quic.length === 0) return tcp.length === 0 ? [] : [['tcp', tcp]];
  return tcp.length === 0 ? [['quic', quic]] : [['quic', quic], ['tcp', tcp]];
}

/** The hosts of a service, cut into what is tried over every transport before the next. */
function roundsOf(service: Service, { sort, familyCount, protocolOrder, nat64 }: CandidateOptions): readonly (readonly string[])[] {
  if (service.ipv6.state === 'by-name') return [[service.name]];
  const all = known(service.ipv6).concat(known(service.ipv4));
  if (all.length === 0) return NO_ROUNDS;
  if (all.length === 1) return [asRaced(all, nat64)];
  const order = interleave(sort(asRaced(all, nat64)), familyOfCanonical, familyCount);
  switch (protocolOrder) {
    case 'by-round':
      return cutIntoRounds(order, familyCount);
    case 'by-protocol':
      return [order];
    case 'by-address':
      return order.map((host) => [host]);
  }
}

const NO_ROUNDS: readonly (readonly string[])[] = [];
const NO_ADDRESSES: readonly string[] = [];

function known(address: AddressState): readonly string[] {
  return address.state === 'positive' ? address.addresses : NO_ADDRESSES;
}

/** Every AAAA is held against the prefix (HE-79); two of one IPv4 address are one (D-30). */
function asRaced(addresses: readonly string[], nat64: Nat64Options | undefined): readonly string[] {
  return nat64 === undefined ? addresses : desynthesise(addresses, nat64.prefix);
}

/** HE-80, whatever the address came from. One that no IPv6 address may stand for is tried as it is (HE-81, HE-82). */
function reached(host: string, nat64: Nat64Options | undefined): string {
  if (nat64 === undefined || nat64.hasIpv4Route || !isIpv4(host)) return host;
  return synthesise(host, nat64.prefix) ?? host;
}

/** Not a name either, which a proxy resolves. */
function isIpv4(host: string): boolean {
  return !host.includes(':') && familyOf(host) === 'ipv4';
}

/** Cuts an interleaved list where a family comes round again: 6a 4a 6b 6c is (6a 4a) (6b) (6c). */
function cutIntoRounds(order: readonly string[], familyCount: number): readonly (readonly string[])[] {
  const rounds: string[][] = [];
  const [head] = order;
  if (head === undefined) return rounds;
  const first = familyOfCanonical(head);
  let previous: Family | undefined;
  order.forEach((address, i) => {
    const family = familyOfCanonical(address);
    const comesRound = family === first ? i >= familyCount : previous !== first;
    const round = comesRound || i === 0 ? undefined : rounds.at(-1);
    if (round === undefined) rounds.push([address]);
    else round.push(address);
    previous = family;
  });
  return rounds;
}

/** Lowest first: ECH before none, and in either QUIC before TCP. */
function groupOf({ endpoint: { ech, transport } }: Candidate): number {
  return (ech === undefined ? 2 : 0) + (transport === 'quic' ? 0 : 1);
}
