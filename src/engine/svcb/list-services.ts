/**
 * The services of an origin and its alternatives in order, from what their record chains say so far.
 *
 * The order within a service (families, protocols, RFC 6724) belongs to the race.
 */
import type { ServiceParams } from '../dns.ts';
import type { Protocol } from '../endpoint.ts';
import type { AnswerBook } from './answer-book.ts';
import type { LookupOptions } from './lookup-options.ts';
import type { Authority, RecordChain } from './record-chain.ts';
import { type Addresses, addressesOf } from './service-addresses.ts';
import type { Service } from './service.ts';
import { type Offer, type RecordRules, isQuic, isTcp } from './usable-record.ts';

/** An authority that a connection may go to, with its records as far as they are known. */
export interface Lead {
  readonly authority: Authority;
  /** What is on offer there without any record. */
  readonly plain: Offer;
  /** What the client, and Alt-Svc, allow a record to say. */
  readonly rules: RecordRules;
  /** The addresses, if the host is an IP literal and there is nothing to ask. */
  readonly literal: Addresses | undefined;
  /** `undefined`: no records have been asked for. */
  chain: RecordChain | undefined;
}

/** Protocols sorted into those over QUIC and those over TCP. */
export function plainOffer(port: number, protocols: readonly Protocol[]): Offer {
  return { port, quic: protocols.filter(isQuic), tcp: protocols.filter(isTcp) };
}

export function listServices(
  origin: Lead,
  alternatives: readonly Lead[],
  book: AnswerBook,
  options: LookupOptions,
): readonly Service[] {
  const services = [
    ...recordServices(origin, 'service-record', book, options),
    ...aliasServices(origin, 'alias-target', book, options),
    ...alternatives.flatMap((lead) => alternativeServices(lead, origin, book, options)),
    plainService(origin, 'authority', origin.authority.host, book, options),
  ].filter(({ quic, tcp }) => quic.length > 0 || tcp.length > 0);
  if (options.fallback === 'never') return services.filter(isFromRecord);
  // DEC-8: who could be talked out of ECH by a withheld record does without services that lack it.
  const keepsToEch = canRelyOnEch(options) && everyRecordHasEch(origin);
  return keepsToEch ? services.filter(({ ech }) => ech !== undefined) : services;
}

/**
 * An alternative is used as Alt-Svc and its HTTPS records agree (SB-28, HE-71): without records as advertised, with
 * records only as these say, and not at all if none of them allows the advertised protocol.
 */
function alternativeServices(lead: Lead, origin: Lead, book: AnswerBook, options: LookupOptions): readonly Service[] {
  const { authority, chain } = lead;
  // The origin's own records offer all that they and Alt-Svc could agree on.
  const isListed = authority.queryName === origin.authority.queryName && origin.chain?.info === 'known';
  if (isListed || chain?.info === 'refused') return [];
  const hasRecords = chain !== undefined && (chain.usable.length > 0 || chain.refused.length > 0);
  if (hasRecords) return recordServices(lead, 'alt-svc', book, options);
  return [
    ...aliasServices(lead, 'alt-svc', book, options),
    plainService(lead, 'alt-svc', authority.host, book, options),
  ];
}

function recordServices(
  { chain }: Lead,
  kind: Service['kind'],
  book: AnswerBook,
  options: LookupOptions,
): readonly Service[] {
  return (chain?.usable ?? []).map(({ record, name, addressName, offer }) => ({
    name,
    kind,
    priority: record.priority,
    provisional: false,
    ...offer,
    ...addressesOf(addressName, record.params, book, options),
  }));
}

/** The name where the aliases end, with the authority's port and no parameters (SB-11). */
function aliasServices(
  lead: Lead,
  kind: Service['kind'],
  book: AnswerBook,
  options: LookupOptions,
): readonly Service[] {
  const name = lead.chain?.aliases.at(-1);
  return name === undefined ? [] : [plainService(lead, kind, name, book, options)];
}

function plainService(
  { plain, literal, chain }: Lead,
  kind: Service['kind'],
  name: string,
  book: AnswerBook,
  options: LookupOptions,
): Service {
  const addresses = literal ?? addressesOf(name, noParams, book, options);
  return { name, kind, provisional: chain?.info === 'pending', ...plain, ...addresses };
}

const noParams: ServiceParams = {};

function canRelyOnEch({ ech, fallback, protectedDns }: LookupOptions): boolean {
  return ech && (fallback === 'unless-ech' || (fallback === 'unless-protected-ech' && protectedDns));
}

function everyRecordHasEch({ chain }: Lead): boolean {
  return chain?.info === 'known' && chain.usable.every(({ offer }) => offer.ech !== undefined);
}

function isFromRecord({ priority }: Service): boolean {
  return priority !== undefined;
}
