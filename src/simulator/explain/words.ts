/** The words for what the engine's values mean. */
import { type Family, familyOf, formatEndpoint } from '../../address.ts';
import type { RequestFailure } from '../../engine/client/client-output.ts';
import type { DnsAnswer, Query, ServiceRecord } from '../../engine/dns.ts';
import type { Endpoint } from '../../engine/endpoint.ts';
import type { RaceFailure } from '../../engine/race/race-output.ts';
import type { AnswerSource, ResolutionFailure } from '../../engine/resolver/output.ts';
import { NET_ERRORS } from '../log/net-errors.ts';

/** `IPv6 QUIC`; without a family where a proxy resolves the name. */
export function pathText({ ip, transport }: Endpoint): string {
  const family = familyOf(ip.address);
  return `${family === undefined ? '' : FAMILIES[family]}${transport === 'quic' ? 'QUIC' : 'TCP'}`;
}

const FAMILIES: Readonly<Record<Family, string>> = { ipv4: 'IPv4 ', ipv6: 'IPv6 ' };

/** `IPv6 QUIC to [2001:db8::1]:443, ALPN h3, with ECH`. */
export function endpointText(endpoint: Endpoint): string {
  const alpn = endpoint.alpn.length === 0 ? '' : `, ALPN ${endpoint.alpn.join(' ')}`;
  return `${pathText(endpoint)} to ${formatEndpoint(endpoint.ip)}${alpn}${endpoint.ech === undefined ? '' : ', with ECH'}`;
}

/** `1, 2 and 3`. */
export function listText(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

export function netErrorText(code: number): string {
  return ERROR_NAMES.get(code) ?? `net error ${code}`;
}

const ERROR_NAMES: ReadonlyMap<number, string> = new Map(Object.entries(NET_ERRORS).map(([name, code]) => [code, name]));

/** `AAAA of a.test: 2001:db8::1 (cache)`. */
export function answerText({ name, type }: Query, answer: DnsAnswer, source: AnswerSource): string {
  const from = SOURCES[source];
  return `${type} of ${name}: ${contentText(answer)}${from === '' ? '' : ` (${from})`}`;
}

const SOURCES: Readonly<Record<AnswerSource, string>> = {
  network: '',
  cache: 'from the cache',
  stale: 'from the cache, expired',
  system: 'from getaddrinfo',
  literal: 'the host itself',
};

function contentText(answer: DnsAnswer): string {
  if (answer.kind === 'failure') return RESOLUTION_FAILURES[answer.failure];
  const content = [...answer.addresses, ...answer.records.map(recordText)];
  return content.length === 0 ? 'no such records' : content.join(', ');
}

function recordText({ priority, target, params }: ServiceRecord): string {
  const { alpn, noDefaultAlpn, port, ipv4Hints = [], ipv6Hints = [], ech } = params;
  const hints = [...ipv6Hints, ...ipv4Hints];
  return [
    `${priority} ${target}`,
    ...(alpn === undefined ? [] : [`alpn=${alpn.join(',')}`]),
    ...(noDefaultAlpn === true ? ['no-default-alpn'] : []),
    ...(port === undefined ? [] : [`port=${port}`]),
    ...(hints.length === 0 ? [] : [`hints=${hints.join(',')}`]),
    ...(ech === undefined ? [] : ['ech']),
  ].join(' ');
}

export const RESOLUTION_FAILURES: Readonly<Record<ResolutionFailure, string>> = {
  nxdomain: 'no such name (NXDOMAIN)',
  servfail: 'the server failed (SERVFAIL)',
  refused: 'the server refused',
  malformed: 'a malformed answer',
  timeout: 'no answer',
  network: 'no way to ask the server',
  nodata: 'the name has no address',
  'not-found': 'getaddrinfo finds nothing',
  temporary: 'getaddrinfo fails for now',
};

export const RACE_FAILURES: Readonly<Record<RaceFailure, string>> = {
  'no-addresses': 'every answer is in, and there is no address',
  'attempts-failed': 'all attempts have failed',
  'service-records-unavailable': 'HTTPS records cannot be had over protected DNS',
  'upgraded-to-https': 'HTTPS records ask for https',
  'timed-out': 'its time is over',
  'fatal-attempt-error': 'a failure that no other attempt can mend',
  cancelled: 'it is given up',
};

export const REQUEST_FAILURES: Readonly<Record<RequestFailure, string>> = {
  'name-not-resolved': 'the name is not resolved',
  'connection-failed': 'there is no connection',
  'service-records-unavailable': 'HTTPS records cannot be had',
  'timed-out': 'it took too long',
  'network-changed': 'the network changed',
  'session-closed': 'its connection was closed',
};
