import { describe, expect, it } from 'vitest';
import { createRoutes } from '../../../src/simulator/network/routes.ts';
import { buildNetwork, lines, play } from './network-builder.ts';

/** 192.0.2.1 under the well-known prefix (RFC 6052 §2.4). */
const SYNTHESISED = { address: '64:ff9b::c000:201', port: 443 };

describe('a route', () => {
  it('is straight without a NAT64', () => {
    expect(createRoutes(undefined).to('tcp', SYNTHESISED)).toEqual({ transport: 'tcp', ...SYNTHESISED });
  });

  it('leads through the NAT64 to the IPv4 address within a synthesised one (RFC 6052 §2.2)', () => {
    expect(createRoutes('64:ff9b::/96').to('udp', SYNTHESISED)).toEqual({ transport: 'udp', ...SYNTHESISED, behindNat64: '192.0.2.1' });
    expect(createRoutes('2001:db8:122:344::/64').to('tcp', { address: '2001:db8:122:344:c0:2:2100:0', port: 80 })).toMatchObject({ behindNat64: '192.0.2.33' });
  });

  it('leads to private addresses under the well-known prefix too, as recorded (trace nat64)', () => {
    expect(createRoutes('64:ff9b::/96').to('tcp', { address: '64:ff9b::a4d:15', port: 80 })).toMatchObject({ behindNat64: '10.77.0.21' });
  });

  it('is straight to other IPv6 addresses and to IPv4 ones', () => {
    const routes = createRoutes('64:ff9b::/96');
    expect([{ address: '2001:db8::1', port: 443 }, { address: '192.0.2.1', port: 443 }].map((endpoint) => 'behindNat64' in routes.to('tcp', endpoint))).toEqual([false, false]);
  });
});

describe('a connection through NAT64', () => {
  const client = { ipv4: false, nat64Prefix: '64:ff9b::/96' };

  it('reaches the IPv4 server, over TCP and QUIC', () => {
    const network = buildNetwork({ client });
    network.startTcp('c', SYNTHESISED, 0);
    network.startQuic('q', { endpoint: SYNTHESISED, serverName: 'a.example', alpn: ['h3'], earlyData: false }, 0);
    expect(lines(play(network))).toEqual(['20 tcp-connected', '20 quic-connected', '20 quic-handshake-complete']);
  });

  it('is refused where no IPv4 server listens, and without a NAT64', () => {
    const network = buildNetwork({ client });
    network.startTcp('c', { ...SYNTHESISED, port: 444 }, 0);
    expect(lines(play(network))).toEqual(['20 tcp-failed ERR_CONNECTION_REFUSED -102']);
    const plain = buildNetwork();
    plain.startTcp('c', SYNTHESISED, 0);
    expect(lines(play(plain))).toEqual(['20 tcp-failed ERR_CONNECTION_REFUSED -102']);
  });

  it('shows rules both addresses', () => {
    const network = buildNetwork({ client, networkRule: ({ to, behindNat64 }) => (to === SYNTHESISED.address && behindNat64 === '192.0.2.1' ? { action: 'unreachable' } : undefined) });
    network.startTcp('c', SYNTHESISED, 0);
    expect(lines(play(network))).toEqual(['20 tcp-failed ERR_ADDRESS_UNREACHABLE -109']);
  });
});
