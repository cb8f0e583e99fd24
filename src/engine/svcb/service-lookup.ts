/**
 * The front end of one connection: from the answers to its DNS queries to the services it may use and the queries
 * still to ask (RFC 9460 §3, §9; draft-ietf-happy-happyeyeballs-v3 §4).
 *
 * It has no notion of time. When to start, what to try first within a service and when to give up is for the race.
 */
import type { DnsAnswer, Query, QueryType } from '../dns.ts';
import type { Protocol } from '../endpoint.ts';
import { createAnswerBook } from './answer-book.ts';
import { type Lead, listServices, plainOffer } from './list-services.ts';
import type { LookupOptions, Origin } from './lookup-options.ts';
import { queryName, securePort } from '../query-name.ts';
import { followRecords } from './record-chain.ts';
import type { Random } from './record-set.ts';
import { literalAddresses } from './service-addresses.ts';
import type { ServiceView } from './service.ts';
import { type RecordRules, isTcp } from './usable-record.ts';

export interface ServiceLookup {
  /** To be called once, first: what to ask, HTTPS, AAAA, A, back to back (HE-08). Empty for an IP literal. */
  readonly start: () => readonly Query[];
  /** Takes an answer and gives the follow-ups to ask now; no name and type is asked twice. */
  readonly answer: (query: Query, answer: DnsAnswer) => readonly Query[];
  /** A query is asked once more and open again; its answer stands until the next one (HE-24, HE-25). */
  readonly reopen: (query: Query) => void;
  /** The same object until the next answer or `reopen`. */
  readonly view: () => ServiceView;
}

export function createServiceLookup(origin: Origin, options: LookupOptions, random: Random): ServiceLookup {
  const book = createAnswerBook(random);
  const originLead = leadOfOrigin(origin, options);
  const alternatives = leadsOfAlternatives(origin, options);
  const leads = [originLead, ...alternatives];
  let view: ServiceView | undefined;

  /** Adds a query to those to ask now, if it has not been asked before. */
  function ask(name: string, type: QueryType, queries: Query[]): void {
    const query = book.ask(name, type);
    if (query !== undefined) queries.push(query);
  }

  function askAddresses(name: string, queries: Query[]): void {
    if (options.namesResolvedBy === 'client') for (const type of options.addressTypes) ask(name, type, queries);
  }

  function asksRecords({ literal }: Lead): boolean {
    return options.serviceRecords && literal === undefined;
  }

  function walk(lead: Lead): void {
    const { authority, rules } = lead;
    if (asksRecords(lead)) lead.chain = followRecords(authority, book.recordSet, rules, options);
  }

  /** Each name of a chain. */
  function askAlong({ chain }: Lead, queries: Query[]): void {
    for (const name of chain?.aliases ?? []) {
      ask(name, 'HTTPS', queries);
      askAddresses(name, queries);
    }
    for (const { addressName } of chain?.usable ?? []) askAddresses(addressName, queries);
  }

  /** An alternative on the origin's own authority judges the records of the origin once more, for its protocol. */
  function isOnOrigin(lead: Lead): boolean {
    return lead !== originLead && lead.authority.queryName === originLead.authority.queryName;
  }

  function look(): ServiceView {
    const info = originLead.chain?.info ?? 'not-asked';
    const upgradeToHttps = isUpgrade(origin, originLead);
    return {
      info,
      services: info === 'refused' || upgradeToHttps ? [] : listServices(originLead, alternatives, book, options),
      refusals: leads.flatMap((lead) => (isOnOrigin(lead) ? [] : (lead.chain?.refused ?? []))),
      openQueries: book.open(),
      upgradeToHttps,
    };
  }

  return {
    start() {
      const queries: Query[] = [];
      for (const lead of leads) {
        if (asksRecords(lead)) ask(lead.authority.queryName, 'HTTPS', queries);
        if (lead.literal === undefined) askAddresses(lead.authority.host, queries);
      }
      leads.forEach(walk);
      view = undefined;
      return queries;
    },
    answer(query, answer) {
      book.enter(query, answer);
      view = undefined;
      if (query.type !== 'HTTPS') return [];
      leads.forEach(walk);
      // An upgraded origin is looked up anew: its follow-ups are those of that lookup.
      const queries: Query[] = [];
      if (!isUpgrade(origin, originLead)) for (const lead of leads) askAlong(lead, queries);
      return queries;
    },
    reopen(query) {
      book.reopen(query);
      view = undefined;
    },
    view: () => (view ??= look()),
  };
}

function leadOfOrigin({ scheme, host, port }: Origin, options: LookupOptions): Lead {
  // Without a record nothing tells that the origin speaks HTTP/3 (C-65), and `http` goes in the clear.
  const isSpokenPlainly = scheme === 'https' ? isTcp : (protocol: Protocol) => protocol === 'http/1.1';
  return {
    authority: { host, queryName: queryName(scheme, host, port) },
    plain: plainOffer(port, options.protocols.filter(isSpokenPlainly)),
    rules: recordRules(options.protocols, securePort(scheme, port), options),
    literal: literalAddresses(host),
    chain: undefined,
  };
}

/** Those in a protocol that the client speaks (C-84, C-85); each allows that one protocol and no other (SB-28). */
function leadsOfAlternatives(origin: Origin, options: LookupOptions): readonly Lead[] {
  const { scheme, alternatives = [] } = origin;
  if (scheme === 'http') return [];
  return alternatives
    .filter(({ protocol }) => options.protocols.includes(protocol))
    .map(({ protocol, host = origin.host, port = origin.port }) => ({
      authority: { host, queryName: queryName(scheme, host, port) },
      plain: plainOffer(port, [protocol]),
      rules: recordRules([protocol], port, options),
      literal: literalAddresses(host),
      chain: undefined,
    }));
}

function recordRules(protocols: readonly Protocol[], port: number, { ech, recordPort, noDefaultAlpn }: LookupOptions): RecordRules {
  return { protocols, port, ech, recordPort, noDefaultAlpn };
}

/** AliasMode counts as well as a usable ServiceMode record (SB-27). */
function isUpgrade({ scheme }: Origin, { chain }: Lead): boolean {
  return scheme === 'http' && chain !== undefined && (chain.aliases.length > 0 || chain.usable.length > 0);
}
