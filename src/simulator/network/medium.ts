/**
 * What all exchanges share: the link, the queue and the wire log, with the one way to put a message on the wire.
 */
import type { Millis } from '../../units.ts';
import { EventQueue } from './event-queue.ts';
import type { Exchange, Happening, Message, MessageContent, Route, WireFact } from './exchange.ts';
import type { Fate, Link } from './link.ts';
import type { NetworkInputs, Packet } from './network-inputs.ts';
import type { NetworkParameters } from './network-parameters.ts';

interface Due {
  readonly exchange: Exchange;
  readonly happening: Happening;
}

export class Medium {
  readonly queue = new EventQueue<Due>();
  readonly wireLog: WireFact[] = [];
  readonly link: Link;
  readonly inputs: NetworkInputs;
  readonly parameters: NetworkParameters;

  constructor(link: Link, inputs: NetworkInputs, parameters: NetworkParameters) {
    this.link = link;
    this.inputs = inputs;
    this.parameters = parameters;
  }

  /** Puts a message on the wire once; whether it is repeated is up to the caller. */
  send(exchange: Exchange, route: Route, message: Message, now: Millis): Fate {
    const { transport, address, port, behindNat64 } = route;
    const { content, direction } = message;
    const fate = this.link.carry({ transport, to: address, behindNat64, port, direction, packet: packetOf(content, transport), sentAt: now });
    this.wireLog.push({ at: now, id: exchange.id, route, message, fate });
    if (fate.kind === 'arrives') this.schedule(exchange, { kind: 'arrived', message }, fate.at);
    else if (fate.kind === 'rejected') this.schedule(exchange, { kind: 'rejected', message, how: fate.how }, fate.at);
    return fate;
  }

  /** Sends a message whose loss its sender notices: `unanswered` follows, later each time. */
  sendReliably(exchange: Exchange, route: Route, message: Message, retransmissionMs: Millis, now: Millis): void {
    const fate = this.send(exchange, route, message, now);
    // An established TCP connection outlives ICMP unreachable (RFC 1122 §4.2.3.9); so does QUIC (RFC 9000 §14.2.1).
    const unheard = fate.kind === 'lost' || (fate.kind === 'rejected' && fate.how === 'unreachable');
    if (unheard) this.schedule(exchange, { kind: 'unanswered', message }, now + retransmissionMs * 2 ** message.repetition);
  }

  schedule(exchange: Exchange, happening: Happening, at: Millis): void {
    this.queue.schedule(at, { exchange, happening });
  }

  /** TCP's retransmission time-out with a settled round trip time (RFC 6298 with Linux's floor). */
  get tcpRetransmissionMs(): Millis {
    return this.link.rttMs + this.parameters.minimumRetransmissionMs;
  }

  get quicProbeMs(): Millis {
    return this.link.rttMs * this.parameters.quicProbeRoundTrips;
  }
}

function packetOf({ kind }: MessageContent, transport: 'tcp' | 'udp'): Packet['packet'] {
  if (kind === 'syn') return 'syn';
  return transport === 'udp' || kind === 'syn-ack' || kind === 'refusal' ? 'other' : 'data';
}

/** The same message once more. */
export function repeated(message: Message): Message {
  return { ...message, repetition: message.repetition + 1 };
}
