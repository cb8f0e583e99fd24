/**
 * Drives a real client with the parameters of a profile, Chromium's HEv3 engine unless told otherwise, through a short list of steps, logs it, and
 * analyses the log in memory. Answers are given by type, connections are known by their numbers, in order of starts.
 */
import { Client } from '../../../src/engine/client/client.ts';
import type { ClientEvent } from '../../../src/engine/client/client-output.ts';
import type { Destination } from '../../../src/engine/client/destination.ts';
import type { DnsAnswer, QueryType } from '../../../src/engine/dns.ts';
import { clientOptions } from '../../../src/engine/profiles/options-of.ts';
import { PROFILES } from '../../../src/engine/profiles/profiles.ts';
import type { DnsReply } from '../../../src/engine/resolver/output.ts';
import { createModel } from '../../../src/model/model.ts';
import type { Trace } from '../../../src/model/trace.ts';
import type { NetLogEvent } from '../../../src/netlog/event.ts';
import { createLogEmitter } from '../../../src/simulator/emit/log-emitter.ts';
import { simulatedConstants } from '../../../src/simulator/log/constants.ts';
import { createSourceLog } from '../../../src/simulator/log/source-log.ts';
import { netError } from '../../../src/simulator/network/net-error.ts';
import type { NetErrorName } from '../../../src/simulator/network/net-error.ts';
import type { ConnectionEvent } from '../../../src/simulator/network/network-event.ts';

export const ORIGIN: Destination = { scheme: 'https', host: 'www.example', port: 443 };
export const V6 = '2001:db8::1';
export const V4 = '192.0.2.1';

export class DrivenClient {
  readonly client: Client;
  readonly events: NetLogEvent[] = [];
  readonly #model = createModel();
  readonly #emitter;
  readonly #url: string;
  /** Of the newest query of a type. */
  readonly #attempts = new Map<QueryType, number>();
  #lookup = 0;

  constructor(url = 'https://www.example/', profile = 'chromium-hev3') {
    const parameters = PROFILES[profile];
    if (parameters === undefined) throw new Error(`no profile ${profile}`);
    const sources = [{ address: '2001:db8::100', prefixLength: 64 }, { address: '192.0.2.100', prefixLength: 24 }];
    this.client = new Client(clientOptions(parameters, { ipv4: true, ipv6: true, sources, dnsTransports: ['udp'] }), () => 0);
    this.#url = url;
    const log = createSourceLog({
      start: () => {},
      end: () => {},
      event: (event) => {
        this.events.push(event);
        this.#model.event(event);
      },
    });
    this.#model.start(simulatedConstants({ tickOffset: 1_700_000_000_000, version: '0', subject: 'test' }));
    this.#emitter = createLogEmitter(log, {
      parameters,
      url: () => this.#url,
      localAddress: (family) => (family === 'ipv6' ? '2001:db8::100' : '192.0.2.100'),
      dnsServers: [{ address: '192.0.2.53', port: 53 }],
      secureDns: false,
    });
  }

  load(id: number, at: number, destination = ORIGIN): void {
    this.#wakeUntil(at);
    this.client.load(id, destination, at);
    this.#pass();
  }

  answer(type: QueryType, found: Partial<Extract<DnsAnswer, { kind: 'answer' }>> | DnsReply['kind'], at: number, owner = 'www.example'): void {
    const attempt = this.#attempts.get(type);
    if (attempt === undefined) throw new Error(`no query for ${type}`);
    const reply: DnsReply = found === 'failure' ? { kind: 'failure', failure: 'servfail' } : { kind: 'answer', owner, addresses: [], records: [], ttl: 60_000, ...(typeof found === 'object' && found) };
    this.#wakeUntil(at);
    this.client.dnsReply(attempt, reply, at);
    this.#pass();
  }

  noAddressFromSystem(at: number): void {
    this.#wakeUntil(at);
    this.client.systemReply(this.#lookup, { kind: 'failure', failure: 'not-found' }, at);
    this.#pass();
  }

  tcpConnected(connection: number, at: number): void {
    this.#network(connection, { kind: 'tcp-connected' }, at);
    this.client.transportConnected(connection, at);
    this.#pass();
  }

  secured(connection: number, alpn: 'h2' | 'http/1.1' | 'h3', at: number, names: readonly string[] = ['www.example']): void {
    this.#network(connection, alpn === 'h3' ? { kind: 'quic-connected', alpn, earlyData: false } : { kind: 'tls-done', alpn, ech: 'not-offered' }, at);
    this.client.secured(connection, { alpn, names }, at);
    this.#pass();
    if (alpn === 'h3') this.#network(connection, { kind: 'quic-handshake-complete', ech: 'not-offered' }, at);
  }

  failed(connection: number, kind: 'tcp-failed' | 'tls-failed' | 'quic-failed', name: NetErrorName, at: number, retryConfigs?: string): void {
    const error = netError(name);
    this.#network(connection, kind === 'tcp-failed' ? { kind, error } : { kind, error, ...(retryConfigs !== undefined && { retryConfigs }) }, at);
    this.client.attemptFailed(connection, retryConfigs === undefined ? { kind: 'error' } : { kind: 'ech-rejected', retryConfig: retryConfigs }, error.code, at);
    this.#pass();
  }

  responded(connection: number, request: number, at: number): void {
    this.#network(connection, { kind: 'response', request, response: { status: 200 } }, at);
    this.client.responded(request, [], at);
    this.#pass();
  }

  trace(at: number): Trace {
    this.#wakeUntil(at);
    this.#emitter.finish(at);
    this.#model.end({ complete: true, diagnostics: [] });
    return this.#model.trace();
  }

  #network(connection: number, event: ConnectionEvent, at: number): void {
    this.#wakeUntil(at);
    this.#emitter.observe({ layer: 'network', at, event: { at, id: `c${connection}`, ...event } });
  }

  #wakeUntil(limit: number): void {
    for (let at = this.client.nextWakeAt(); at !== undefined && at <= limit; at = this.client.nextWakeAt()) {
      this.client.wake(at);
      this.#pass();
    }
  }

  #pass(): void {
    for (const output of this.client.takeOutputs()) {
      this.#note(output);
      this.#emitter.observe(output);
    }
  }

  #note(event: ClientEvent): void {
    if (event.layer !== 'resolver') return;
    if (event.output.kind === 'send-query') this.#attempts.set(event.output.type, event.output.attemptId);
    if (event.output.kind === 'system-lookup') this.#lookup = event.output.lookupId;
  }
}
