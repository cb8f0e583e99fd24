import { describe, expect, it } from 'vitest';
import type { DnsQuery, Packet } from '../../../src/simulator/network/network-inputs.ts';
import { DNS_SERVER, type Setup, V4, V6, buildNetwork, lines, play, wire } from './network-builder.ts';

function lookUp(setup: Setup, host = 'a.example') {
  const network = buildNetwork(setup);
  network.systemLookup('s', host, 0);
  const story = play(network);
  const queries = network.wireLog.flatMap(({ at, route, message: { content } }) => (content.kind === 'query' ? [`${at} ${content.type} ${route.address}`] : []));
  return { story, queries: queries.map((query) => query.replace(` ${DNS_SERVER}`, '')) };
}

const drop = { action: 'drop', delayMs: 0 } as const;
const servfail = { action: 'servfail', delayMs: 0 } as const;

describe('getaddrinfo', () => {
  it('asks for A and AAAA together and gives both', () => {
    expect(lookUp({})).toEqual({
      story: [{ at: 20, id: 's', kind: 'system-answer', addresses: [V6.address, V4.address] }],
      queries: ['0 A', '0 AAAA'],
    });
  });

  it('asks only for families that the client has', () => {
    expect(lookUp({ client: { ipv6: false } })).toMatchObject({ story: [{ addresses: [V4.address] }], queries: ['0 A'] });
  });

  it('gives the A after 15 s when AAAA is never answered (simulating-chromium 8)', () => {
    const { story, queries } = lookUp({ dnsRule: ({ type }: DnsQuery) => (type === 'AAAA' ? drop : undefined) });
    expect(story).toEqual([{ at: 15_000, id: 's', kind: 'system-answer', addresses: [V4.address] }]);
    // As in the trace aaaa-drop: together, then twice one after the other.
    expect(queries).toEqual(['0 A', '0 AAAA', '5000 A', '5020 AAAA', '10000 A', '10020 AAAA']);
  });

  it('fails after two tries of 5 s when nothing is answered', () => {
    const { story, queries } = lookUp({ dnsRule: () => drop });
    expect(lines(story)).toEqual(['10000 system-failed ERR_NAME_NOT_RESOLVED -105']);
    expect(queries).toEqual(['0 A', '0 AAAA', '5000 A', '5000 AAAA']);
  });

  it('asks once more at once when both answers are SERVFAIL (trace servfail)', () => {
    const { story, queries } = lookUp({ dnsRule: () => servfail });
    expect(lines(story)).toEqual(['40 system-failed ERR_NAME_NOT_RESOLVED -105']);
    expect(queries).toEqual(['0 A', '0 AAAA', '20 A', '20 AAAA']);
  });

  it('uses the address it has when the other query is SERVFAIL (simulating-chromium 8)', () => {
    const { story } = lookUp({ dnsRule: ({ type }: DnsQuery) => (type === 'AAAA' ? servfail : undefined) });
    expect(story).toEqual([{ at: 20, id: 's', kind: 'system-answer', addresses: [V4.address] }]);
  });

  it('fails at once for a name that does not exist', () => {
    expect(lines(lookUp({}, 'b.example').story)).toEqual(['20 system-failed ERR_NAME_NOT_RESOLVED -105']);
  });

  it('goes to the next server after a time-out', () => {
    const servers = [{ address: '192.0.2.54', transport: 'udp' as const }, { address: DNS_SERVER, transport: 'udp' as const }];
    const { story } = lookUp({ dns: { servers }, dnsRule: ({ server }) => (server === '192.0.2.54' ? drop : undefined) });
    expect(story).toMatchObject([{ at: 5020, kind: 'system-answer' }]);
  });
});

describe('getaddrinfo after a truncated answer', () => {
  const truncate = { action: 'truncate' } as const;
  const onlyAaaa = ({ type, transport }: DnsQuery) => (type === 'AAAA' && transport === 'udp' ? truncate : undefined);

  it('asks the same server for both again over one TCP connection: two round trips more', () => {
    const network = buildNetwork({ dnsRule: onlyAaaa });
    network.systemLookup('s', 'a.example', 0);
    expect(play(network)).toEqual([{ at: 60, id: 's', kind: 'system-answer', addresses: [V6.address, V4.address] }]);
    expect(wire(network)).toEqual(['0 query', '0 query', '10 answer', '10 answer', '20 syn', '30 syn-ack', '40 query', '40 query', '50 answer', '50 answer']);
  });

  it('fails when TCP is refused, without a second try', () => {
    const tcpOnly = ({ transport }: Packet) => (transport === 'tcp' ? ({ action: 'reset' } as const) : undefined);
    expect(lines(lookUp({ dnsRule: onlyAaaa, networkRule: tcpOnly }).story)).toEqual(['40 system-failed ERR_NAME_NOT_RESOLVED -105']);
  });

  it('goes on over TCP with the server that is left', () => {
    const servers = [{ address: '192.0.2.54', transport: 'udp' as const }, { address: DNS_SERVER, transport: 'udp' as const }];
    const refused = ({ transport, to }: Packet) => (transport === 'tcp' && to === '192.0.2.54' ? ({ action: 'reset' } as const) : undefined);
    const { story, queries } = lookUp({ dns: { servers }, dnsRule: onlyAaaa, networkRule: refused });
    // UDP 20, refused 40, then TCP to the other server 80.
    expect(story).toMatchObject([{ at: 80, kind: 'system-answer' }]);
    expect(queries).toEqual(['0 A 192.0.2.54', '0 AAAA 192.0.2.54', '60 A', '60 AAAA']);
  });
});
