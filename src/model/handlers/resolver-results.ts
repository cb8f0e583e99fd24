/**
 * Reads what a resolver logs as results: answers of DNS transactions, cache entries, address lists of
 * the system resolver, and service endpoints. Shapes: `results` objects of type `data`, `alias`,
 * `metadata` and `error`; cache-entry form with `ip_endpoints`; `endpoints` lists.
 */
import { canonicalAddress, familyOf, parseEndpoint } from '../../address.ts';
import type { EventParams } from '../../netlog/event.ts';
import { IGNORED } from '../ignored-because.ts';
import type { HttpsRecord, ServiceEndpoint } from '../resolution.ts';
import { asObject, flag, integer, isName, name, netError, object, objects, text, texts } from './params.ts';

/** What one set of results says. */
export interface ResolverAnswer {
  readonly addresses: readonly string[];
  readonly aliases: readonly string[];
  readonly httpsRecords: readonly HttpsRecord[];
  /** The first error among the results, a net error code. */
  readonly error?: number | undefined;
}

export const NO_ANSWER: ResolverAnswer = { addresses: [], aliases: [], httpsRecords: [] };

/** `results` of DNS_TASK END or EXTRACTION_RESULTS. */
export function readResults(results: readonly EventParams[]): ResolverAnswer {
  const addresses = new Set<string>();
  const aliases = new Set<string>();
  const httpsRecords: HttpsRecord[][] = [];
  let error: number | undefined;
  for (const result of results) {
    const type = text(result, 'type');
    if (type === 'error') error ??= integer(result, 'error');
    else if (type === 'metadata') httpsRecords.push(readHttpsRecords(result));
    else if (type === 'alias') addKnown(aliases, text(result, 'alias_target'));
    for (const endpoint of objects(result, 'endpoints')) addKnown(addresses, addressIn(endpoint, 'address'));
  }
  return { addresses: [...addresses], aliases: [...aliases], httpsRecords: httpsRecords.flat(), error };
}

/** `results` of CACHE_HIT, HOSTS_HIT and CONFIG_PRESET_MATCH: one object in the form of a cache entry. */
export function readCacheEntry(entry: EventParams | undefined): ResolverAnswer {
  if (entry === undefined) return NO_ANSWER;
  const owner = name(entry, 'hostname') ?? texts(entry, 'canonical_names').find(isName) ?? '';
  const addresses = new Set<string>();
  for (const endpoint of objects(entry, 'ip_endpoints')) {
    addKnown(addresses, addressIn(endpoint, 'endpoint_address') ?? addressIn(endpoint, 'address'));
  }
  // The forms of logs before about Chrome 100.
  for (const address of [...texts(entry, 'addresses'), ...texts(entry, 'address_list')]) addKnown(addresses, bareAddress(address));
  const httpsRecords = objects(entry, 'endpoint_metadatas').map((item) =>
    serviceRecord(owner, object(item, 'endpoint_metadata_value'), integer(item, 'endpoint_metadata_weight'), () => NO_HINTS),
  );
  // A negative answer can be cached too.
  return { addresses: [...addresses], aliases: texts(entry, 'aliases'), httpsRecords, error: netError(entry) };
}

/** `address_list` of SYSTEM_TASK END: `[2001:db8::1]:0`, or an object holding the list (before about Chrome 90). */
export function readAddressList(params: EventParams | undefined): ResolverAnswer {
  const nested = object(params, 'address_list');
  const addresses = new Set<string>();
  for (const entry of nested === undefined ? texts(params, 'address_list') : texts(nested, 'address_list')) {
    addKnown(addresses, bareAddress(entry));
  }
  const canonical = text(params, 'canonical_name') ?? text(nested, 'canonical_name');
  const aliases = texts(params, 'aliases');
  return { addresses: [...addresses], aliases: aliases.length === 0 && canonical ? [canonical] : aliases, httpsRecords: [] };
}

/** `endpoints` of SERVICE_ENDPOINTS_UPDATED, DNS_RESOLUTION_UPDATED and DNS_RESOLUTION_FINISHED, in order of trial. */
export function readServiceEndpoints(params: EventParams | undefined): ServiceEndpoint[] {
  return objects(params, 'endpoints').map((endpoint) => {
    const metadata = object(endpoint, 'metadata');
    const fromHints = flag(endpoint, 'ipv4_endpoints_from_hints') === true || flag(endpoint, 'ipv6_endpoints_from_hints') === true;
    const addressesIn = (key: string): string[] =>
      objects(endpoint, key).map((e) => addressIn(e, 'address')).filter((a) => a !== undefined);
    return {
      ipv4: addressesIn('ipv4_endpoints'),
      ipv6: addressesIn('ipv6_endpoints'),
      ...readMetadata(metadata),
      ...(fromHints ? { fromHints } : {}),
    };
  });
}

