import { describe, expect, it } from 'vitest';
import type { NetworkEvent } from '../../../src/simulator/network/network-event.ts';
import type { Packet } from '../../../src/simulator/network/network-inputs.ts';
import { type Setup, V4, V6, buildNetwork, first, lines, play, quicServer, wire } from './network-builder.ts';

const OTHER = { address: '2001:db8::50', port: 8443 };
const preferredAddress = { ipv4: { address: '192.0.2.50', port: 443 }, ipv6: OTHER };
const servers = [{ ...quicServer, preferredAddress }];

const onNewPath = ({ to }: Packet) => to === OTHER.address;
const isChallenge = (packet: string) => packet.includes('path-challenge');

/** Connects, moves to the preferred address as soon as that is offered, and asks for a page when that is settled. */
function migrate(setup: Setup, to = OTHER, earlyData = false) {
  const network = buildNetwork({ servers, ...setup });
  network.startQuic('q', { endpoint: V6, serverName: 'a.example', alpn: ['h3'], earlyData }, 0);
  const story = play(network, (event: NetworkEvent) => {
    if (event.kind === 'preferred-address') network.migrate('q', to, event.at);
    if (event.kind === 'migrated' || event.kind === 'migration-failed') network.sendRequest('q', { id: 'r', host: 'a.example', path: '/' }, event.at);
  });
  return { network, story, lines: lines(story).slice(2) };
}

describe('the preferred address of a server (RFC 9000 §9.6)', () => {
  it('is offered with the handshake and may be used when that is confirmed, a round trip later (trace pref)', () => {
    const { network, story } = migrate({});
    expect(story[1]).toEqual({ at: 20, id: 'q', kind: 'quic-handshake-complete', ech: 'not-offered', preferredAddress });
    expect(story[2]).toEqual({ at: 40, id: 'q', kind: 'preferred-address', ...preferredAddress });
    expect(wire(network).slice(0, 4)).toEqual(['0 initial', '10 server-flight', '20 finished', '30 handshake-done']);
  });

  it('is offered as late with early data', () => {
    expect(migrate({}, OTHER, true).lines[0]).toBe('40 preferred-address');
  });

  it('is offered after the loss of either packet, two round trips later', () => {
    expect(migrate({ networkRule: first(1, ({ sentAt }) => sentAt === 20, { action: 'drop' }) }).lines[0]).toBe('80 preferred-address');
    expect(migrate({ networkRule: first(1, ({ sentAt }) => sentAt === 30, { action: 'drop' }) }).lines[0]).toBe('80 preferred-address');
  });

  it('may be of one family alone', () => {
    const { story } = migrate({ servers: [{ ...quicServer, preferredAddress: { ipv4: preferredAddress.ipv4 } }] }, preferredAddress.ipv4);
    expect(story[2]).toEqual({ at: 40, id: 'q', kind: 'preferred-address', ipv4: preferredAddress.ipv4 });
  });
});

describe('a migration', () => {
  it('takes one round trip on the new path, which requests take from then on (trace pref)', () => {
    const { network, lines: story } = migrate({});
    expect(story).toEqual(['40 preferred-address', '60 migrated', '80 response']);
    const addresses = network.wireLog.slice(4).map(({ message: { content }, route }) => `${content.kind} ${route.address} ${route.port}`);
    expect(addresses).toEqual(['path-challenge', 'path-response', 'request', 'response'].map((kind) => `${kind} ${OTHER.address} ${OTHER.port}`));
  });

  it('has the delay and the faults of the new path', () => {
    const slow = ({ to, direction }: Packet) => (to === OTHER.address && direction === 'fromServer' ? ({ action: 'delay', delayMs: 80 } as const) : undefined);
    expect(migrate({ networkRule: slow }).lines).toEqual(['40 preferred-address', '140 migrated', '240 response']);
    const dead = ({ to, sentAt }: Packet) => (to === OTHER.address && sentAt >= 60 ? ({ action: 'drop' } as const) : undefined);
    expect(migrate({ networkRule: dead }).lines).toEqual(['40 preferred-address', '60 migrated']);
  });

  it('leaves the faults of the old path behind', () => {
    const oldPath = ({ to, sentAt }: Packet) => (to === V6.address && sentAt >= 40 ? ({ action: 'drop' } as const) : undefined);
    expect(migrate({ networkRule: oldPath }).lines).toEqual(['40 preferred-address', '60 migrated', '80 response']);
  });

  it('fails after three challenges 300 ms apart, and the connection stays where it was (trace pref-dead)', () => {
    const { network, lines: story } = migrate({ networkRule: (packet) => (onNewPath(packet) ? { action: 'drop' } : undefined) });
    expect(wire(network).filter(isChallenge)).toEqual(['40 path-challenge lost', '340 path-challenge lost', '640 path-challenge lost']);
    expect(story).toEqual(['40 preferred-address', '940 migration-failed', '960 response']);
    expect(network.wireLog.at(-1)?.route.address).toBe(V6.address);
  });

  it('fails 300 ms sooner where ICMP comes back (trace pref-icmp)', () => {
    const { network, lines: story } = migrate({ networkRule: (packet) => (onNewPath(packet) ? { action: 'unreachable' } : undefined) });
    expect(wire(network).filter(isChallenge)).toHaveLength(2);
    expect(story[1]).toBe('640 migration-failed');
  });

  it('succeeds by the second challenge when the first is lost', () => {
    expect(migrate({ networkRule: first(1, onNewPath, { action: 'drop' }) }).lines[1]).toBe('360 migrated');
  });

  it('fails at once to a family that the client does not have', () => {
    expect(migrate({ client: { ipv4: false } }, preferredAddress.ipv4).lines[1]).toBe('40 migration-failed');
  });

  it('ends with its connection', () => {
    const { network } = migrate({ networkRule: (packet) => (onNewPath(packet) ? { action: 'drop' } : undefined), servers: [{ ...servers[0]!, idleTimeoutMs: 100 }] });
    // The last packet from the server came at 30 and started the wait; only the first challenge had gone out.
    expect(wire(network).filter(isChallenge)).toHaveLength(1);
  });

  it('is for QUIC connections that are up, one at a time', () => {
    const network = buildNetwork({ servers });
    network.startTcp('c', V4, 0);
    network.startQuic('q', { endpoint: V6, serverName: 'a.example', alpn: ['h3'], earlyData: false }, 0);
    expect(() => network.migrate('c', OTHER, 0)).toThrow('c is not a QUIC connection');
    expect(() => network.migrate('q', OTHER, 0)).toThrow('q cannot migrate now');
    play(network, undefined, 40);
    network.migrate('q', OTHER, 40);
    expect(() => network.migrate('q', OTHER, 41)).toThrow('q cannot migrate now');
  });
});
