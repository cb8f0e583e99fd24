/**
 * Drives a client by hand, DNS, handshakes and requests included, and writes down what it wants done and what became
 * of requests: `0 connect 6a/tcp`, `20 tls 6a/tcp`, `40 send 1 on 6a/tcp`, `250 cancel 4a/tcp`,
 * `60 failed 2 connection-failed -102`.
 *
 * Addresses read as in the driver of races, with the transport after them, and a number where another connection to
 * the same endpoint is up: `6a/tcp#2`. DNS replies go to every open query of their name and type.
 */
import type { IpEndpoint } from '../../../src/address.ts';
import type { Handshake } from '../../../src/engine/client/attempts.ts';
import { Client } from '../../../src/engine/client/client.ts';
import type { ClientEvent } from '../../../src/engine/client/client-output.ts';
import type { Destination } from '../../../src/engine/client/destination.ts';
import type { SocketLimits } from '../../../src/engine/client/socket-limits.ts';
import type { DnsFailure, QueryType, ServiceRecord } from '../../../src/engine/dns.ts';
import type { Endpoint } from '../../../src/engine/endpoint.ts';
import { clientOptions } from '../../../src/engine/profiles/options-of.ts';
import { withOverrides } from '../../../src/engine/profiles/overrides.ts';
import { PROFILES } from '../../../src/engine/profiles/profiles.ts';
import type { Priority, RequestTerms } from '../../../src/engine/client/request.ts';
import type { AttemptFailure } from '../../../src/engine/race/race.ts';
import type { ResolverOptions } from '../../../src/engine/resolver/options.ts';
import type { AlternativeService } from '../../../src/engine/svcb/lookup-options.ts';
import { address, labelOf } from '../race/race-driver.ts';

export interface DriverOptions {
  readonly profile?: string;
  readonly resolver?: Partial<ResolverOptions>;
  readonly limits?: SocketLimits;
  readonly forceQuicOn?: readonly Destination[];
}

export const SITE: Destination = { scheme: 'https', host: 'example.com', port: 443 };
export const OTHER: Destination = { scheme: 'https', host: 'other.example', port: 443 };

const h2: Handshake = { alpn: 'h2', names: ['example.com'] };

export class ClientDriver {
  /** Every name that a handshake was begun with. */
  readonly serverNames = new Set<string>();
  /** Races as they began: `1`, `2 beside 1`. */
  readonly races: string[] = [];
  readonly #client: Client;
  readonly #lines: string[] = [];
  /** Open queries by name and type, open lookups, connections by id. */
  readonly #queries = new Map<number, string>();
  readonly #lookups = new Set<number>();
  readonly #labels = new Map<number, string>();
  readonly #over = new Set<number>();
  #now = 0;

  /** Of Chromium's profile with HEv3, unless told otherwise. */
  constructor(overrides: Parameters<typeof withOverrides>[1] = {}, { profile = 'chromium-hev3', resolver = {}, ...surroundings }: DriverOptions = {}) {
    const sources = [
      { address: '2001:db8::ffff', prefixLength: 64 },
      { address: '192.0.2.254', prefixLength: 24 },
    ];
    const options = clientOptions(withOverrides(PROFILES[profile]!, overrides), { ipv4: true, ipv6: true, sources, dnsTransports: ['udp'], ...surroundings });
    this.#client = new Client({ ...options, resolver: { ...options.resolver, ...resolver } }, () => 0.999);
  }

  /** What happened so far, without the queries. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  at(now: number): this {
    for (let due = this.#client.nextWakeAt(); due !== undefined && due < now; due = this.#client.nextWakeAt()) {
      this.#client.wake(due);
      this.#note();
    }
    this.#now = now;
    return this;
  }

  load(id: number, destination: Destination = SITE, terms: RequestTerms = {}): this {
    return this.#do((now) => this.#client.load(id, destination, now, terms));
  }

  preconnect(id: number, sockets = 1, destination: Destination = SITE): this {
    return this.#do((now) => this.#client.preconnect(id, destination, sockets, now));
  }

  setPriority(id: number, priority: Priority): this {
    this.#client.setPriority(id, priority);
    return this;
  }

  cancel(id: number): this {
    return this.#do((now) => this.#client.cancel(id, now));
  }

  responded(id: number, alternatives: readonly AlternativeService[] = []): this {
    return this.#do((now) => this.#client.responded(id, alternatives, now));
  }

  networkChanged(error: number): this {
    return this.#do((now) => this.#client.networkChanged(error, now));
  }

  /** `dns('6a', '4a', [])`: AAAA, A and HTTPS; `undefined` leaves one open. */
  dns(v6?: string, v4?: string, records?: readonly ServiceRecord[], host = SITE.host): this {
    if (records !== undefined) this.#reply(host, 'HTTPS', [], records);
    if (v6 !== undefined) this.#reply(host, 'AAAA', v6.split(' ').filter(Boolean).map(address), []);
    if (v4 !== undefined) this.#reply(host, 'A', v4.split(' ').filter(Boolean).map(address), []);
    return this;
  }

