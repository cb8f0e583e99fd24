/**
 * A zone in the presentation format of RFC 1035 §5: records of class IN with `$ORIGIN`, `$TTL`, `@`, blank owners,
 * quotes, escapes, comments and parentheses; HTTPS and SVCB as RFC 9460 §2.1 writes them.
 *
 * Names are relative to the root unless `$ORIGIN` says otherwise. Records that no query of a connection asks for
 * (TXT, NS, …) only make their owner exist. `$INCLUDE` and the generic form of RFC 3597 are left out.
 */
import { canonicalAddress, familyOf } from '../../address.ts';
import type { ServiceRecord } from '../../engine/dns.ts';
import type { Millis } from '../../units.ts';
import { readServiceParams } from './service-params.ts';
import { ZoneError } from './zone-error.ts';
import { parentName, readZoneName } from './zone-name.ts';
import { readZoneEntries, type ZoneEntry, type ZoneToken } from './zone-tokens.ts';

export type ZoneRecord = { readonly ttl: Millis } & (
  | { readonly type: 'A' | 'AAAA'; readonly address: string }
  | { readonly type: 'CNAME'; readonly target: string }
  | { readonly type: 'HTTPS' | 'SVCB'; readonly service: ServiceRecord }
  | { readonly type: 'other' }
);

/**
 * Every name that exists, with its records in the order of the text; no records: the name exists only because
 * names below it do (RFC 8020). Names are in lower case and without the trailing dot.
 */
export type Zone = ReadonlyMap<string, readonly ZoneRecord[]>;

/** In effect until a `$TTL` or a record gives one. */
const DEFAULT_TTL: Millis = 300_000;
/** RFC 2181 §8. */
const LONGEST_TTL_SECONDS = 2 ** 31 - 1;
const OTHER_TYPES = new Set('CAA DNAME DNSKEY DS HINFO LOC MX NAPTR NS NSEC NSEC3 NSEC3PARAM PTR RP RRSIG SOA SPF SRV SSHFP TLSA TXT URI'.split(' '));
const CLASS = /^(?:IN|CH|CS|HS)$/i;
const TYPE_EXPECTED = 'a record type (A, AAAA, CNAME, HTTPS, SVCB, TXT, …)';

/** Throws a `ZoneError` at the first mistake. */
export function readZone(text: string): Zone {
  const zone = new Map<string, ZoneRecord[]>();
  let origin = '';
  let owner: string | undefined;
  let ttl = DEFAULT_TTL;
  for (const entry of readZoneEntries(text)) {
    const words = createWords(entry);
    if (!entry.continuesOwner) {
      const first = words.next('an owner name');
      if (first.plain && first.text.startsWith('$')) {
        if (first.text === '$ORIGIN') origin = readZoneName(words.next('a domain name'), origin);
        else if (first.text === '$TTL') ttl = readTtl(words.next('a TTL in seconds'));
        else throw new ZoneError(first.line, '$ORIGIN or $TTL', first.text);
        words.end();
        continue;
      }
      owner = readZoneName(first, origin);
    }
    if (owner === undefined) throw new ZoneError(entry.line, 'an owner name before the first record', entry.tokens[0]?.text);
    const { typeToken, ownTtl = ttl } = readHead(words);
    add(zone, owner, readRecord(typeToken, words, ownTtl, origin), entry.line);
  }
  return zone;
}

/** TTL and class come in either order, each at most once (RFC 1035 §5.1), then the type. */
function readHead(words: Words): { readonly typeToken: ZoneToken; readonly ownTtl?: Millis } {
  let ownTtl: Millis | undefined;
  let classSeen = false;
  for (;;) {
    const token = words.next(TYPE_EXPECTED);
    if (ownTtl === undefined && /^\d/.test(token.text)) {
      ownTtl = readTtl(token);
    } else if (!classSeen && CLASS.test(token.text)) {
      if (token.text.toUpperCase() !== 'IN') throw new ZoneError(token.line, 'the class IN', token.text);
      classSeen = true;
    } else {
      return { typeToken: token, ...(ownTtl !== undefined && { ownTtl }) };
    }
  }
}

interface Words {
  next(expected: string): ZoneToken;
  rest(): readonly ZoneToken[];
  /** Refuses what is left. */
  end(): void;
}

function createWords({ tokens, line }: ZoneEntry): Words {
  let at = 0;
  return {
    next(expected) {
      const token = tokens[at++];
      if (token === undefined) throw new ZoneError(line, expected);
      return token;
    },
    rest: () => tokens.slice(at, (at = tokens.length)),
    end() {
      const token = tokens[at];
      if (token !== undefined) throw new ZoneError(token.line, 'the end of the record', token.text);
    },
  };
}

function readRecord(typeToken: ZoneToken, words: Words, ttl: Millis, origin: string): ZoneRecord {
  const type = typeToken.text.toUpperCase();
  switch (type) {
    case 'A':
    case 'AAAA': {
      const expected = type === 'A' ? 'an IPv4 address' : 'an IPv6 address';
      const token = words.next(expected);
      words.end();
      const address = token.text.startsWith('[') ? undefined : canonicalAddress(token.text);
      if (address === undefined || familyOf(address) !== (type === 'A' ? 'ipv4' : 'ipv6')) throw new ZoneError(token.line, expected, token.text);
      return { type, ttl, address };
    }
    case 'CNAME': {
      const target = readZoneName(words.next('a domain name'), origin);
      words.end();
      return { type, ttl, target };
    }
    case 'HTTPS':
    case 'SVCB': {
      const priority = words.next('a SvcPriority, 0 to 65535');
      if (!/^\d{1,5}$/.test(priority.text) || Number(priority.text) > 65_535) throw new ZoneError(priority.line, 'a SvcPriority, 0 to 65535', priority.text);
      const target = readZoneName(words.next('a TargetName'), origin);
      const service = { priority: Number(priority.text), target: target === '' ? '.' : target, params: readServiceParams(words.rest()) };
      return { type, ttl, service };
    }
    default:
      if (!OTHER_TYPES.has(type) && !/^TYPE\d{1,5}$/.test(type)) throw new ZoneError(typeToken.line, TYPE_EXPECTED, typeToken.text);
      return { type: 'other', ttl };
  }
}

function readTtl({ text, line }: ZoneToken): Millis {
  if (!/^\d{1,10}$/.test(text) || Number(text) > LONGEST_TTL_SECONDS) throw new ZoneError(line, 'a TTL in seconds, 0 to 2147483647', text);
  return Number(text) * 1000;
}

function add(zone: Map<string, ZoneRecord[]>, owner: string, record: ZoneRecord, line: number): void {
  const records = zone.get(owner);
  // RFC 1034 §3.6.2: a name with a CNAME has nothing else.
  if (records?.some(({ type }) => type === 'CNAME' || record.type === 'CNAME')) throw new ZoneError(line, 'a CNAME to be the only record of its name', owner);
  if (records !== undefined) records.push(record);
  else zone.set(owner, [record]);
  for (let name = owner; name !== '' && records === undefined; ) {
    name = parentName(name);
    if (zone.has(name)) break;
    zone.set(name, []);
  }
}
