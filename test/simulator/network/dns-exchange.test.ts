import { describe, expect, it } from 'vitest';
import type { DnsRuleEffect, DnsTransport } from '../../../src/simulator/network/network-inputs.ts';
import { DNS_SERVER, type Setup, V4, V6, buildNetwork, first, lines, play, wire } from './network-builder.ts';

function ask(setup: Setup, transport: DnsTransport = 'udp') {
  const network = buildNetwork(setup);
  network.startDnsExchange('d', { server: DNS_SERVER, transport, name: 'a.example', type: 'AAAA' }, 0);
  return { network, story: play(network) };
}

const rule = (action: DnsRuleEffect['action'], delayMs = 0): Setup => ({ dnsRule: () => ({ action, delayMs }) });
const answer = { kind: 'answer', owner: 'a.example', addresses: [V6.address], records: [], ttl: 60_000 };

describe('a DNS exchange', () => {
  it('takes a round trip and the server\'s latency', () => {
    expect(ask({ dns: { latencyMs: 3 } }).story).toEqual([{ at: 23, id: 'd', kind: 'dns-answer', type: 'AAAA', answer }]);
  });

  it('shows query and answer on the wire', () => {
    const { network } = ask({ dns: { latencyMs: 3 } });
    expect(wire(network)).toEqual(['0 query', '13 answer']);
    expect(network.wireLog[0]).toMatchObject({ id: 'd', route: { transport: 'udp', address: DNS_SERVER, port: 53 }, message: { content: { name: 'a.example', type: 'AAAA' } } });
  });

  it('is answered late, badly or not at all by a rule', () => {
    expect(ask(rule('answer', 400)).story).toMatchObject([{ at: 420, answer }]);
    expect(ask(rule('servfail', 5)).story).toMatchObject([{ at: 25, answer: { kind: 'failure', failure: 'servfail' } }]);
    expect(ask(rule('nxdomain')).story).toMatchObject([{ at: 20, answer: { kind: 'failure', failure: 'nxdomain' } }]);
    expect(ask(rule('nodata')).story).toMatchObject([{ at: 20, answer: { kind: 'answer', addresses: [], records: [] } }]);
    expect(ask(rule('drop')).story).toEqual([]);
  });

  it('is truncated over UDP, and whole over TCP for one more round trip', () => {
    expect(ask(rule('truncate')).story).toEqual([{ at: 20, id: 'd', kind: 'dns-truncated', type: 'AAAA' }]);
    const { network, story } = ask(rule('truncate'), 'tcp');
    expect(story).toMatchObject([{ at: 40, kind: 'dns-answer', answer }]);
    expect(wire(network)).toEqual(['0 syn', '10 syn-ack', '20 query', '30 answer']);
  });

  it('repeats nothing over UDP and everything over TCP', () => {
    expect(ask({ networkRule: first(1, () => true, { action: 'drop' }) }).story).toEqual([]);
    expect(lines(ask({ networkRule: first(1, ({ packet }) => packet === 'data', { action: 'drop' }) }, 'tcp').story)).toEqual(['260 dns-answer']);
  });

  it('shares one connection over HTTPS: the first answers pay for TCP and TLS, later ones do not', () => {
    const network = buildNetwork();
    const query = { server: DNS_SERVER, transport: 'https', name: 'a.example' } as const;
    network.startDnsExchange('A', { ...query, type: 'A' }, 0);
    network.startDnsExchange('AAAA', { ...query, type: 'AAAA' }, 0);
    const story = play(network, (event) => {
      if ('id' in event && event.id === 'AAAA') network.startDnsExchange('later', { ...query, type: 'A' }, event.at);
    });
    expect(story.map((event) => [event.at, 'id' in event && event.id])).toEqual([[60, 'A'], [60, 'AAAA'], [80, 'later']]);
  });

  it('keeps the shared connection when the exchange that opened it is cancelled', () => {
    const network = buildNetwork();
    const query = { server: DNS_SERVER, transport: 'https', name: 'a.example', type: 'A' } as const;
    network.startDnsExchange('first', query, 0);
    network.startDnsExchange('second', query, 0);
    network.cancel('first');
    expect(play(network)).toMatchObject([{ at: 60, id: 'second', answer: { addresses: [V4.address] } }]);
  });

  it('fails with all that share its connection when that is reset', () => {
    const reset = first(1, ({ packet, sentAt }) => packet === 'data' && sentAt === 50, { action: 'reset' });
    const network = buildNetwork({ networkRule: reset });
    const query = { server: DNS_SERVER, transport: 'https', name: 'a.example' } as const;
    network.startDnsExchange('A', { ...query, type: 'A' }, 0);
    network.startDnsExchange('AAAA', { ...query, type: 'AAAA' }, 0);
    expect(lines(play(network))).toEqual(['60 dns-failed ERR_CONNECTION_RESET -101', '60 dns-failed ERR_CONNECTION_RESET -101']);
  });

  it('pays for TCP each time over TCP: one connection for each query', () => {
    const network = buildNetwork();
    const query = { server: DNS_SERVER, transport: 'tcp', name: 'a.example', type: 'A' } as const;
    network.startDnsExchange('first', query, 0);
    network.startDnsExchange('second', query, 5);
    expect(lines(play(network))).toEqual(['40 dns-answer', '45 dns-answer']);
  });

  it('fails when the server can\'t be reached, and opens a new connection for the next', () => {
    expect(lines(ask({ networkRule: () => ({ action: 'unreachable' }) }).story)).toEqual(['20 dns-failed ERR_ADDRESS_UNREACHABLE -109']);
    expect(lines(ask({ networkRule: () => ({ action: 'reset' }) }, 'tcp').story)).toEqual(['20 dns-failed ERR_CONNECTION_REFUSED -102']);
    const reset = first(1, ({ packet, sentAt }) => packet === 'data' && sentAt === 40, { action: 'reset' });
    const { network, story } = ask({ networkRule: reset }, 'https');
    expect(lines(story)).toEqual(['60 dns-failed ERR_CONNECTION_RESET -101']);
    network.startDnsExchange('e', { server: DNS_SERVER, transport: 'https', name: 'a.example', type: 'A' }, 2000);
    expect(lines(play(network))).toEqual(['2060 dns-answer']);
  });
});