/** Of one answer: each has all of its addresses, and no name has so many. */
const MOST_SERVICES = 64;

/**
 * The endpoints that a finished answer amounts to, where no event lists them: one per usable HTTPS
 * record, most preferred first, then the addresses alone.
 */
export function endpointsOf(answer: ResolverAnswer): ServiceEndpoint[] {
  if (answer.addresses.length === 0) return [];
  const ipv4 = answer.addresses.filter((a) => familyOf(a) === 'ipv4');
  const ipv6 = answer.addresses.filter((a) => familyOf(a) === 'ipv6');
  const services = answer.httpsRecords
    .filter((record) => record.used === true)
    .toSorted((a, b) => (a.priority ?? 0) - (b.priority ?? 0))
    .slice(0, MOST_SERVICES)
    .map(({ alpn, ech, targetName }) => ({ ipv4, ipv6, alpn, ech, ...(targetName === undefined ? {} : { targetName }) }));
  return [...services, { ipv4, ipv6, alpn: [], ech: false }];
}

function readMetadata(metadata: EventParams | undefined): { alpn: string[]; ech: boolean; targetName?: string } {
  const targetName = text(metadata, 'target_name');
  return {
    alpn: texts(metadata, 'supported_protocol_alpns'),
    ech: (text(metadata, 'ech_config_list') ?? '') !== '',
    ...(targetName === undefined || targetName === '' ? {} : { targetName }),
  };
}

function readHttpsRecords(result: EventParams): HttpsRecord[] {
  const ownerName = name(result, 'domain_name') ?? '';
  const metadatas = objects(result, 'metadatas');
  if (metadatas.length === 0) {
    // Why a whole set is dropped is not logged.
    return [unknownRecord(ownerName, IGNORED.unknown)];
  }
  const hints = object(result, 'address_hints');
  const hinted = new Map<string, Hints>();
  return metadatas.map((item) => serviceRecord(ownerName, object(item, 'metadata_value'), integer(item, 'metadata_weight'), (name) => {
    const known = hinted.get(name) ?? hintsFor(asObject(hints?.[name]));
    hinted.set(name, known);
    return known;
  }));
}

/** One or more records of which the log shows only that they were there and were dropped. */
export function unknownRecord(ownerName: string, ignoredBecause: string): HttpsRecord {
  return { ownerName, alpn: [], ech: false, ipv4Hint: [], ipv6Hint: [], used: false, ignoredBecause };
}

function serviceRecord(
  ownerName: string,
  value: EventParams | undefined,
  priority: number | undefined,
  hintsOf: (name: string) => Hints,
): HttpsRecord {
  const metadata = readMetadata(value);
  const hints = hintsOf(metadata.targetName ?? ownerName);
  return {
    ownerName,
    mode: 'service',
    ...(priority === undefined ? {} : { priority }),
    ...metadata,
    ipv4Hint: hints.ipv4,
    ipv6Hint: hints.ipv6,
    used: true,
  };
}

interface Hints {
  readonly ipv4: string[];
  readonly ipv6: string[];
}

const NO_HINTS: Hints = { ipv4: [], ipv6: [] };

/** Of one TargetName and family: an answer names each record's again, and no server has so many. */
const MOST_HINTS = 64;

function hintsFor(hinted: EventParams | undefined): Hints {
  return { ipv4: hintAddresses(hinted, 'ipv4_hints'), ipv6: hintAddresses(hinted, 'ipv6_hints') };
}

function hintAddresses(hinted: EventParams | undefined, key: string): string[] {
  const found = new Set<string>();
  for (const hint of texts(hinted, key)) addKnown(found, bareAddress(hint));
  for (const hint of objects(hinted, key)) addKnown(found, addressIn(hint, 'address') ?? addressIn(hint, 'endpoint_address'));
  return [...found].slice(0, MOST_HINTS);
}

function addressIn(params: EventParams, key: string): string | undefined {
  const value = text(params, key);
  return value === undefined ? undefined : bareAddress(value);
}

function bareAddress(value: string): string | undefined {
  return canonicalAddress(value) ?? parseEndpoint(value)?.address;
}

function addKnown(found: Set<string>, value: string | undefined): void {
  if (value !== undefined) found.add(value);
}
