import { describe, expect, it } from 'vitest';
import type { Packet } from '../../../src/simulator/network/network-inputs.ts';
import type { TlsOffer } from '../../../src/simulator/network/tls.ts';
import { type Setup, V4, V6, buildNetwork, echConfigList, first, lines, play, webServer, wire } from './network-builder.ts';

const offer: TlsOffer = { serverName: 'a.example', alpn: ['h2', 'http/1.1'] };

/** Connects, shakes hands, asks for one page. */
function load(setup: Setup, tls: TlsOffer | undefined = offer, until?: number) {
  const network = buildNetwork(setup);
  const request = () => network.sendRequest('c', { id: 'r', host: 'a.example', path: '/' }, now);
  let now = 0;
  network.startTcp('c', V6, 0);
  const story = play(
    network,
    (event) => {
      now = event.at;
      if (event.kind === 'tcp-connected' && tls !== undefined) network.startTls('c', tls, now);
      else if (event.kind === 'tls-done') request();
    },
    until,
  );
  return { network, story, lines: lines(story) };
}

const isSyn = ({ packet }: Packet) => packet === 'syn';
const isData = ({ packet }: Packet) => packet === 'data';

describe('a TCP connection', () => {
  it('takes one round trip to connect, one for TLS and one for a request', () => {
    const { network, story } = load({ servers: [{ ...webServer, altSvc: 'h3=":443"' }] });
    expect(story).toEqual([
      { at: 20, id: 'c', kind: 'tcp-connected' },
      { at: 40, id: 'c', kind: 'tls-done', alpn: 'h2', ech: 'not-offered' },
      { at: 60, id: 'c', kind: 'response', request: 'r', response: { status: 200, altSvc: 'h3=":443"' } },
    ]);
    expect(wire(network)).toEqual(['0 syn', '10 syn-ack', '20 client-hello', '30 server-flight', '40 request', '50 response']);
  });

  it('brings an ORIGIN frame with the server\'s first frames over HTTP/2, a round trip after TLS (RFC 8336; recorded SETTINGS)', () => {
    const { network, story } = load({ servers: [{ ...webServer, originFrame: ['https://b.example'] }] });
    expect(story.slice(1)).toMatchObject([
      { at: 40, kind: 'tls-done' },
      { at: 60, id: 'c', kind: 'origin-frame', origins: ['https://b.example'] },
      { at: 60, kind: 'response' },
    ]);
    expect(wire(network).slice(4)).toEqual(['40 finished', '40 request', '50 settings', '50 response']);
  });

  it('brings an ORIGIN frame that was lost with its repetition, and none over HTTP/1.1', () => {
    const servers = [{ ...webServer, originFrame: [] }];
    const settings = ({ sentAt }: Packet) => sentAt === 50;
    // RTT + 200 ms after the loss at 50, and half a round trip.
    expect(load({ servers, networkRule: first(1, settings, { action: 'drop' }) }).lines.at(-1)).toBe('280 origin-frame');
    expect(load({ servers }, { ...offer, alpn: ['http/1.1'] }).lines).toEqual(['20 tcp-connected', '40 tls-done', '60 response']);
  });

  it('carries requests without TLS to a server that has none', () => {
    const network = buildNetwork({ servers: [{ addresses: [V4.address], port: 80, protocols: ['http/1.1'] }] });
    network.startTcp('c', { ...V4, port: 80 }, 0);
    const story = play(network, ({ kind }) => {
      if (kind === 'tcp-connected') network.sendRequest('c', { id: 'r', host: 'a.example', path: '/' }, 20);
    });
    expect(story.at(-1)).toEqual({ at: 40, id: 'c', kind: 'response', request: 'r', response: { status: 200 } });
  });

  it('connects at the first kernel retransmission when the SYN is lost', () => {
    expect(load({ networkRule: first(1, isSyn, { action: 'drop' }) }, undefined).lines[0]).toBe('1044 tcp-connected');
  });

  it('repeats an unanswered SYN five times evenly, then ever more slowly, and gives up', () => {
    const { network, lines: story } = load({ networkRule: (packet) => (isSyn(packet) ? { action: 'drop' } : undefined) });
    expect(network.wireLog.map(({ at }) => at).slice(0, 8)).toEqual([0, 1024, 2048, 3072, 4096, 5120, 7168, 11264]);
    expect(story).toEqual(['134144 tcp-failed ERR_CONNECTION_TIMED_OUT -118']);
  });

  it('is refused after a round trip where nobody listens', () => {
    const { network, lines: story } = load({ servers: [] });
    expect(story).toEqual(['20 tcp-failed ERR_CONNECTION_REFUSED -102']);
    expect(wire(network)).toEqual(['0 syn', '10 refusal']);
  });

  it('fails after a round trip by a rule that resets or finds unreachable', () => {
    expect(load({ networkRule: () => ({ action: 'reset' }) }).lines).toEqual(['20 tcp-failed ERR_CONNECTION_REFUSED -102']);
    expect(load({ networkRule: () => ({ action: 'unreachable' }) }).lines).toEqual(['20 tcp-failed ERR_ADDRESS_UNREACHABLE -109']);
  });

  it('fails at once without an address of the family', () => {
    const { network, lines: story } = load({ client: { ipv6: false } });
    expect(story).toEqual(['0 tcp-failed ERR_ADDRESS_UNREACHABLE -109']);
    expect(network.wireLog).toEqual([]);
  });

  it('connects late by a delay of the SYN-ACK, without a second one', () => {
    const { network, lines: story } = load({ networkRule: first(1, ({ direction }) => direction === 'fromServer', { action: 'delay', delayMs: 400 }) });
    expect(story).toEqual(['420 tcp-connected', '440 tls-done', '460 response']);
    expect(wire(network).filter((packet) => packet.includes('syn'))).toEqual(['0 syn', '10 syn-ack']);
  });

  it('repeats a lost ClientHello after the retransmission time-out, RTT + 200 ms', () => {
    expect(load({ networkRule: first(1, isData, { action: 'drop' }) }).lines).toEqual(['20 tcp-connected', '260 tls-done', '280 response']);
  });

  it('has the server repeat a lost flight, later each time', () => {
    const serverFlight = ({ packet, direction }: Packet) => packet === 'data' && direction === 'fromServer';
    const { network, lines: story } = load({ networkRule: first(2, serverFlight, { action: 'drop' }) });
    expect(wire(network).filter((packet) => packet.includes('flight'))).toEqual(['30 server-flight lost', '250 server-flight lost', '690 server-flight']);
    expect(story[1]).toBe('700 tls-done');
  });

  it('hangs when all data vanishes: giving up is the client\'s (tls-stall)', () => {
    expect(load({ networkRule: (packet) => (isData(packet) ? { action: 'drop' } : undefined) }, offer, 30_000).lines).toEqual(['20 tcp-connected']);
  });

  it('tells a reset by how far the connection had come', () => {
    expect(load({ networkRule: first(1, isData, { action: 'reset' }) }).lines[1]).toBe('40 tls-failed ERR_CONNECTION_RESET -101');
    const request = ({ packet, sentAt }: Packet) => packet === 'data' && sentAt === 40;
    expect(load({ networkRule: first(1, request, { action: 'reset' }) }).lines[2]).toBe('60 closed ERR_CONNECTION_RESET -101');
  });

  it('closes when idle for as long as the server allows', () => {
    expect(load({ servers: [{ ...webServer, idleTimeoutMs: 5000 }] }).lines).toEqual(['20 tcp-connected', '40 tls-done', '60 response', '5060 closed']);
  });
});

