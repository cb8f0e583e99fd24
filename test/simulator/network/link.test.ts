import { describe, expect, it } from 'vitest';
import { Link } from '../../../src/simulator/network/link.ts';
import type { LinkProperties, NetworkRuleEffect, Packet } from '../../../src/simulator/network/network-inputs.ts';
import { createRandom } from '../../../src/simulator/network/random.ts';

const packet: Packet = { transport: 'tcp', to: '192.0.2.1', port: 443, direction: 'toServer', packet: 'syn', sentAt: 100 };
const answer: Packet = { ...packet, direction: 'fromServer', packet: 'other' };

function link(properties: Partial<LinkProperties>, rule?: NetworkRuleEffect): Link {
  return new Link({ rttMs: 20, jitterMs: 0, lossRate: 0, ...properties }, { match: () => rule }, createRandom(1));
}

describe('Link', () => {
  it('takes half a round trip each way', () => {
    expect(link({}).carry(packet)).toEqual({ kind: 'arrives', at: 110 });
    expect(link({}).carry(answer)).toEqual({ kind: 'arrives', at: 110 });
  });

  it('adds the delay of a rule', () => {
    expect(link({}, { action: 'delay', delayMs: 150 }).carry(answer)).toEqual({ kind: 'arrives', at: 260 });
  });

  it('adds the delay of a rule to the word of a packet turned away, such as ICMP after the wait for ARP', () => {
    expect(link({}, { action: 'reset', delayMs: 30 }).carry(packet)).toEqual({ kind: 'rejected', how: 'reset', at: 150 });
    expect(link({}, { action: 'unreachable', delayMs: 3000 }).carry(packet)).toEqual({ kind: 'rejected', how: 'unreachable', at: 3120 });
  });

  it('lets a rule drop a packet, in either direction', () => {
    expect(link({}, { action: 'drop' }).carry(packet)).toEqual({ kind: 'lost' });
    expect(link({}, { action: 'drop' }).carry(answer)).toEqual({ kind: 'lost' });
  });

  it('tells the client of a reset after a round trip, or when the packet that it replaces would have come', () => {
    expect(link({}, { action: 'reset' }).carry(packet)).toEqual({ kind: 'rejected', how: 'reset', at: 120 });
    expect(link({}, { action: 'reset' }).carry(answer)).toEqual({ kind: 'rejected', how: 'reset', at: 110 });
  });

  it('tells the client of an unreachable server, but not of an unreachable client', () => {
    expect(link({}, { action: 'unreachable' }).carry(packet)).toEqual({ kind: 'rejected', how: 'unreachable', at: 120 });
    expect(link({}, { action: 'unreachable' }).carry(answer)).toEqual({ kind: 'lost' });
  });

  it('loses about as many packets as the loss rate says', () => {
    const lossy = link({ lossRate: 0.3 });
    const lost = Array.from({ length: 10_000 }, () => lossy.carry(packet)).filter(({ kind }) => kind === 'lost').length;
    // Five standard deviations of a binomial distribution around 3000.
    expect(Math.abs(lost - 3000)).toBeLessThan(5 * Math.sqrt(10_000 * 0.3 * 0.7));
  });

  it('spreads arrivals over the jitter', () => {
    const jittery = link({ jitterMs: 8 });
    const arrivals = Array.from({ length: 1000 }, () => jittery.carry(packet)).map((fate) => (fate.kind === 'arrives' ? fate.at : Number.NaN));
    expect(Math.min(...arrivals)).toBeGreaterThanOrEqual(110);
    expect(Math.max(...arrivals)).toBeLessThan(118);
    expect(Math.max(...arrivals) - Math.min(...arrivals)).toBeGreaterThan(7);
  });
});
