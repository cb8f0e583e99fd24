/**
 * One DNS query to one server, and its answer if there is one.
 *
 * Over UDP nothing is repeated and silence stays silence: retries, time-outs and asking again over TCP after a
 * truncated answer are the client's. Message sizes are left out; truncation comes by a rule.
 */
import type { DnsAnswer } from '../../engine/dns.ts';
import type { Millis } from '../../units.ts';
import type { DnsChannel, DnsChannelUser } from './dns-channel.ts';
import type { Exchange, Happening, Message, Route } from './exchange.ts';
import { type Medium, repeated } from './medium.ts';
import { type NetError, netError } from './net-error.ts';
import type { ExchangeEventSink, LookupEvent, NetworkId } from './network-event.ts';
import type { DnsQuery, DnsRuleEffect } from './network-inputs.ts';

const ports = { udp: 53, tcp: 53, https: 443 } as const;

export class DnsExchange implements Exchange, DnsChannelUser {
  readonly id: NetworkId;
  readonly #query: DnsQuery;
  readonly #medium: Medium;
  readonly #sink: ExchangeEventSink;
  readonly #route: Route;
  /** Absent over UDP. */
  readonly #channel: DnsChannel | undefined;
  #over = false;

  /** Sends the query, or has it wait for its channel. */
  constructor(id: NetworkId, query: DnsQuery, channel: DnsChannel | undefined, medium: Medium, sink: ExchangeEventSink, now: Millis) {
    this.id = id;
    this.#query = query;
    this.#medium = medium;
    this.#sink = sink;
    this.#channel = channel;
    this.#route = { transport: channel === undefined ? 'udp' : 'tcp', address: query.server, port: ports[query.transport] };
    if (channel === undefined) this.#sendQuery(now);
    else channel.use(this, now);
  }

  get over(): boolean {
    return this.#over;
  }

  /** A channel of its own goes with it; one that others share stays. */
  cancel(): void {
    this.#over = true;
    if (this.#query.transport === 'tcp') this.#channel?.cancel();
  }

  channelOpened(now: Millis): void {
    if (!this.#over) this.#sendQuery(now);
  }

  channelFailed(error: NetError, now: Millis): void {
    if (!this.#over) this.#end({ kind: 'dns-failed', type: this.#query.type, error }, now);
  }

  happen(happening: Happening, now: Millis): void {
    switch (happening.kind) {
      case 'arrived':
        return this.#arrived(happening.message, now);
      case 'prepared':
        return this.#send(happening.message, now);
      case 'rejected':
        return this.#rejected(happening.how, now);
      case 'unanswered':
        if (happening.message.repetition < this.#medium.parameters.dataRetransmits) this.#send(repeated(happening.message), now);
        return;
      case 'deadline':
        throw new Error('A DNS exchange has no deadline');
    }
  }

  #sendQuery(now: Millis): void {
    const { name, type } = this.#query;
    this.#send({ content: { kind: 'query', name, type }, direction: 'toServer', repetition: 0 }, now);
  }

  #send(message: Message, now: Millis): void {
    if (this.#channel === undefined) this.#medium.send(this, this.#route, message, now);
    else this.#medium.sendReliably(this, this.#route, message, this.#medium.tcpRetransmissionMs, now);
  }

  #arrived({ content }: Message, now: Millis): void {
    if (content.kind === 'query') this.#prepareAnswer(now);
    else if (content.kind === 'answer') this.#end(content.event, now);
  }

  #prepareAnswer(now: Millis): void {
    const { inputs } = this.#medium;
    const { name, type } = this.#query;
    const rule = inputs.dnsRules.match(this.#query);
    if (rule?.action === 'drop') return;
    const message: Message = { content: { kind: 'answer', name, type, event: this.#answer(rule) }, direction: 'fromServer', repetition: 0 };
    this.#medium.schedule(this, { kind: 'prepared', message }, now + inputs.scenario.dns.latencyMs + (rule?.delayMs ?? 0));
  }

  #answer(rule: DnsRuleEffect | undefined): LookupEvent {
    const { name, type, transport } = this.#query;
    if (rule?.action === 'truncate' && transport === 'udp') return { kind: 'dns-truncated', type };
    return { kind: 'dns-answer', type, answer: changedAnswer(name, rule) ?? this.#medium.inputs.dnsAnswer(name, type) };
  }

  /** ICMP fails a datagram; of a stream only a reset is heard. */
  #rejected(how: 'reset' | 'unreachable', now: Millis): void {
    const type = this.#query.type;
    if (this.#channel === undefined) {
      const error = netError(how === 'reset' ? 'ERR_CONNECTION_REFUSED' : 'ERR_ADDRESS_UNREACHABLE');
      this.#end({ kind: 'dns-failed', type, error }, now);
    } else if (how === 'reset') {
      this.#channel.reset(now);
    }
  }

  #end(event: LookupEvent, now: Millis): void {
    this.#over = true;
    this.#sink.receive(this.id, event, now);
  }
}

/** What a rule says in the place of the zone; `undefined`: ask the zone. */
function changedAnswer(name: string, rule: DnsRuleEffect | undefined): DnsAnswer | undefined {
  if (rule?.action === 'servfail' || rule?.action === 'nxdomain') return { kind: 'failure', failure: rule.action };
  if (rule?.action === 'nodata') return { kind: 'answer', owner: name, addresses: [], records: [], ttl: 0 };
  return undefined;
}
