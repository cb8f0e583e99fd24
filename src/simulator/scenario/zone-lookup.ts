/**
 * What a zone answers to a query: CNAMEs followed (RFC 1034 §4.3.2), wildcards expanded (RFC 4592), absent names
 * told from absent types.
 *
 * All of DNS is in the one zone: there are no delegations, and no SOA that would let a negative answer be kept.
 */
import type { QueryType, ServiceRecord } from '../../engine/dns.ts';
import type { Millis } from '../../units.ts';
import type { Zone, ZoneRecord } from './zone.ts';
import { parentName } from './zone-name.ts';

export interface ZoneAnswer {
  /** Of the name at the end of the chain (RFC 6604); a chain that runs in a circle is SERVFAIL. */
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL';
  /** The targets of the CNAMEs on the way, in order; empty: the name is no alias. */
  readonly chain: readonly string[];
  /** The end of the chain; the queried name itself if there is none. */
  readonly owner: string;
  /** Of A and AAAA, in the zone's order. */
  readonly addresses: readonly string[];
  /** Of HTTPS, in the zone's order. */
  readonly records: readonly ServiceRecord[];
  /** The least of the chain and the records; 0 for a negative answer, which nobody may keep (RFC 2308 §5). */
  readonly ttl: Millis;
}

/** Looks up a name in lower case and without the trailing dot. */
export function lookup(zone: Zone, name: string, type: QueryType): ZoneAnswer {
  const chain: string[] = [];
  let owner = name;
  let ttl = Number.POSITIVE_INFINITY;
  for (;;) {
    const found = recordsAt(zone, owner);
    const alias = found?.[0]?.type === 'CNAME' ? found[0] : undefined;
    if (alias === undefined) return answer(found, type, chain, owner, ttl);
    if (alias.target === name || chain.includes(alias.target)) return { rcode: 'SERVFAIL', chain, owner, addresses: [], records: [], ttl: 0 };
    chain.push(alias.target);
    owner = alias.target;
    ttl = Math.min(ttl, alias.ttl);
  }
}

function answer(found: readonly ZoneRecord[] | undefined, type: QueryType, chain: readonly string[], owner: string, chainTtl: Millis): ZoneAnswer {
  const addresses: string[] = [];
  const records: ServiceRecord[] = [];
  let ttl = chainTtl;
  for (const record of found ?? []) {
    if (record.type !== type) continue;
    ttl = Math.min(ttl, record.ttl);
    if ('address' in record) addresses.push(record.address);
    else if ('service' in record) records.push(record.service);
  }
  const positive = addresses.length + records.length > 0;
  return { rcode: found === undefined ? 'NXDOMAIN' : 'NOERROR', chain, owner, addresses, records, ttl: positive ? ttl : 0 };
}

/** `undefined`: the name does not exist. */
function recordsAt(zone: Zone, name: string): readonly ZoneRecord[] | undefined {
  const own = zone.get(name);
  if (own !== undefined || name === '') return own;
  // RFC 4592 §3.3.1: the source of synthesis is the wildcard right below the closest encloser, and no other.
  let encloser = parentName(name);
  while (encloser !== '' && !zone.has(encloser)) encloser = parentName(encloser);
  return zone.get(encloser === '' ? '*' : `*.${encloser}`);
}