describe('TLS over TCP', () => {
  it('fails after the server\'s flight on a certificate that is not good', () => {
    expect(load({ servers: [{ ...webServer, issuer: 'bad' }] }).lines[1]).toBe('40 tls-failed ERR_CERT_AUTHORITY_INVALID -202');
    expect(load({ servers: [{ ...webServer, names: ['b.test'] }] }).lines[1]).toBe('40 tls-failed ERR_CERT_COMMON_NAME_INVALID -200');
  });

  it('fails against a server without TLS', () => {
    const { issuer: _, ...plain } = webServer;
    expect(load({ servers: [plain] }).lines[1]).toBe('40 tls-failed ERR_SSL_PROTOCOL_ERROR -107');
  });

  it('is told that ECH was rejected, with the list to try instead if the server has one', () => {
    const ech = echConfigList(1);
    expect(load({}, { ...offer, ech }).story[1]).toEqual({ at: 40, id: 'c', kind: 'tls-failed', error: { name: 'ERR_ECH_NOT_NEGOTIATED', code: -183 } });
    expect(load({ servers: [{ ...webServer, ech: echConfigList(2) }] }, { ...offer, ech }).story[1]).toMatchObject({ retryConfigs: echConfigList(2) });
  });

  it('fails without a packet on an unusable ECH config (simulating-chromium 19)', () => {
    const { network, lines: story } = load({}, { ...offer, ech: 'AAAA' });
    expect(story).toEqual(['20 tcp-connected', '20 tls-failed ERR_INVALID_ECH_CONFIG_LIST -182']);
    expect(wire(network)).toEqual(['0 syn', '10 syn-ack']);
  });
});
