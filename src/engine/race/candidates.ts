/**
 * The candidates of a race: every endpoint that the services offer, in the order of HEv3 §5.
 *
 * Services come in order of priority and are never mixed (HE-33, HE-38, HE-55). Inside one, addresses are sorted
 * by RFC 6724 and families interleaved (HE-41, HE-48); protocols alternate with the families (DEC-7).
 */
import { type Family, familyOfCanonical } from '../../address.ts';
import { interleave } from '../addresses/interleave.ts';
import { type Endpoint, type Protocol, type Transport, endpointKey } from '../endpoint.ts';
import type { AddressState, Service } from '../svcb/service.ts';

export interface Candidate {
  readonly endpoint: Endpoint;
  /** Equal for equal endpoints. */
  readonly key: string;
  readonly family: Family;
}

export interface CandidateOptions {
  /** How many addresses of the first family come before the first of the other: Preferred Address Family Count (HE-49). */
  readonly familyCount: number;
  /** `by-round`: one address of each family over every protocol, then the next; `by-protocol`: all over QUIC, then all over TCP. */
  readonly protocolOrder: 'by-round' | 'by-protocol';
  /** Orders addresses of both families as RFC 6724 does. Pure: the same addresses come out in the same order. */
  readonly sort: (addresses: readonly string[]) => readonly string[];
}

/** Each endpoint once, at its best place; services that were refused give none. */
export function listCandidates(services: readonly Service[], options: CandidateOptions): Candidate[] {
  const byKey = new Map<string, Candidate>();
  for (const service of services) {
    const addresses = options.sort([...known(service.ipv6), ...known(service.ipv4)]);
    const order = interleave(addresses, familyOfCanonical, options.familyCount);
    const rounds = options.protocolOrder === 'by-round' ? roundsOf(order, options.familyCount) : [order];
    for (const round of rounds) {
      for (const [transport, alpn] of transportsOf(service)) {
        for (const address of round) {
          const endpoint: Endpoint = { ip: { address, port: service.port }, transport, alpn, ...(service.ech !== undefined && { ech: service.ech }) };
          const key = endpointKey(endpoint);
          if (!byKey.has(key)) byKey.set(key, { endpoint, key, family: familyOfCanonical(address) });
        }
      }
    }
  }
  return [...byKey.values()];
}

function known(address: AddressState): readonly string[] {
  return address.state === 'positive' ? address.addresses : [];
}

function transportsOf({ quic, tcp }: Service): [Transport, readonly Protocol[]][] {
  const both: [Transport, readonly Protocol[]][] = [
    ['quic', quic],
    ['tcp', tcp],
  ];
  return both.filter(([, alpn]) => alpn.length > 0);
}

/** Cuts an interleaved list where a family comes round again: 6a 4a 6b 6c is (6a 4a) (6b) (6c). */
function roundsOf(order: readonly string[], familyCount: number): string[][] {
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
