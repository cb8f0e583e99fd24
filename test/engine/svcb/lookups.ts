/** Short hands for the tests of service lookups: answers, records and options as the vectors write them. */
import type { DnsAnswer, DnsFailure, Query, QueryType, ServiceParams, ServiceRecord } from '../../../src/engine/dns.ts';
import type { LookupOptions, Origin } from '../../../src/engine/svcb/lookup-options.ts';
import { type ServiceLookup, createServiceLookup } from '../../../src/engine/svcb/service-lookup.ts';
import type { AddressState, Service } from '../../../src/engine/svcb/service.ts';

export const [a6, b6, c6] = ['2001:db8::1', '2001:db8::2', '2001:db8::3'] as const;
export const [a4, b4] = ['192.0.2.1', '192.0.2.2'] as const;

export const origin: Origin = { scheme: 'https', host: 'example.com', port: 443 };

/** The recommended values of DEC-4 to DEC-10. */
export const defaults: LookupOptions = {
  protocols: ['h3', 'h2', 'http/1.1'],
  addressTypes: ['AAAA', 'A'],
  namesResolvedBy: 'client',
  serviceRecords: true,
  followUps: true,
  aliasLimit: 8,
  targetLimit: 8,
  useHints: true,
  keepHintsOnNegative: true,
  recordPort: 'any',
  noDefaultAlpn: 'understood',
  ech: true,
  protectedDns: false,
  fallback: 'unless-protected-ech',
};

/** Chromium 156: L-16, L-17, R-23. */
export const chromium: LookupOptions = {
  ...defaults,
  followUps: false,
  keepHintsOnNegative: false,
  recordPort: 'authority',
  noDefaultAlpn: 'refused',
  fallback: 'unless-ech',
};

/** Draws that leave every order as it came. */
export const inOrder = (): number => 0.999999;

export function service(priority: number, target: string, params: ServiceParams = {}): ServiceRecord {
  return { priority, target, params };
}

export function alias(target: string): ServiceRecord {
  return { priority: 0, target, params: {} };
}

export function https(owner: string, ...records: readonly ServiceRecord[]): DnsAnswer {
  return { kind: 'answer', owner, addresses: [], records, ttl: 60_000 };
}

export function addresses(...list: readonly string[]): DnsAnswer {
  return { kind: 'answer', owner: 'example.com', addresses: list, records: [], ttl: 60_000 };
}

export function failure(reason: DnsFailure = 'servfail'): DnsAnswer {
  return { kind: 'failure', failure: reason };
}

export interface Lookup extends ServiceLookup {
  /** What `start` asked. */
  readonly started: readonly string[];
  /** Answers a query, returns the follow-ups as text. */
  readonly reply: (name: string, type: QueryType, answer: DnsAnswer) => readonly string[];
}

export function lookup(options: Partial<LookupOptions> = {}, of: Partial<Origin> = {}): Lookup {
  const machine = createServiceLookup({ ...origin, ...of }, { ...defaults, ...options }, inOrder);
  return {
    ...machine,
    started: machine.start().map(queryText),
    reply: (name, type, answer) => machine.answer({ name, type }, answer).map(queryText),
  };
}

export function queryText({ name, type }: Query): string {
  return `${name} ${type}`;
}

/** `service-record cdn.example:443 h3 | h2,http/1.1 +ech`: kind, name, port, QUIC, TCP, ECH. */
export function serviceTexts({ view }: Pick<ServiceLookup, 'view'>): readonly string[] {
  return view().services.map(serviceText);
}

function serviceText({ kind, name, port, quic, tcp, ech }: Service): string {
  return `${kind} ${name}:${port} ${quic.join(',')} | ${tcp.join(',')}${ech === undefined ? '' : ' +ech'}`;
}

/** `answer 192.0.2.1`, `hint …`, `literal …`, or the state without addresses. */
export function addressText(state: AddressState | undefined): string | undefined {
  return state?.state === 'positive' ? `${state.from} ${state.addresses.join(',')}` : state?.state;
}
