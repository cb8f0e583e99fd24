/**
 * The queries that following up ignored records would have taken: for AliasMode the target's HTTPS, AAAA and A records
 * (RFC 9460 section 3), for another TargetName its AAAA and A.
 *
 * A lower bound: what lies behind an alias may point on.
 */
import { IGNORED } from '../../model/ignored-because.ts';
import type { HttpsRecord } from '../../model/resolution.ts';

export interface FollowUp {
  readonly name: string;
  readonly types: readonly string[];
  /** Those of the types that the answer brought along in its additional section: a client that takes them asks less. */
  readonly sentAlong: readonly string[];
}

const TYPES = ['HTTPS', 'AAAA', 'A'] as const;

export function followUps(records: readonly HttpsRecord[]): FollowUp[] {
  const byName = new Map<string, { readonly wanted: Set<string>; readonly sentAlong: Set<string> }>();
  for (const { targetName, ignoredBecause, sentAlong = [] } of records) {
    const isAlias = ignoredBecause === IGNORED.alias;
    // An alias to the root says that there is no service (section 2.5.1).
    if (targetName === undefined || targetName === '.' || !(isAlias || ignoredBecause === IGNORED.target)) continue;
    const own = byName.get(targetName) ?? { wanted: new Set(), sentAlong: new Set() };
    byName.set(targetName, own);
    for (const type of TYPES) if (isAlias || type !== 'HTTPS') own.wanted.add(type);
    for (const type of sentAlong) own.sentAlong.add(type);
  }
  return Array.from(byName, ([name, { wanted, sentAlong }]) => {
    const types = TYPES.filter((type) => wanted.has(type));
    return { name, types, sentAlong: types.filter((type) => sentAlong.has(type)) };
  });
}

/** Ports other than the one asked for, to which records of the name itself point: no query would be needed for those. */
export function otherPorts(records: readonly HttpsRecord[]): number[] {
  return [...new Set(records.flatMap(({ port, ignoredBecause }) => (port !== undefined && ignoredBecause === IGNORED.port ? [port] : [])))];
}
