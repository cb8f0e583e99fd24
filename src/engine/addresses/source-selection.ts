/**
 * Which of the client's addresses a packet to some destination would come from (RFC 6724 §5).
 *
 * The rules that need what is not known here never decide: 4 (home addresses of Mobile IPv6), 5 (the outgoing
 * interface) and 5.5 (the next hop that advertised a prefix): all sources are taken to be of one interface and one
 * router. RFC 6724 leaves IPv4 to the host; the same rules serve it here.
 */
import { type AddressBits, addressBits, commonPrefixLength, prefixBits } from './address-bits.ts';
import { type PolicyTable, policyOf } from './policy-table.ts';
import { type Ranks, compareRanks } from './ranks.ts';
import { scopeOf } from './scope.ts';

export interface SourceAddress {
  readonly address: string;
  /** Length of the on-link prefix as written beside the address: 0 to 32 for IPv4, 0 to 128 for IPv6. */
  readonly prefixLength: number;
  /** Past its preferred lifetime (RFC 4862 §5.5.4). */
  readonly deprecated?: boolean;
  /** Of the privacy extensions (RFC 8981). */
  readonly temporary?: boolean;
  /** Packets from it leave through a tunnel: 6to4, Teredo, a configured one. */
  readonly encapsulated?: boolean;
}

/** A source address with all that does not depend on the destination. */
export interface CandidateSource {
  readonly source: SourceAddress;
  readonly bits: AddressBits;
  readonly scope: number;
  readonly label: number;
}

export function candidateSources(sources: readonly SourceAddress[], table: PolicyTable): readonly CandidateSource[] {
  return sources.map((source) => {
    const bits = addressBits(source.address);
    return { source, bits, scope: scopeOf(bits), label: policyOf(bits, table).label };
  });
}

/**
 * The source for a destination; of equally good ones the first. `undefined`: the client has no address of that
 * family, so the destination cannot be reached.
 */
export function selectSource(
  destination: AddressBits,
  candidates: readonly CandidateSource[],
  table: PolicyTable,
): CandidateSource | undefined {
  const scope = scopeOf(destination);
  const { label } = policyOf(destination, table);
  let best: CandidateSource | undefined;
  let bestRanks: Ranks = [];
  for (const candidate of candidates) {
    if (candidate.bits.family !== destination.family) continue;
    const ranks = ranksOf(candidate, destination, scope, label);
    if (best !== undefined && compareRanks(ranks, bestRanks) >= 0) continue;
    best = candidate;
    bestRanks = ranks;
  }
  return best;
}

/** CommonPrefixLen of RFC 6724 §2.2: of source and destination, within the source's own prefix. */
export function matchingPrefixLength({ source, bits }: CandidateSource, destination: AddressBits): number {
  return Math.min(commonPrefixLength(bits, destination), prefixBits(bits.family, source.prefixLength));
}

function ranksOf(candidate: CandidateSource, destination: AddressBits, scope: number, label: number): Ranks {
  const { source, bits } = candidate;
  return [
    /* 1. Same address */ commonPrefixLength(bits, destination) === 128 ? 0 : 1,
    /* 2. Appropriate scope */ scopeRank(candidate.scope, scope),
    /* 3. Deprecated ones last */ source.deprecated === true ? 1 : 0,
    /* 6. Matching label */ candidate.label === label ? 0 : 1,
    /* 7. Temporary ones first */ source.temporary === true ? 0 : 1,
    /* 8. Longest matching prefix */ -matchingPrefixLength(candidate, destination),
  ];
}

/** The narrowest scope that reaches the destination's; failing that, the widest of those too narrow. */
function scopeRank(source: number, destination: number): number {
  return source >= destination ? source : 16 + destination - source;
}
