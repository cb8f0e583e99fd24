/**
 * Drives a race through a short list of steps and writes down what it did, in the notation of the tests:
 * `30 6a/h3` is an attempt started at 30 ms, `250 cancel 4a/h2`, `300 won 6a/h3`, `0 lost attempts-failed`.
 *
 * Addresses are written `6a` to `6z` for 2001:db8::1 and on, `4a` to `4z` for 192.0.2.1 and on; `h3` stands for QUIC,
 * `h2` for TCP with whatever the client offers there; `:8443` and `+ech` appear where they differ from port 443 without ECH.
 * Other addresses, and names that a proxy is to resolve, are written as they are.
 */
import type { DnsAnswer, Query, ServiceParams, ServiceRecord } from '../../../src/engine/dns.ts';
import type { Endpoint } from '../../../src/engine/endpoint.ts';
import { type AttemptFailure, Race } from '../../../src/engine/race/race.ts';
import type { RaceOptions } from '../../../src/engine/race/race-options.ts';
import type { RaceOutput } from '../../../src/engine/race/race-output.ts';
import { type ServiceLookup, createServiceLookup } from '../../../src/engine/svcb/service-lookup.ts';

export const ORIGIN = 'example.com';

export type Step = readonly [atMs: number, step: (driver: Driver) => void];

export interface Driver {
  readonly race: Race;
  readonly now: number;
  /** The number of the newest attempt at an endpoint in the notation above. */
  attempt(label: string): number;
}

export function address(label: string): string {
  const n = label.charCodeAt(1) - 96;
  return label.startsWith('6') ? `2001:db8::${n.toString(16)}` : `192.0.2.${n}`;
}

export function labelOf({ ip, transport, ech }: Endpoint): string {
  const port = ip.port === 443 ? '' : `:${ip.port}`;
  return `${hostLabel(ip.address)}${port}/${transport === 'quic' ? 'h3' : 'h2'}${ech === undefined ? '' : '+ech'}`;
}

function hostLabel(host: string): string {
  const [, v6, v4] = /^(?:2001:db8::([0-9a-f]{1,2})|192\.0\.2\.(\d+))$/.exec(host) ?? [];
  const n = v6 === undefined ? Number(v4) : Number.parseInt(v6, 16);
  return v6 === undefined && v4 === undefined ? host : `${v6 === undefined ? 4 : 6}${String.fromCharCode(96 + n)}`;
}

/** Runs the steps, waking the race in between and up to `untilMs`; one line for each attempt, cancellation and end. */
export function run(lookup: ServiceLookup, options: RaceOptions, steps: readonly Step[], untilMs = 10_000): string[] {
  return events(lookup, options, steps, untilMs).filter((line) => !/ (ask|gate|stop) /.test(`${line} `));
}

/** As `run`, with queries and the opening of the gate. */
export function events(lookup: ServiceLookup, options: RaceOptions, steps: readonly Step[], untilMs = 10_000): string[] {
  const race = new Race(lookup, options);
  const lines: string[] = [];
  const labels = new Map<number, string>();
  const note = (): void => {
    for (const output of race.takeOutputs()) lines.push(`${output.at} ${inWords(output, labels)}`);
  };
  const wakeUntil = (limit: number): void => {
    for (let at = race.nextWakeAt; at !== undefined && at < limit; at = race.nextWakeAt) {
      race.wake(at);
      note();
    }
  };
  race.start(0);
  note();
  for (const [at, step] of steps) {
    wakeUntil(at);
    step({ race, now: at, attempt: (label) => newest(labels, label) });
    note();
  }
  wakeUntil(untilMs);
  return lines;
}

function newest(labels: ReadonlyMap<number, string>, label: string): number {
  const ids = [...labels].filter(([, l]) => l === label).map(([id]) => id);
  const id = ids.at(-1);
  if (id === undefined) throw new Error(`no attempt at ${label} among ${[...labels.values()].join(' ')}`);
  return id;
}

function inWords(output: RaceOutput, labels: Map<number, string>): string {
  switch (output.kind) {
    case 'query':
      return `ask ${output.query.name} ${output.query.type}${output.wants === 'fresh-answer' ? ' again' : ''}`;
    case 'gate-opened':
      return `gate ${output.rule}`;
    case 'cancel-queries':
      return 'stop queries';
    case 'start-attempt':
      labels.set(output.attempt, labelOf(output.endpoint));
      return `${labelOf(output.endpoint)}${output.secureHandshake === 'held' ? ' held' : ''}${output.echRetryOf === undefined ? '' : ' retry'}`;
    case 'permit-crypto':
      labels.set(output.attempt, labelOf(output.endpoint));
      return `crypto ${labelOf(output.endpoint)}`;
    case 'cancel-attempt':
      return `cancel ${labels.get(output.attempt)}`;
    case 'won':
      return `won ${labels.get(output.attempt)}`;
    case 'over':
      return 'over';
    case 'lost':
      return `lost ${output.failure}`;
  }
}

export const addresses = (labels: string, ttl = 60_000): DnsAnswer => ({ kind: 'answer', owner: ORIGIN, addresses: labels === '' ? [] : labels.split(' ').map(address), records: [], ttl });
const FAILURE: DnsAnswer = { kind: 'failure', failure: 'servfail' };

export function answer(query: Query, value: DnsAnswer, freshness: 'fresh' | 'stale' = 'fresh'): Step[1] {
  return ({ race, now }) => race.answer(query, value, now, freshness);
}

/** `aaaa('6a 6b')`; `aaaa('')` is NODATA, `aaaa()` an error. */
export const aaaa = (labels?: string, name = ORIGIN, freshness?: 'stale'): Step[1] => answer({ name, type: 'AAAA' }, labels === undefined ? FAILURE : addresses(labels), freshness);
export const a = (labels?: string, name = ORIGIN, freshness?: 'stale'): Step[1] => answer({ name, type: 'A' }, labels === undefined ? FAILURE : addresses(labels), freshness);
/** No records: an error; an empty list: NODATA. */
export const https = (records?: readonly ServiceRecord[], name = ORIGIN, freshness?: 'stale'): Step[1] =>
  answer({ name, type: 'HTTPS' }, records === undefined ? FAILURE : { kind: 'answer', owner: name, addresses: [], records, ttl: 60_000 }, freshness);

/** A record as `record('h3,h2', {port: 8443})`; hints in the notation above. */
export function record(alpn: string | undefined, { priority = 1, target = '.', hints = '', ...params }: ServiceParams & { priority?: number; target?: string; hints?: string } = {}): ServiceRecord {
  const hinted = hints.split(' ').filter((label) => label !== '');
  const family = (digit: string): string[] => hinted.filter((label) => label.startsWith(digit)).map(address);
  return {
    priority,
    target,
    params: {
      ...(alpn !== undefined && { alpn: alpn.split(',') }),
      ...(family('4').length > 0 && { ipv4Hints: family('4') }),
      ...(family('6').length > 0 && { ipv6Hints: family('6') }),
      ...params,
    },
  };
}

export const ok = (label: string): Step[1] => (d) => d.race.succeeded(d.attempt(label), d.now);
export const fail = (label: string, failure: AttemptFailure = { kind: 'error' }): Step[1] => (d) => d.race.failed(d.attempt(label), failure, d.now);
export const ready = (label: string): Step[1] => (d) => d.race.connected(d.attempt(label), d.now);
export const connected = (label: string, expectedEnd?: number): Step[1] => (d) => d.race.transportConnected(d.attempt(label), d.now, expectedEnd);
export { createServiceLookup };
