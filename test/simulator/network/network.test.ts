import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Network } from '../../../src/simulator/network/network.ts';
import type { NetworkEvent } from '../../../src/simulator/network/network-event.ts';
import { DNS_SERVER, type Setup, V4, V6, buildNetwork, lines, play, quicServer, webServer } from './network-builder.ts';

const query = { server: DNS_SERVER, transport: 'udp', name: 'a.example', type: 'A' } as const;

/** One of everything, at times of its own. */
function startAll(network: Network, at: number): void {
  network.startTcp('tcp', V4, at);
  network.startQuic('quic', { endpoint: V6, serverName: 'a.example', alpn: ['h3'], earlyData: false }, at);
  network.startDnsExchange('udp', query, at);
  network.startDnsExchange('stream', { ...query, transport: 'tcp' }, at);
  network.startDnsExchange('https', { ...query, transport: 'https' }, at);
  network.systemLookup('system', 'a.example', at);
}

function react(network: Network): (event: NetworkEvent) => void {
  return (event) => {
    if (event.kind === 'tcp-connected') network.startTls(event.id, { serverName: 'a.example', alpn: ['h2'] }, event.at);
    else if (event.kind === 'preferred-address' && event.ipv6 !== undefined) network.migrate(event.id, event.ipv6, event.at);
    else if (event.kind === 'tls-done' || event.kind === 'quic-connected') network.sendRequest(event.id, { id: 'r', host: 'a.example', path: '/' }, event.at);
  };
}

const originFrame = ['https://b.example'];
const preferredAddress = { ipv6: { address: '2001:db8::50', port: 443 } };

const lossy = fc.record({
  servers: fc.constant([{ ...webServer, originFrame }, { ...quicServer, originFrame, preferredAddress }]),
  seed: fc.integer(),
  link: fc.record({ rttMs: fc.integer({ min: 0, max: 300 }), jitterMs: fc.integer({ min: 0, max: 50 }), lossRate: fc.double({ min: 0, max: 0.6, noNaN: true }) }),
});

function run(setup: Setup) {
  const network = buildNetwork(setup);
  startAll(network, 0);
  return { story: play(network, react(network)), wireLog: network.wireLog };
}

describe('Network', () => {
  it('has nothing to do before anything is started', () => {
    const network = buildNetwork();
    expect(network.nextAt()).toBeUndefined();
    expect(network.step(1000)).toEqual([]);
  });

  it('gives DNS answers before connection events, and these before address changes, at one instant (DEC-11)', () => {
    const network = buildNetwork({ events: [{ atMs: 20, kind: 'addressAdded', address: '192.0.2.9' }] });
    network.startTcp('c', V4, 0);
    network.startDnsExchange('d', query, 0);
    expect(lines(play(network))).toEqual(['20 dns-answer', '20 tcp-connected', '20 address-added']);
  });

  it('gives events in order of time when it steps over several', () => {
    const network = buildNetwork();
    network.startTcp('c', V4, 0);
    network.startDnsExchange('d', query, 5);
    expect(lines(network.step(100))).toEqual(['20 tcp-connected', '25 dns-answer']);
  });

  it('refuses an id in use and one never started', () => {
    const network = buildNetwork();
    network.startTcp('c', V4, 0);
    expect(() => network.startTcp('c', V6, 0)).toThrow('c is in use');
    expect(() => network.cancel('x')).toThrow('x was never started');
    expect(() => network.startTls('c', { serverName: 'a.example', alpn: [] }, 0)).toThrow('connecting');
  });

  it('does the same for the same seed', () => {
    fc.assert(
      fc.property(lossy, (setup) => {
        expect(run(setup)).toEqual(run(setup));
      }),
    );
  });

  it('never goes back in time', () => {
    fc.assert(
      fc.property(lossy, (setup) => {
        const times = run(setup).story.map(({ at }) => at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
    );
  });

  it('tells nothing of what was cancelled', () => {
    const ids = ['tcp', 'quic', 'udp', 'stream', 'https', 'system'];
    fc.assert(
      fc.property(lossy, fc.constantFrom(...ids), fc.integer({ min: 0, max: 1500 }), (setup, id, cancelledAt) => {
        const network = buildNetwork(setup);
        startAll(network, 0);
        play(network, react(network), cancelledAt);
        network.cancel(id);
        const after = play(network, react(network));
        expect(after.some((event) => 'id' in event && event.id === id)).toBe(false);
      }),
    );
  });

  it('tells nothing of what was cancelled at the very instant', () => {
    const network = buildNetwork();
    network.startQuic('q', { endpoint: V6, serverName: 'a.example', alpn: ['h3'], earlyData: true }, 0);
    network.cancel('q');
    expect(network.nextAt()).toBeUndefined();
  });
});
