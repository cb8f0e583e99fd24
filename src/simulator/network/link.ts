/**
 * The fate of one packet: how long it travels, whether it is lost, or rejected on the way.
 *
 * Who repeats a lost packet, and what its arrival leads to, is the connection's affair.
 */
import type { Millis } from '../../units.ts';
import type { LinkProperties, NetworkRuleEffect, Packet, Rules } from './network-inputs.ts';
import type { Random } from './random.ts';

export type Fate =
  | { readonly kind: 'arrives'; readonly at: Millis }
  | { readonly kind: 'lost' }
  /** The client hears at this time that its packet, or its connection, is not wanted. */
  | { readonly kind: 'rejected'; readonly how: 'reset' | 'unreachable'; readonly at: Millis };

const lost: Fate = { kind: 'lost' };

export class Link {
  readonly #properties: LinkProperties;
  readonly #rules: Rules<Packet, NetworkRuleEffect>;
  readonly #random: Random;

  constructor(properties: LinkProperties, rules: Rules<Packet, NetworkRuleEffect>, random: Random) {
    this.#properties = properties;
    this.#rules = rules;
    this.#random = random;
  }

  get rttMs(): Millis {
    return this.#properties.rttMs;
  }

  /** A rule decides before chance does: what a rule drops was not lost. */
  carry(packet: Packet): Fate {
    const rule = this.#rules.match(packet);
    const { rttMs, lossRate } = this.#properties;
    const delayMs = rule?.delayMs ?? 0;
    switch (rule?.action) {
      case 'drop':
        return lost;
      case 'reset':
        // The far end's RST, or its ICMP port unreachable: a whole round trip after a packet of the client's
        // (measured: SYN 23.8, RST 44.2 at RTT 20); in the place of a packet of the server's, half of one.
        return { kind: 'rejected', how: 'reset', at: this.#arrival(packet, (packet.direction === 'toServer' ? rttMs : rttMs / 2) + delayMs) };
      case 'unreachable':
        // ICMP goes to the sender: of a server's packet the client sees nothing.
        if (packet.direction === 'fromServer') return lost;
        return { kind: 'rejected', how: 'unreachable', at: this.#arrival(packet, rttMs + delayMs) };
      case 'delay':
      case undefined:
        if (lossRate > 0 && this.#random.next() < lossRate) return lost;
        return { kind: 'arrives', at: this.#arrival(packet, rttMs / 2 + delayMs) };
    }
  }

  #arrival({ sentAt }: Packet, travelTime: Millis): Millis {
    const { jitterMs } = this.#properties;
    return sentAt + travelTime + (jitterMs > 0 ? jitterMs * this.#random.next() : 0);
  }
}
