/**
 * Destination address selection: RFC 6724 §6 with the two rules that Happy Eyeballs adds (HE-41 to HE-43).
 *
 * Left out: rule 4 (home addresses of Mobile IPv6), which never decides here, and keeping the history: partition,
 * flush and convergence (HE-44 to HE-47) are the business of whoever passes it in. Families are interleaved
 * afterwards, in `interleave.ts`.
 */
import type { Millis } from '../../units.ts';
import { addressBits } from './address-bits.ts';
import { type PolicyTable, policyOf } from './policy-table.ts';
import { type Ranks, compareRanks } from './ranks.ts';
import { scopeOf } from './scope.ts';
import {
  type CandidateSource,
  type SourceAddress,
  candidateSources,
  matchingPrefixLength,
  selectSource,
} from './source-selection.ts';

/** What the client remembers of destinations, by address in canonical text. */
export interface DestinationHistory {
  readonly roundTripTimes: ReadonlyMap<string, Millis>;
  /** Addresses that connections were made to. */
  readonly used: ReadonlySet<string>;
}

export interface DestinationSorterOptions {
  readonly sources: readonly SourceAddress[];
  readonly policyTable: PolicyTable;
  /** Whether rule 9 holds for IPv4 too. Hosts mostly leave it out: it undoes the rotation of DNS answers. */
  readonly longestPrefixForIpv4: boolean;
}

export interface DestinationSorter {
  /** The same addresses, best first; those that no rule tells apart keep their order (rule 10). */
  sort(addresses: readonly string[], history?: DestinationHistory): string[];
}

/** What a destination is worth without its history, which alone changes from one sort to the next. */
interface Destination {
  readonly address: string;
  /** By rules 1 to 8. */
  readonly ranks: Ranks;
  /** For rule 9, in bits; 0 where it does not hold. */
  readonly matchingPrefix: number;
}

/** A sorter for one set of sources. It remembers every address it has seen, so each is parsed once. */
export function createDestinationSorter(options: DestinationSorterOptions): DestinationSorter {
  const candidates = candidateSources(options.sources, options.policyTable);
  const destinations = new Map<string, Destination>();

  function destinationOf(address: string): Destination {
    let destination = destinations.get(address);
    if (destination === undefined) {
      destination = assess(address, candidates, options);
      destinations.set(address, destination);
    }
    return destination;
  }

  return {
    sort(addresses, history) {
      return addresses
        .map(destinationOf)
        .sort((a, b) => compareDestinations(a, b, history))
        .map(({ address }) => address);
    },
  };
}

function assess(
  address: string,
  candidates: readonly CandidateSource[],
  { policyTable, longestPrefixForIpv4 }: DestinationSorterOptions,
): Destination {
  const bits = addressBits(address);
  const scope = scopeOf(bits);
  const { precedence, label } = policyOf(bits, policyTable);
  const source = selectSource(bits, candidates, policyTable);
  const comparesPrefix = source !== undefined && (bits.family === 'ipv6' || longestPrefixForIpv4);
  return {
    address,
    // Without a source rules 2 to 5 do not apply; rule 1 keeps such destinations to themselves, so any rank will do.
    ranks: [
      /* 1. Unusable ones last */ source === undefined ? 1 : 0,
      /* 2. Matching scope */ source?.scope === scope ? 0 : 1,
      /* 3. Deprecated sources last */ source?.source.deprecated === true ? 1 : 0,
      /* 5. Matching label */ source?.label === label ? 0 : 1,
      /* 6. Higher precedence */ -precedence,
      /* 7. Native transport */ source?.source.encapsulated === true ? 1 : 0,
      /* 8. Smaller scope */ scope,
    ],
    matchingPrefix: comparesPrefix ? matchingPrefixLength(source, bits) : 0,
  };
}

function compareDestinations(a: Destination, b: Destination, history: DestinationHistory | undefined): number {
  const byRanks = compareRanks(a.ranks, b.ranks);
  if (byRanks !== 0) return byRanks;
  const byHistory = history === undefined ? 0 : compareHistory(a.address, b.address, history);
  if (byHistory !== 0) return byHistory;
  // Rule 9 is for two of one family, and of one they are here: in either policy table the precedences of IPv4 and IPv6
  // differ, so rule 6 has parted the families.
  return b.matchingPrefix - a.matchingPrefix;
}

/**
 * HE-42, then HE-43. A destination whose round-trip time is unknown comes after those with one: leaving such a pair to
 * later rules would let three destinations each precede the next in a circle.
 */
function compareHistory(a: string, b: string, { roundTripTimes, used }: DestinationHistory): number {
  const timeOf = (address: string) => roundTripTimes.get(address) ?? Number.MAX_VALUE;
  const byTime = timeOf(a) - timeOf(b);
  return byTime === 0 ? Number(used.has(b)) - Number(used.has(a)) : byTime;
}
