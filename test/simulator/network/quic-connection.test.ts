import { describe, expect, it } from 'vitest';
import type { Packet } from '../../../src/simulator/network/network-inputs.ts';
import type { QuicOffer } from '../../../src/simulator/network/quic-connection.ts';
import { type Setup, V6, buildNetwork, echConfigList, first, lines, play, quicServer, webServer, wire } from './network-builder.ts';

const offer: QuicOffer = { serverName: 'a.example', alpn: ['h3'], earlyData: false };

/** Connects, and asks for one page as soon as that is possible. */
function load(setup: Setup, quic: QuicOffer = offer) {
  const network = buildNetwork(setup);
  network.startQuic('q', { endpoint: V6, ...quic }, 0);
  const story = play(network, (event) => {
    if (event.kind === 'quic-connected') network.sendRequest('q', { id: 'r', host: 'a.example', path: '/' }, event.at);
  });
  return { network, story, lines: lines(story) };
}

const toServer = ({ direction }: Packet) => direction === 'toServer';

describe('a QUIC connection', () => {
  it('takes one round trip for the handshake and one for a request', () => {
    const { network, story } = load({});
    expect(story).toEqual([
      { at: 20, id: 'q', kind: 'quic-connected', alpn: 'h3', earlyData: false },
      { at: 20, id: 'q', kind: 'quic-handshake-complete', ech: 'not-offered' },
      { at: 40, id: 'q', kind: 'response', request: 'r', response: { status: 200 } },
    ]);
    expect(wire(network)).toEqual(['0 initial', '10 server-flight', '20 request', '30 response']);
  });

  it('brings an ORIGIN frame with the server\'s first flight (RFC 9412; trace origin)', () => {
    const { network, story } = load({ servers: [{ ...quicServer, originFrame: ['https://b.example'] }] });
    expect(story[2]).toEqual({ at: 20, id: 'q', kind: 'origin-frame', origins: ['https://b.example'] });
    expect(wire(network)).toEqual(['0 initial', '10 server-flight', '20 request', '30 response']);
  });

  it('is connected at once with early data, and sends the request before any answer', () => {
    const { network, story } = load({}, { ...offer, earlyData: true });
    expect(story).toMatchObject([
      { at: 0, kind: 'quic-connected', earlyData: true },
      { at: 20, kind: 'quic-handshake-complete' },
      { at: 20, kind: 'response' },
    ]);
    expect(wire(network)).toEqual(['0 initial', '0 request', '10 server-flight', '10 response']);
  });

  it('closes 4 s after early data was sent into nothing (simulating-chromium 11)', () => {
    const { story } = load({ networkRule: () => ({ action: 'drop' }) }, { ...offer, earlyData: true });
    expect(story).toEqual([
      { at: 0, id: 'q', kind: 'quic-connected', alpn: 'h3', earlyData: true },
      { at: 4000, id: 'q', kind: 'closed', error: { name: 'ERR_QUIC_PROTOCOL_ERROR', code: -356 }, quicError: 'QUIC_NETWORK_IDLE_TIMEOUT' },
    ]);
  });

  it('repeats early data when its Initial was lost', () => {
    const { lines: story } = load({ networkRule: first(1, toServer, { action: 'drop' }) }, { ...offer, earlyData: true });
    // Initial again at 300; the request, which came at 10 to a server that could not read it, again at 310.
    expect(story).toEqual(['0 quic-connected', '320 quic-handshake-complete', '330 response']);
  });

  it('repeats Initials at 0, 300, 900 and 2100 ms and fails at 4000 (simulating-chromium 13)', () => {
    const { network, lines: story } = load({ networkRule: () => ({ action: 'drop' }) });
    expect(wire(network)).toEqual(['0 initial lost', '300 initial lost', '900 initial lost', '2100 initial lost']);
    expect(story).toEqual(['4000 quic-failed ERR_QUIC_PROTOCOL_ERROR -356']);
  });

  it('connects by the second Initial when the first is lost', () => {
    expect(load({ networkRule: first(1, toServer, { action: 'drop' }) }).lines[0]).toBe('320 quic-connected');
  });

  it('connects late by a delay of the server\'s first flight (simulating-chromium 10)', () => {
    const { lines: story } = load({ networkRule: first(1, ({ direction }) => direction === 'fromServer', { action: 'delay', delayMs: 47 }) });
    expect(story).toEqual(['67 quic-connected', '67 quic-handshake-complete', '87 response']);
  });

  it('repeats a lost request after two round trips', () => {
    const { lines: story } = load({ networkRule: first(1, ({ sentAt }) => sentAt === 20, { action: 'drop' }) });
    expect(story[2]).toBe('80 response');
  });

  it('fails after a round trip where nobody listens on UDP', () => {
    const { network, story } = load({ servers: [webServer] });
    expect(story).toEqual([{ at: 20, id: 'q', kind: 'quic-failed', error: { name: 'ERR_QUIC_PROTOCOL_ERROR', code: -356 }, quicError: 'QUIC_PACKET_READ_ERROR' }]);
    expect(wire(network)).toEqual(['0 initial', '10 refusal']);
  });

  it('fails after a round trip by a rule that finds the server unreachable', () => {
    expect(load({ networkRule: () => ({ action: 'unreachable' }) }).lines).toEqual(['20 quic-failed ERR_QUIC_PROTOCOL_ERROR -356']);
  });

  it('fails at once without an address of the family, or with an unusable ECH config', () => {
    expect(load({ client: { ipv6: false } }).lines).toEqual(['0 quic-failed ERR_ADDRESS_UNREACHABLE -109']);
    expect(load({}, { ...offer, ech: 'AAAA', earlyData: true }).lines).toEqual(['0 quic-failed ERR_INVALID_ECH_CONFIG_LIST -182']);
  });

  it('fails with the server\'s flight on a bad certificate, no common protocol or rejected ECH', () => {
    const quicErrors = [
      load({ servers: [{ ...quicServer, issuer: 'bad' }] }),
      load({}, { ...offer, alpn: ['h4'] }),
      load({ servers: [{ ...quicServer, ech: echConfigList(2) }] }, { ...offer, ech: echConfigList(1) }),
    ].map(({ story }) => story);
    expect(quicErrors).toMatchObject([
      [{ at: 20, kind: 'quic-failed', quicError: 'QUIC_TLS_CERTIFICATE_UNKNOWN' }],
      [{ at: 20, kind: 'quic-failed', quicError: 'QUIC_HANDSHAKE_FAILED' }],
      [{ at: 20, kind: 'quic-failed', quicError: 'QUIC_HANDSHAKE_FAILED', retryConfigs: echConfigList(2) }],
    ]);
  });

  it('says that ECH was accepted', () => {
    const ech = echConfigList(1);
    expect(load({ servers: [{ ...quicServer, ech }] }, { ...offer, ech }).story[1]).toEqual({ at: 20, id: 'q', kind: 'quic-handshake-complete', ech: 'accepted' });
  });

  it('closes when idle', () => {
    const story = load({ servers: [{ ...quicServer, idleTimeoutMs: 30_000 }] }).lines;
    expect(story.at(-1)).toBe('30040 closed');
  });
});
