/**
 * From an authority's query name along its aliases to the ServiceMode records at their end (RFC 9460 §3), as far as
 * answers have come in. A pure reading of those answers: walked anew after each, it can't depend on their order.
 *
 * CNAMEs are the resolver's affair and count for nothing here (SB-04).
 */
import type { ServiceRecord } from '../dns.ts';
import type { LookupOptions } from './lookup-options.ts';
import type { RecordSet } from './record-set.ts';
import type { RefusedRecord, ServiceInfo } from './service.ts';
import { type Offer, type RecordRules, judgeRecord } from './usable-record.ts';

/** Where a chain starts. */
export interface Authority {
  readonly host: string;
  /** See `queryName`. */
  readonly queryName: string;
}

export interface UsableRecord {
  readonly record: ServiceRecord;
  /** The effective TargetName (SB-07). */
  readonly name: string;
  /** The name to ask for addresses: the effective TargetName, or a name already asked whose CNAMEs lead to it. */
  readonly addressName: string;
  readonly offer: Offer;
}

export interface RecordChain {
  readonly info: Exclude<ServiceInfo, 'not-asked'>;
  /** Targets of the aliases followed; none if the chain is broken (SB-05). The last is the final QNAME of SB-11. */
  readonly aliases: readonly string[];
  /** In order of preference. */
  readonly usable: readonly UsableRecord[];
  readonly refused: readonly RefusedRecord[];
}

type ChainOptions = Pick<LookupOptions, 'followUps' | 'aliasLimit' | 'targetLimit' | 'protectedDns'>;

export function followRecords(
  authority: Authority,
  recordSet: (name: string) => RecordSet | undefined,
  rules: RecordRules,
  options: ChainOptions,
): RecordChain {
  const aliases: string[] = [];
  for (let name = authority.queryName; ; ) {
    const set = recordSet(name);
    switch (set?.kind) {
      case undefined:
        return withoutRecords('pending', aliases);
      case 'failure':
        return withoutRecords(options.protectedDns ? 'refused' : 'failed', aliases);
      case 'none':
        return withoutRecords('negative', aliases);
      case 'alias': {
        const { target } = set;
        const isCycle = target === authority.queryName || aliases.includes(target);
        // Too long, or going in circles: as if the origin had no records (SB-04, SB-05).
        const isFollowed = options.followUps && !isCycle && aliases.length < options.aliasLimit;
        if (!isFollowed) return withoutRecords('negative', []);
        aliases.push(target);
        name = target;
        break;
      }
      case 'services':
        return judgeRecords(authority, name, aliases, set, rules, options);
    }
  }
}

function withoutRecords(info: RecordChain['info'], aliases: readonly string[]): RecordChain {
  return { info, aliases, usable: [], refused: [] };
}

function judgeRecords(
  authority: Authority,
  queriedName: string,
  aliases: readonly string[],
  { owner, records }: Extract<RecordSet, { kind: 'services' }>,
  rules: RecordRules,
  options: ChainOptions,
): RecordChain {
  const usable: UsableRecord[] = [];
  const refused: RefusedRecord[] = [];
  const targets = new Set<string>();
  for (const record of records) {
    const { priority, target } = record;
    const verdict = judgeRecord(record, rules);
    if (verdict.kind === 'refused') {
      refused.push({ priority, target, reason: verdict.reason });
      continue;
    }
    const name = target === '.' ? owner : target;
    if (!options.followUps) {
      // Without follow-ups the authority's are all the addresses there will be (R-12, L-18).
      if (name === owner) usable.push({ record, name, addressName: authority.host, offer: verdict.offer });
      else refused.push({ priority, target, reason: 'other-target' });
      continue;
    }
    // The CNAMEs that led the HTTPS query to the owner lead the address queries there too.
    const addressName = name === owner ? queriedName : name;
    if (addressName !== authority.host && !aliases.includes(addressName)) targets.add(addressName);
    if (targets.size > options.targetLimit) {
      targets.delete(addressName);
      refused.push({ priority, target, reason: 'target-limit' });
    } else usable.push({ record, name, addressName, offer: verdict.offer });
  }
  if (rules.noDefaultAlpn === 'refused-in-all' && usable.every(({ record }) => record.params.noDefaultAlpn === true)) {
    refused.push(...usable.map(({ record: { priority, target } }) => ({ priority, target, reason: 'no-default-alpn' as const })));
    return { info: 'negative', aliases, usable: [], refused };
  }
  return { info: usable.length > 0 ? 'known' : 'negative', aliases, usable, refused };
}
