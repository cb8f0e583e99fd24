/**
 * One getaddrinfo call: A and AAAA over UDP, with the retries of glibc's resolver as seen on the wire.
 *
 * Both queries go out together; a try ends when both are answered, or after 5 s. Two tries for each server. If only
 * one of the two was answered in time, glibc asks again one after the other and does not count the try that taught
 * it so: an AAAA never answered costs 15 s (measured). A truncated answer has it ask the same server for everything
 * again over one TCP connection, and from then on each server that is left once. The hosts file, search domains and
 * sorting are left out, and so is that glibc sets no limit to its wait over TCP.
 */
import type { AddressType, DnsAnswer } from '../../engine/dns.ts';
import type { Millis } from '../../units.ts';
import { DnsChannel } from './dns-channel.ts';
import { DnsExchange } from './dns-exchange.ts';
import type { Exchange, Happening } from './exchange.ts';
import type { Medium } from './medium.ts';
import { netError } from './net-error.ts';
import type { ExchangeEvent, ExchangeEventSink, NetworkId } from './network-event.ts';

export class SystemLookup implements Exchange, ExchangeEventSink {
  readonly id: NetworkId;
  readonly #host: string;
  readonly #medium: Medium;
  readonly #sink: ExchangeEventSink;
  readonly #types: readonly AddressType[];
  #triesMade = 0;
  /** How many tries there are at most. */
  #tries: number;
  #asks: 'together' | 'one-by-one' | 'over-tcp' = 'together';
  #tryEndsAt: Millis = 0;
  /** Of the try under way. */
  #exchanges: DnsExchange[] = [];
  readonly #answers = new Map<AddressType, DnsAnswer>();
  /** Addresses; those of DNS over HTTPS are the browser's, not the system's. */
  readonly #servers: readonly string[];
  #over = false;

  constructor(id: NetworkId, host: string, medium: Medium, sink: ExchangeEventSink, now: Millis) {
    this.id = id;
    this.#host = host;
    this.#medium = medium;
    this.#sink = sink;
    const { ipv4, ipv6 } = medium.inputs.scenario.client;
    this.#servers = medium.inputs.scenario.dns.servers.filter(({ transport }) => transport !== 'https').map(({ address }) => address);
    // AI_ADDRCONFIG: no addresses of a family that the client does not have.
    this.#types = [...(ipv4 ? (['A'] as const) : []), ...(ipv6 ? (['AAAA'] as const) : [])];
    this.#tries = medium.parameters.systemLookupTries * this.#servers.length;
    this.#startTry(now);
  }

  get over(): boolean {
    return this.#over;
  }

  cancel(): void {
    this.#over = true;
    for (const exchange of this.#exchanges) exchange.cancel();
  }

  happen(happening: Happening, now: Millis): void {
    // The deadline of an earlier try says nothing about this one.
    if (happening.kind !== 'deadline' || now < this.#tryEndsAt) return;
    const someAnswered = this.#answers.size > 0;
    if (someAnswered && this.#asks === 'together') {
      this.#asks = 'one-by-one';
      this.#startTry(now);
    } else {
      this.#nextTry(now);
    }
  }

  /** An answer to one of the queries. */
  receive(_id: NetworkId, event: ExchangeEvent, now: Millis): void {
    if (!('type' in event) || event.type === 'HTTPS') throw new Error(`A system lookup expects no ${event.kind}`);
    if (event.kind === 'dns-truncated') return this.#turnToTcp(now);
    this.#answers.set(event.type, event.kind === 'dns-answer' ? event.answer : { kind: 'failure', failure: 'network' });
    const missing = this.#types.filter((type) => !this.#answers.has(type));
    if (missing.length > 0) {
      if (this.#asks === 'one-by-one') this.#ask(missing.slice(0, 1), now);
    } else if (this.#types.some((type) => isConclusive(this.#answers.get(type)))) {
      this.#finish(now);
    } else {
      this.#nextTry(now);
    }
  }

  #nextTry(now: Millis): void {
    this.#triesMade++;
    if (this.#triesMade < this.#tries) this.#startTry(now);
    else this.#finish(now);
  }

  #turnToTcp(now: Millis): void {
    this.#asks = 'over-tcp';
    const servers = this.#servers.length;
    this.#tries = (Math.floor(this.#triesMade / servers) + 1) * servers;
    this.#startTry(now);
  }

  #startTry(now: Millis): void {
    for (const exchange of this.#exchanges) exchange.cancel();
    this.#exchanges = [];
    this.#answers.clear();
    this.#tryEndsAt = now + this.#medium.parameters.systemLookupTimeoutMs;
    this.#medium.schedule(this, { kind: 'deadline', deadline: 'give-up' }, this.#tryEndsAt);
    this.#ask(this.#asks === 'one-by-one' ? this.#types.slice(0, 1) : this.#types, now);
  }

  #ask(types: readonly AddressType[], now: Millis): void {
    const server = this.#servers[this.#triesMade % this.#servers.length];
    if (server === undefined) return;
    const transport = this.#asks === 'over-tcp' ? 'tcp' : 'udp';
    const channel = transport === 'tcp' ? new DnsChannel(this.id, server, transport, this.#medium, now) : undefined;
    for (const type of types) {
      this.#exchanges.push(new DnsExchange(this.id, { server, transport, name: this.#host, type }, channel, this.#medium, this, now));
    }
  }

  #finish(now: Millis): void {
    this.cancel();
    const addresses = [...this.#addresses('AAAA'), ...this.#addresses('A')];
    const event: ExchangeEvent =
      addresses.length > 0 ? { kind: 'system-answer', addresses } : { kind: 'system-failed', error: netError('ERR_NAME_NOT_RESOLVED') };
    this.#sink.receive(this.id, event, now);
  }

  #addresses(type: AddressType): readonly string[] {
    const answer = this.#answers.get(type);
    return answer?.kind === 'answer' ? answer.addresses : [];
  }
}

/** NXDOMAIN settles a question as well as an answer does; a server's trouble does not. */
function isConclusive(answer: DnsAnswer | undefined): boolean {
  return answer !== undefined && (answer.kind === 'answer' || answer.failure === 'nxdomain');
}