  /** Every open query fails, and so does the system's resolver. */
  dnsFails(failure: DnsFailure): this {
    for (const id of this.#queries.keys()) this.#do((now) => this.#client.dnsReply(id, { kind: 'failure', failure }, now));
    for (const id of this.#lookups) this.#do((now) => this.#client.systemReply(id, { kind: 'failure', failure: 'not-found' }, now));
    return this;
  }

  connected(label: string): this {
    return this.#do((now) => this.#client.transportConnected(this.#newest(label), now));
  }

  secured(label: string, handshake: Partial<Handshake> = {}): this {
    return this.#do((now) => this.#client.secured(this.#newest(label), { ...h2, ...handshake }, now));
  }

  /** Both handshakes at once. */
  ready(label: string, handshake: Partial<Handshake> = {}): this {
    return label.includes('/tcp') ? this.connected(label).secured(label, handshake) : this.secured(label, { alpn: 'h3', ...handshake });
  }

  fails(label: string, error: number, kind: 'error' | 'fatal' = 'error'): this {
    const failure: AttemptFailure = { kind };
    return this.#do((now) => this.#client.attemptFailed(this.#end(label), failure, error, now));
  }

  /** Without `error`: closed in peace. */
  closed(label: string, error?: number): this {
    return this.#do((now) => this.#client.sessionClosed(this.#end(label), now, error));
  }

  origins(label: string, ...origins: readonly string[]): this {
    return this.#do((now) => this.#client.originsReceived(this.#newest(label), origins, now));
  }

  /** `prefers('6a/quic', '6b', '4b')`. */
  prefers(label: string, v6?: string, v4?: string): this {
    const endpoint = (name: string | undefined): IpEndpoint | undefined => (name === undefined ? undefined : { address: address(name), port: 443 });
    return this.#do((now) => this.#client.preferredAddress(this.#newest(label), { ipv6: endpoint(v6), ipv4: endpoint(v4) }, now));
  }

  migrated(label: string): this {
    return this.#do(() => this.#client.migrated(this.#newest(label)));
  }

  migrationFailed(label: string): this {
    return this.#do(() => this.#client.migrationFailed(this.#newest(label)));
  }

  tlsConfigChanged(): this {
    return this.#do((now) => this.#client.tlsConfigChanged(now));
  }

  #do(input: (now: number) => void): this {
    input(this.#now);
    this.#note();
    return this;
  }

  #reply(host: string, type: QueryType, addresses: readonly string[], records: readonly ServiceRecord[]): void {
    const open = [...this.#queries].filter(([, query]) => query === `${host} ${type}`);
    if (open.length === 0) throw new Error(`no open query ${host} ${type}`);
    for (const [id] of open) this.#do((now) => this.#client.dnsReply(id, { kind: 'answer', owner: host, addresses, records, ttl: 60_000 }, now));
  }

  #end(label: string): number {
    const id = this.#newest(label);
    this.#over.add(id);
    return id;
  }

  #label({ transport, ip }: Endpoint, ech: string | undefined): string {
    const label = `${labelOf({ transport, ip, alpn: [], ...(ech !== undefined && { ech }) }).split('/')[0]}/${transport}`;
    const up = [...this.#labels].filter(([id, known]) => known.split('#')[0] === label && !this.#over.has(id)).length;
    return up === 0 ? label : `${label}#${up + 1}`;
  }

  #newest(label: string): number {
    const id = [...this.#labels].findLast(([, known]) => known === label)?.[0];
    if (id === undefined) throw new Error(`no connection ${label} among ${[...this.#labels.values()].join(' ')}`);
    return id;
  }

  #note(): void {
    for (const event of this.#client.takeOutputs()) {
      const line = this.#inWords(event);
      if (line !== undefined) this.#lines.push(`${event.at} ${line}`);
    }
  }

  #inWords(event: ClientEvent): string | undefined {
    if (event.layer === 'resolver') {
      const { output } = event;
      if (output.kind === 'send-query') this.#queries.set(output.attemptId, `${output.name} ${output.type}`);
      if (output.kind === 'attempt-ended' || output.kind === 'cancel-query') this.#queries.delete(output.attemptId);
      if (output.kind === 'system-lookup') this.#lookups.add(output.lookupId);
      return undefined;
    }
    if (event.layer === 'race') return undefined;
    const label = 'connection' in event ? this.#labels.get(event.connection) : undefined;
    if (event.kind === 'race-began') this.races.push(event.besides === undefined ? `${event.race}` : `${event.race} beside ${event.besides}`);
    if (event.kind === 'attempt-began') this.#labels.set(event.connection, this.#label(event.endpoint, event.endpoint.ech));
    if (event.kind === 'cancel-connection') this.#over.add(event.connection);
    if ('serverName' in event) this.serverNames.add(event.serverName);
    if (event.kind === 'connect-tcp') return `connect ${label}`;
    if (event.kind === 'connect-quic') return `connect ${label}${event.ech === undefined ? '' : ' +ech'}${event.earlyData ? ' early' : ''}`;
    if (event.kind === 'start-tls') return `tls ${label}${event.ech === undefined ? '' : ' +ech'}`;
    if (event.kind === 'cancel-connection') return `cancel ${label}`;
    if (event.kind === 'migrate') return `migrate ${label} to ${labelOf({ ip: event.ip, transport: 'quic', alpn: [] }).split('/')[0]}`;
    if (event.kind === 'request-retried') return `retried ${event.request} ${event.error}`;
    if (event.kind === 'send-request') return `send ${event.request} on ${label}`;
    if (event.kind === 'session-pooled') return `pooled ${label}`;
    if (event.kind === 'quic-marked-broken') return 'quic broken';
    if (event.kind === 'request-redirected') return `redirected ${event.request} to ${event.destination.scheme}:${event.destination.port}`;
    if (event.kind === 'request-failed') return `failed ${event.request} ${event.failure}${event.error === undefined ? '' : ` ${event.error}`}`;
    if (event.kind === 'request-done') return `done ${event.request}`;
    return undefined;
  }
}
