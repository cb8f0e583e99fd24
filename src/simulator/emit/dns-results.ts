/**
 * Answers in the forms that Chromium's resolver logs: typed results of a transaction or task, and the cache entry.
 *
 * Left out: expirations, and the client's verdict on HTTPS records, which the resolver does not know. All ServiceMode
 * records are listed.
 */
import type { DnsAnswer, Query, ServiceRecord } from '../../engine/dns.ts';
import type { QueryAnswer, ResolutionFailure } from '../../engine/resolver/output.ts';
import type { EventParams } from '../../netlog/event.ts';
import { NET_ERRORS } from '../log/net-errors.ts';

/** What Chromium's DNS client makes of a failure. */
export const DNS_ERRORS: Readonly<Record<ResolutionFailure, number>> = {
  nodata: NET_ERRORS.ERR_NAME_NOT_RESOLVED,
  nxdomain: NET_ERRORS.ERR_NAME_NOT_RESOLVED,
  'not-found': NET_ERRORS.ERR_NAME_NOT_RESOLVED,
  temporary: NET_ERRORS.ERR_NAME_RESOLUTION_FAILED,
  servfail: NET_ERRORS.ERR_DNS_SERVER_FAILURE,
  refused: NET_ERRORS.ERR_DNS_REFUSED,
  malformed: NET_ERRORS.ERR_DNS_MALFORMED_RESPONSE,
  timeout: NET_ERRORS.ERR_DNS_TIMED_OUT,
  network: NET_ERRORS.ERR_CONNECTION_REFUSED,
};

/** The resource record types of the queries. */
export const RECORD_TYPES = { A: 1, AAAA: 28, HTTPS: 65 } as const;

/** `results` for one answered query. A failure other than NXDOMAIN has none: of HTTPS it is ignored (HE-73). */
export function resultsOf({ query, answer }: QueryAnswer): readonly EventParams[] {
  const { type } = query;
  if (answer.kind === 'failure') return answer.failure === 'nxdomain' ? [errorResult(query.name, type, DNS_ERRORS.nxdomain)] : [];
  const { owner, addresses, records } = answer;
  const alias = owner === query.name ? [] : [{ alias_target: owner, domain_name: query.name, query_type: type, source: 'dns', type: 'alias' }];
  if (recordCount(answer) === 0) return [...alias, errorResult(owner, type, DNS_ERRORS.nodata)];
  if (type === 'HTTPS') return [...alias, metadataResult(owner, records)];
  const endpoints = addresses.map((address) => ({ address, port: 0 }));
  return [...alias, { domain_name: owner, endpoints, hosts: [], query_type: type, source: 'dns', strings: [], type: 'data' }];
}

/** `failure_result` of a task. */
export function failureResult(name: string, failure: ResolutionFailure): EventParams {
  return errorResult(name, 'UNSPECIFIED', DNS_ERRORS[failure]);
}

/** `results` of a cache hit. */
export function cacheEntry(answers: readonly QueryAnswer[]): EventParams {
  const positive = answers.flatMap(({ answer }) => (answer.kind === 'answer' ? [answer] : []));
  const names = [...new Set(answers.flatMap(({ query, answer }) => [...(answer.kind === 'answer' ? [answer.owner] : []), query.name]))];
  const addresses = positive.flatMap((answer) => answer.addresses);
  return {
    aliases: names,
    canonical_names: [...new Set(positive.map(({ owner }) => owner))],
    endpoint_metadatas: positive.flatMap(({ owner, records }) =>
      serviceMode(records).map((record) => ({ endpoint_metadata_value: metadataOf(record, owner), endpoint_metadata_weight: record.priority })),
    ),
    ip_endpoints: addresses.map((address) => ({ endpoint_address: address, endpoint_port: 0 })),
    ...(addresses.length === 0 && { net_error: DNS_ERRORS.nodata }),
  };
}

/** Records in an answer, without those of the CNAME chain. */
export function recordCount(answer: DnsAnswer): number {
  return answer.kind === 'answer' ? answer.addresses.length + answer.records.length : 0;
}

/** `transactions_needed` and the like. */
export function queryTypes(queries: readonly Query[]): readonly EventParams[] {
  return queries.map(({ type }) => ({ dns_query_type: type }));
}

function errorResult(name: string, type: string, error: number): EventParams {
  return { domain_name: name, error, query_type: type, source: 'dns', type: 'error' };
}

function metadataResult(owner: string, records: readonly ServiceRecord[]): EventParams {
  const services = serviceMode(records);
  const hints = services.flatMap(({ target, params: { ipv4Hints = [], ipv6Hints = [] } }): [string, EventParams][] =>
    ipv4Hints.length + ipv6Hints.length === 0 ? [] : [[targetName(target, owner), { ipv4_hints: hintParams(ipv4Hints), ipv6_hints: hintParams(ipv6Hints) }]],
  );
  return {
    address_hints: Object.fromEntries(hints),
    domain_name: owner,
    metadatas: services.map((record) => ({ metadata_value: metadataOf(record, owner), metadata_weight: record.priority })),
    query_type: 'HTTPS',
    source: 'dns',
    type: 'metadata',
  };
}

function metadataOf({ target, params }: ServiceRecord, owner: string): EventParams {
  const { alpn = [], noDefaultAlpn = false, ech = '' } = params;
  const alpns = noDefaultAlpn || alpn.includes('http/1.1') ? alpn : [...alpn, 'http/1.1'];
  return { ech_config_list: ech, supported_protocol_alpns: alpns, target_name: targetName(target, owner) };
}

function serviceMode(records: readonly ServiceRecord[]): readonly ServiceRecord[] {
  return records.filter(({ priority }) => priority > 0);
}

function targetName(target: string, owner: string): string {
  return target === '.' ? owner : target;
}

function hintParams(addresses: readonly string[]): readonly EventParams[] {
  return addresses.map((address) => ({ address, port: 0 }));
}
