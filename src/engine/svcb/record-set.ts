/**
 * What one answer to an HTTPS query says as a whole, before any single record is judged: a failure, nothing, an
 * alias to follow, or services in the order of their priority.
 *
 * Everything random is drawn here, once per answer, so that whatever is derived from a record set stays the same.
 */
import type { DnsAnswer, ServiceRecord } from '../dns.ts';

/** Uniform in [0, 1). A constant just below 1 leaves every order as it came. */
export type Random = () => number;

export type RecordSet =
  /** No answer, or none that can be trusted; NXDOMAIN is an answer: there are no records. */
  | { readonly kind: 'failure' }
  /** No records, or AliasMode with the target `.`: the service does not exist (SB-06), which is no reason to stop. */
  | { readonly kind: 'none' }
  | { readonly kind: 'alias'; readonly target: string }
  | {
      readonly kind: 'services';
      /** The owner of the records: the end of the CNAME chain (SB-07). */
      readonly owner: string;
      /** Lowest SvcPriority first, shuffled among equals (SB-08, HE-39); hints in random order (SB-22). */
      readonly records: readonly ServiceRecord[];
    };

/** AliasMode beats ServiceMode, one of several AliasMode records is picked at random (SB-01, SB-02). */
export function readRecordSet(answer: DnsAnswer, random: Random): RecordSet {
  if (answer.kind === 'failure') return { kind: answer.failure === 'nxdomain' ? 'none' : 'failure' };
  const { owner, records } = answer;
  if (records.length === 0) return { kind: 'none' };
  const aliases = records.filter((record) => record.priority === 0);
  if (aliases.length > 0) {
    const { target } = shuffled(aliases, random)[0]!;
    return target === '.' ? { kind: 'none' } : { kind: 'alias', target };
  }
  const ordered = byPriority(records, random).map((record) => withShuffledHints(record, random));
  return { kind: 'services', owner, records: ordered };
}

/** Draws only where priorities are equal: the same seed serves the same choices whatever else was answered. */
function byPriority(records: readonly ServiceRecord[], random: Random): readonly ServiceRecord[] {
  if (records.length === 1) return records;
  const groups = new Map<number, ServiceRecord[]>();
  for (const record of records) {
    const group = groups.get(record.priority);
    if (group === undefined) groups.set(record.priority, [record]);
    else group.push(record);
  }
  return [...groups.keys()].sort((a, b) => a - b).flatMap((priority) => shuffled(groups.get(priority)!, random));
}

function withShuffledHints(record: ServiceRecord, random: Random): ServiceRecord {
  const { ipv4Hints = [], ipv6Hints = [] } = record.params;
  if (ipv4Hints.length < 2 && ipv6Hints.length < 2) return record;
  const params = { ...record.params };
  if (ipv4Hints.length > 1) params.ipv4Hints = shuffled(ipv4Hints, random);
  if (ipv6Hints.length > 1) params.ipv6Hints = shuffled(ipv6Hints, random);
  return { ...record, params };
}

/** Fisher–Yates, from the end; nothing is drawn for fewer than two items. */
function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  if (items.length < 2) return items;
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1));
    [result[last], result[chosen]] = [result[chosen]!, result[last]!];
  }
  return result;
}
