/**
 * `recorded/` holds three scenarios that describe the networks of recorded Chromium traces: CNAMEs over two zones,
 * an HTTPS record with mandatory keys, and dropped IPv6 SYNs.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../src/simulator/scenario/read-scenario.ts';
import { lookup } from '../../../src/simulator/scenario/zone-lookup.ts';

const recorded = (name: string) => readScenario(readFileSync(new URL(`recorded/${name}.yaml`, import.meta.url), 'utf8'), `${name}.yaml`);
const SMALLEST = 'version: 1\nrequests: [{url: "https://x.test/"}]\n';

describe('reading a scenario', () => {
  it('fills the defaults in', () => {
    expect(readScenario(SMALLEST, 'x.yaml')).toEqual({
      version: 1,
      name: '',
      description: '',
      seed: 1,
      overrides: {},
      comparable: true,
      durationMs: 60_000,
      client: { ipv4: true, ipv6: true, sources: [], forceQuicOn: [], knows: { quicWorkedAt: [], http2At: [], altSvc: [] }, limits: {} },
      link: { rttMs: 20, jitterMs: 0, lossRate: 0 },
      dns: { servers: [], latencyMs: 0, zone: new Map(), rules: [] },
      network: { rules: [], events: [] },
      servers: [],
      requests: [{ start: { kind: 'at', atMs: 0 }, work: { kind: 'request' }, quic: true, url: { href: 'https://x.test/', scheme: 'https', host: 'x.test', port: 443 } }],
    });
  });

  it('makes addresses canonical and names lower case without the trailing dot', () => {
    const { client, servers } = readScenario(
      `${SMALLEST}client: {sources: ["2001:DB8:0::1"]}\nservers: [{addresses: ["2001:db8:0:0::2"], port: 443, protocols: [h2], names: ["*.X.Test."], issuer: ca,\n preferredAddress: {ipv6: "[2001:DB8::3]:8443"}, originFrame: ["https://Other.test:443"]}]\n`,
      'x.yaml',
    );
    expect(client.sources).toEqual(['2001:db8::1']);
    expect(servers[0]).toMatchObject({ addresses: ['2001:db8::2'], names: ['*.x.test'], preferredAddress: { ipv6: { address: '2001:db8::3', port: 8443 } }, originFrame: ['https://other.test'] });
  });

  it('tells requests, preconnects and resolutions apart', () => {
    const { requests } = readScenario(
      'version: 1\nrequests:\n- {atMs: 3, resolveFirst: true, url: "http://[2001:DB8::1]/"}\n- {afterPrevious: true, delayMs: 300, url: "https://X.test.:8443/a#b", cancelAfterMs: 7}\n- {preconnect: 2, url: "https://x.test"}\n- {resolveFirst: true, preconnect: 1, url: "https://x.test"}\n',
      'x.yaml',
    );
    expect(requests.map(({ start, work }) => ({ start, work }))).toEqual([
      { start: { kind: 'at', atMs: 3 }, work: { kind: 'resolve' } },
      { start: { kind: 'afterPrevious', delayMs: 300 }, work: { kind: 'request' } },
      { start: { kind: 'at', atMs: 0 }, work: { kind: 'preconnect', connections: 2, resolveFirst: false } },
      { start: { kind: 'at', atMs: 0 }, work: { kind: 'preconnect', connections: 1, resolveFirst: true } },
    ]);
    expect(requests[0]?.url).toEqual({ href: 'http://[2001:db8::1]/', scheme: 'http', host: '2001:db8::1', port: 80 });
    expect(requests[1]).toMatchObject({ url: { href: 'https://x.test.:8443/a', host: 'x.test', port: 8443 }, cancelAfterMs: 7 });
  });

  it('reads what a client is told: NAT64, forced QUIC, limits', () => {
    const { client } = readScenario(`${SMALLEST}client: {nat64Prefix: "2001:DB8:0:0::/64", forceQuicOn: ["X.test:443", "[2001:DB8::1]:8443"], limits: {perGroup: 6, perPool: 256}}\n`, 'x.yaml');
    expect(client).toMatchObject({
      nat64Prefix: '2001:db8::/64',
      forceQuicOn: [{ host: 'x.test', port: 443 }, { host: '2001:db8::1', port: 8443 }],
      limits: { perGroup: 6, perPool: 256 },
    });
  });

  it('reads what sets one request apart: partition, priority, protocols', () => {
    const { requests } = readScenario('version: 1\nrequests:\n- {url: "https://x.test/", partition: "https://Site.example:443", priority: idle, quic: false, alpn: [h2]}\n', 'x.yaml');
    expect(requests[0]).toMatchObject({ partition: 'https://site.example', priority: 'idle', quic: false, alpn: ['h2'] });
  });

  it('takes a server without ECH, and one with the keys of a list', () => {
    const servers = '{addresses: [192.0.2.1], port: 443, protocols: [h2]';
    const scenario = readScenario(`${SMALLEST}servers:\n- ${servers}}\n- ${servers}, ech: none}\n- ${servers}, ech: "AEL+DQA="}\n`, 'x.yaml');
    expect(scenario.servers.map(({ ech }) => ech)).toEqual(['none', 'none', 'AEL+DQA=']);
  });

  it('takes a part from where an anchor stands', () => {
    const { servers } = readScenario(`${SMALLEST}servers:\n- {addresses: &all [192.0.2.1, 192.0.2.2], port: 443, protocols: [h2]}\n- {addresses: *all, port: 80, protocols: [http/1.1]}\n`, 'x.yaml');
    expect(servers[1]?.addresses).toEqual(['192.0.2.1', '192.0.2.2']);
  });

  it('leaves overrides to whoever knows the profile', () => {
    expect(readScenario(`${SMALLEST}overrides: {a: 1, b: false, c: off}\n`, 'x.yaml').overrides).toEqual({ a: 1, b: false, c: 'off' });
  });

  it('reads the recorded network with CNAMEs over two zones', () => {
    const { dns } = recorded('cname-hev3');
    expect(lookup(dns.zone, 'cname1.lab.test', 'HTTPS')).toMatchObject({ chain: ['cname2.lab.test', 'cname3.lab2.test'], records: [{ priority: 1, target: '.', params: { alpn: ['h2'] } }] });
  });

  it('reads the recorded network with mandatory keys', () => {
    const scenario = recorded('svc-mandatory-hev3');
    expect(lookup(scenario.dns.zone, 'svcmand.lab.test', 'HTTPS').records[0]?.params).toEqual({ alpn: ['h3', 'h2'], mandatory: ['alpn', 'port'], port: 443 });
    expect(scenario.servers.map(({ protocols }) => protocols)).toEqual([['h3'], ['h2', 'http/1.1'], ['http/1.1']]);
    expect(scenario.servers[1]?.altSvc).toBe('h3=":443"; ma=2592000');
  });

  it('reads the recorded network that drops IPv6', () => {
    const { network, requests, link } = recorded('v6-blackhole-hev3');
    expect(network.rules).toEqual([{ to: ['2001:db8:77::21'], port: 443, transport: 'tcp', direction: 'toServer', packets: 'all', fromMs: 0, action: 'drop' }]);
    expect(requests.map(({ work }) => work.kind)).toEqual(['preconnect', 'request', 'preconnect']);
    expect(link.rttMs).toBe(22);
  });
});
