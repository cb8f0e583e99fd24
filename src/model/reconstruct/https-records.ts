/**
 * HTTPS records: what was published, what the browser kept of it, and by which of its rules it ignored the rest.
 *
 * What it kept is logged. What it dropped is known from raw answers alone (capture mode Everything); other logs still
 * show that a whole set was dropped, and in three cases why. The rules are Chromium's (`ExtractHttpsResults`); what it
 * kept against them, or dropped without one, is told as logged.
 */
import { canonicalHost } from '../../address.ts';
import type { HttpsAnswer, PublishedRecord } from '../dns/https-answer.ts';
import { isKnownKey, keyName } from '../dns/service-params.ts';
import { RR_TYPES } from '../dns/rr-types.ts';
import { IGNORED } from '../ignored-because.ts';
import type { HttpsRecord } from '../resolution.ts';
import { unknownRecord } from '../handlers/resolver-results.ts';

export interface HttpsLookup {
  readonly host: string | undefined;
  readonly port: number | undefined;
  /** Answers as received; none in most logs. */
  readonly answers: readonly HttpsAnswer[];
  /** As the browser listed what it kept, or that it dropped a whole set; absent if it never came to that. */
  readonly listed: readonly HttpsRecord[] | undefined;
  /** The browser could not read the answer. */
  readonly unreadable: boolean;
  /** The browser made nothing of an answer that held records. */
  readonly blank: boolean;
}

/** The default of the HTTPS scheme (RFC 9460 section 9.5). */
const DEFAULT_ALPN = 'http/1.1';

export function httpsRecordsOf(lookup: HttpsLookup): HttpsRecord[] {
  const { answers, listed = [], unreadable, blank } = lookup;
  if (answers.length > 0) return withoutRepeats(answers.flatMap((answer) => publishedRecords(answer, lookup)));
  if (listed.length > 0) return withoutRepeats(listed);
  // A set of which no record is compatible leaves nothing behind, not even an empty list.
  const owner = lookup.host ?? '';
  return unreadable ? [unknownRecord(owner, IGNORED.malformed)] : blank ? [unknownRecord(owner, IGNORED.mandatory)] : [];
}

/** The same set can come twice: over HTTPS and, in a later task, over plain DNS. */
function withoutRepeats(records: readonly HttpsRecord[]): HttpsRecord[] {
  return [...new Map(records.map((record) => [JSON.stringify(record), record])).values()];
}

function publishedRecords({ records, additional }: HttpsAnswer, lookup: HttpsLookup): HttpsRecord[] {
  const reasons = reasonsToIgnore(records, lookup);
  const along = typesByName(additional);
  const kept = new Set(lookup.listed?.filter(({ used }) => used === true).map(identity));
  return records.map((published, i) => {
    const record = viewOf(published);
    const sentAlong = record.targetName === undefined ? undefined : along.get(canonicalHost(record.targetName));
    const isKept = kept.has(identity(record));
    const ignoredBecause = isKept ? undefined : reasons[i];
    return {
      ...record,
      ...(sentAlong !== undefined && { sentAlong: [...sentAlong] }),
      // Before the browser has judged the answer, nothing is kept or ignored.
      ...((lookup.listed !== undefined || lookup.unreadable) && { used: isKept, ...(ignoredBecause !== undefined && { ignoredBecause }) }),
    };
  });
}

/** Of one name; each record that points to it tells them. */
const MOST_TYPES = 16;

function typesByName(records: HttpsAnswer['additional']): ReadonlyMap<string, ReadonlySet<string>> {
  const types = new Map<string, Set<string>>();
  for (const { name, type } of records) {
    const host = canonicalHost(name);
    const own = types.get(host) ?? new Set();
    types.set(host, own);
    if (own.size < MOST_TYPES) own.add(RR_TYPES[type] ?? `TYPE${type}`);
  }
  return types;
}

function identity({ priority, targetName = '' }: HttpsRecord): string {
  return `${priority ?? ''} ${canonicalHost(targetName)}`;
}

function viewOf({ ownerName, binding }: PublishedRecord): HttpsRecord {
  const none = { ownerName, alpn: [], ech: false, ipv4Hint: [], ipv6Hint: [] };
  switch (binding.mode) {
    case 'malformed':
      return none;
    case 'alias':
      return { ...none, mode: 'alias', priority: 0, targetName: binding.targetName };
    case 'service': {
      const { alpn, noDefaultAlpn, port, ech, ipv4Hint, ipv6Hint, mandatory, otherKeys } = binding.params;
      return {
        ownerName,
        mode: 'service',
        priority: binding.priority,
        targetName: binding.targetName === '.' ? ownerName : binding.targetName,
        alpn: noDefaultAlpn || alpn.includes(DEFAULT_ALPN) ? [...alpn] : [...alpn, DEFAULT_ALPN],
        ...(noDefaultAlpn && { noDefaultAlpn }),
        ...(port !== undefined && { port }),
        ech,
        ipv4Hint: [...ipv4Hint],
        ipv6Hint: [...ipv6Hint],
        ...(mandatory.length > 0 && { mandatory: mandatory.map(keyName) }),
        ...(otherKeys.length > 0 && { otherParams: otherKeys.map(keyName) }),
      };
    }
  }
}

/** For each record of a set, the rule that drops it, if one does. */
function reasonsToIgnore(records: readonly PublishedRecord[], lookup: HttpsLookup): (string | undefined)[] {
  const bindings = records.map(({ binding }) => binding);
  if (bindings.some(({ mode }) => mode === 'malformed')) return bindings.map(({ mode }) => (mode === 'malformed' ? IGNORED.malformed : IGNORED.besideMalformed));
  if (bindings.some(({ mode }) => mode === 'alias')) return bindings.map(({ mode }) => (mode === 'alias' ? IGNORED.alias : IGNORED.besideAlias));
  const own = records.map((record) => ownReason(record, lookup));
  const hasDefault = bindings.some((binding, i) => own[i] === undefined && binding.mode === 'service' && !binding.params.noDefaultAlpn);
  return own.map((reason) => reason ?? (hasDefault ? undefined : IGNORED.noDefault));
}

function ownReason({ ownerName, binding }: PublishedRecord, { host, port }: HttpsLookup): string | undefined {
  if (binding.mode !== 'service') return undefined;
  const { targetName, params } = binding;
  if (!params.mandatory.every(isKnownKey)) return IGNORED.mandatory;
  if (targetName !== '.' && !same(targetName, ownerName) && !same(targetName, host ?? '')) return IGNORED.target;
  if (params.port !== undefined && port !== undefined && params.port !== port) return IGNORED.port;
  return params.noDefaultAlpn && params.alpn.length === 0 ? IGNORED.noProtocol : undefined;
}

function same(one: string, other: string): boolean {
  return canonicalHost(one) === canonicalHost(other);
}
