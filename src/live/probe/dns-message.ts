/**
 * DNS messages: the question that is asked, and what an answer means to the engine.
 *
 * No EDNS: as Chromium's own over plain DNS, answers have 512 octets over UDP, and longer ones come over TCP. Left
 * out: the additional section.
 */
import packet, { type Answer, type DecodedPacket, type RecordType } from 'dns-packet';
import { canonicalAddress, canonicalHost } from '../../address.ts';
import type { DnsAnswer, DnsFailure, Query, QueryType } from '../../engine/dns.ts';
import type { Millis } from '../../units.ts';
import { readServiceBinding } from './service-binding.ts';

/** The library has no name for HTTPS records, and their RDATA is left as it is. */
const RECORD_TYPES: Readonly<Record<QueryType, RecordType>> = { A: 'A', AAAA: 'AAAA', HTTPS: 'UNKNOWN_65' as RecordType };

const FAILURES: Readonly<Record<string, DnsFailure>> = { NXDOMAIN: 'nxdomain', SERVFAIL: 'servfail', REFUSED: 'refused' };

/** More aliases in one answer than this are a loop, or as good as one. */
const MOST_ALIASES = 16;

export function queryMessage(id: number, { name, type }: Query): Buffer {
  return packet.encode({ type: 'query', id, flags: packet.RECURSION_DESIRED, questions: [{ type: RECORD_TYPES[type], name }] });
}

/** `undefined`: no answer to this question, but something that anyone may have sent. */
export function readAnswer(message: Buffer, id: number, query: Query): DnsAnswer | { readonly kind: 'truncated' } | undefined {
  if (message.length < 4 || message.readUInt16BE(0) !== id || message.readUInt8(2) < 0x80) return undefined;
  const decoded = decode(message);
  if (decoded === undefined) return { kind: 'failure', failure: 'malformed' };
  const [question] = decoded.questions ?? [];
  if (question === undefined || question.type !== RECORD_TYPES[query.type] || canonicalHost(question.name) !== query.name) return undefined;
  if (decoded.flag_tc) return { kind: 'truncated' };
  const { rcode } = decoded as DecodedPacket & { readonly rcode: string };
  if (rcode !== 'NOERROR') return { kind: 'failure', failure: FAILURES[rcode] ?? 'malformed' };
  try {
    return answerOf(decoded, query);
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'failure', failure: 'malformed' };
    throw error;
  }
}

function decode(message: Buffer): DecodedPacket | undefined {
  try {
    return packet.decode(message);
  } catch {
    return undefined;
  }
}

/** @throws RangeError if a record is malformed */
function answerOf({ answers = [], authorities = [] }: DecodedPacket, { name, type }: Query): DnsAnswer {
  const { owner, ttls } = followAliases(answers, name);
  const found = answers.filter((record) => record.type === RECORD_TYPES[type] && canonicalHost(record.name) === owner);
  const least = Math.min(...ttls, ...(found.length === 0 ? [negativeTtl(authorities)] : found.map(ttlOf)));
  return {
    kind: 'answer',
    owner,
    addresses: type === 'HTTPS' ? [] : found.map((record) => addressOf(record)),
    records: type === 'HTTPS' ? found.map((record) => readServiceBinding((record as unknown as { readonly data: Buffer }).data)) : [],
    ttl: least,
  };
}

/** The end of the CNAME chain. */
function followAliases(answers: readonly Answer[], name: string): { readonly owner: string; readonly ttls: readonly Millis[] } {
  const aliases = new Map(answers.flatMap((record) => (record.type === 'CNAME' ? [[canonicalHost(record.name), record] as const] : [])));
  const ttls: Millis[] = [];
  let owner = name;
  for (let alias = aliases.get(owner); alias !== undefined; alias = aliases.get(owner)) {
    if (ttls.length === MOST_ALIASES) throw new RangeError('aliases without end');
    owner = canonicalHost(alias.data);
    ttls.push(ttlOf(alias));
  }
  return { owner, ttls };
}

function addressOf(record: Answer): string {
  const address = record.type === 'A' || record.type === 'AAAA' ? canonicalAddress(record.data) : undefined;
  if (address === undefined) throw new RangeError('an address is none');
  return address;
}

/** RFC 2308 §5; 0 if the server does not say. */
function negativeTtl(authorities: readonly Answer[]): Millis {
  const [ttl = 0] = authorities.flatMap((record) => (record.type === 'SOA' ? [Math.min(ttlOf(record), (record.data.minimum ?? 0) * 1000)] : []));
  return ttl;
}

function ttlOf(record: Answer): Millis {
  return ('ttl' in record ? (record.ttl ?? 0) : 0) * 1000;
}
