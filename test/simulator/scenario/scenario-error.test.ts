import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../src/simulator/scenario/read-scenario.ts';
import { ScenarioError } from '../../../src/simulator/scenario/scenario-error.ts';

/** Two lines; what a case adds begins in line 3. */
const SMALLEST = 'version: 1\nrequests: [{url: "https://x.test/"}]\n';
const TOP_FIELDS = 'version, name, description, seed, profile, overrides, comparable, durationMs, client, link, dns, network, servers, requests';
const RULE_FIELDS = 'to, port, transport, direction, packets, fromMs, untilMs, times, delayMs, action';
const CLIENT_FIELDS = 'ipv4, ipv6, sources, roots, nat64Prefix, forceQuicOn, knows, limits';
const REQUEST_FIELDS = 'atMs, afterPrevious, delayMs, url, preconnect, resolveFirst, cancelAfterMs, partition, priority, quic, alpn';

function messageOf(text: string): string {
  try {
    readScenario(text, 'x.yaml');
  } catch (error) {
    if (error instanceof ScenarioError) return error.message;
    throw error;
  }
  return 'no error';
}

/** `count` rules' worth of nested aliases, each level ten times the one before. */
function aliasBomb(): string {
  const levels = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array.from({ length: 10 }, () => `*l${i}`).join(', ')}]`);
  return ['l0: &l0 [x]', ...levels].join('\n');
}

describe('a scenario that cannot be read', () => {
  it('carries file and line', () => {
    expect(() => readScenario(`${SMALLEST}seed: -1\n`, 'a/b.yaml')).toThrow(expect.objectContaining({ name: 'ScenarioError', file: 'a/b.yaml', line: 3 }));
  });

  it.each([
    ['nothing at all', '', '1: expected a map of fields, found nothing'],
    ['a list', '- 1', '1: expected a map of fields, found a list'],
    ['another version', 'version: 2\nrequests: [{url: "https://x.test/"}]', '1: version: expected 1, found 2'],
    ['no requests', 'version: 1\n', '1: requests: expected a list, found nothing'],
    ['an empty list of requests', 'version: 1\nrequests: []', '2: requests: expected at least one entry, found an empty list'],
    ['a request without URL', 'version: 1\nrequests:\n- atMs: 4', '3: requests[0].url: expected a URL that starts with http:// or https://, found nothing'],
    ['a first request after a previous one', 'version: 1\nrequests:\n- afterPrevious: true\n  url: https://x.test/', '3: requests[0].afterPrevious: expected a first request that starts by the clock, found true'],
  ])('%s', (_, text, message) => {
    expect(messageOf(text)).toBe(`x.yaml:${message}`);
  });

  it.each([
    ['an unknown field, with the nearest', 'sead: 4', `3: sead: expected one of the fields ${TOP_FIELDS}, found "sead"; did you mean seed?`],
    ['an unknown field far from all', 'wavelength: 4', `3: wavelength: expected one of the fields ${TOP_FIELDS}, found "wavelength"`],
    ['a field that every object inherits', '__proto__: {}', `3: __proto__: expected one of the fields ${TOP_FIELDS}, found "__proto__"`],
    ['a merge key', '<<: {}', `3: <<: expected one of the fields ${TOP_FIELDS}, found "<<"`],
    ['an unknown field in a list of a map', 'network:\n  rules:\n  - {action: drop}\n  - {action: drop,\n     packet: syn}', `7: network.rules[1].packet: expected one of the fields ${RULE_FIELDS}, found "packet"; did you mean packets?`],
    ['a delay of a packet that never comes', 'network: {rules: [{action: drop, delayMs: 5}]}', '3: network.rules[0].delayMs: expected no delay, as a dropped packet never arrives, found 5'],
    ['a delay of an answer that never comes', 'dns: {rules: [{action: drop, delayMs: 5}]}', '3: dns.rules[0].delayMs: expected no delay, as a dropped query is never answered, found 5'],
    ['an ECHConfigList that is no base64', 'servers: [{addresses: [192.0.2.1], port: 443, protocols: [h2], ech: yes}]', '3: servers[0].ech: expected none or an ECHConfigList in base64, found "yes"'],
    ['a NAT64 prefix of another length', 'client: {nat64Prefix: "64:ff9b::/95"}', '3: client.nat64Prefix: expected a NAT64 prefix such as 64:ff9b::/96, found "64:ff9b::/95"'],
    ['a NAT64 prefix without a length', 'client: {nat64Prefix: "64:ff9b::"}', '3: client.nat64Prefix: expected a NAT64 prefix such as 64:ff9b::/96, found "64:ff9b::"'],
    ['QUIC forced on a host without a port', 'client: {forceQuicOn: [x.test]}', '3: client.forceQuicOn[0]: expected a host and a port such as www.example:443, found "x.test"'],
    ['QUIC forced on a URL', 'client: {forceQuicOn: ["https://x.test:443"]}', '3: client.forceQuicOn[0]: expected a host and a port such as www.example:443, found "https://x.test:443"'],
    ['QUIC forced on a path', 'client: {forceQuicOn: ["x.test/a:443"]}', '3: client.forceQuicOn[0]: expected a host and a port such as www.example:443, found "x.test/a:443"'],
    ['a limit of no sockets', 'client: {limits: {perGroup: 0}}', '3: client.limits.perGroup: expected a whole number, 1 or more, found 0'],
    ['a pool smaller than a group', 'client: {limits: {perGroup: 6, perPool: 5}}', '3: client.limits.perPool: expected at least as many as perGroup (6), found 5'],
    ['a field of the client, nearly', 'client: {nat64prefix: "64:ff9b::/96"}', `3: client.nat64prefix: expected one of the fields ${CLIENT_FIELDS}, found "nat64prefix"; did you mean nat64Prefix?`],
    ['a delay without its length', 'network: {rules: [{action: delay}]}', '3: network.rules[0].delayMs: expected milliseconds, 0 to 1e9, found nothing'],
    ['an unknown action', 'network: {rules: [{action: dorp}]}', '3: network.rules[0].action: expected one of drop, reset, unreachable, delay, found "dorp"'],
    ['a rule without action', 'network: {rules: [{port: 1}]}', '3: network.rules[0].action: expected one of drop, reset, unreachable, delay, found nothing'],
    ['a rule that is no map', 'network: {rules: [drop]}', '3: network.rules[0]: expected a map of fields, found "drop"'],
    ['a map for a list', 'servers: {}', '3: servers: expected a list, found a map'],
    ['an empty value', 'client:\nseed: 1', '3: client: expected a map of fields, found nothing'],
    ['a word for a truth value', 'client:\n  ipv6: yes', '4: client.ipv6: expected true or false, found "yes"'],
    ['a number for a name', 'name: 4', '3: name: expected text, found 4'],
    ['a list for an override', 'overrides: {a: [1]}', '3: overrides.a: expected a number, true, false or text, found a list'],
    ['a negative time', 'link: {rttMs: -1}', '3: link.rttMs: expected milliseconds, 0 to 1e9, found -1'],
    ['an infinite time', 'link: {rttMs: .inf}', '3: link.rttMs: expected milliseconds, 0 to 1e9, found Infinity'],
    ['no time', 'link: {rttMs: .nan}', '3: link.rttMs: expected milliseconds, 0 to 1e9, found NaN'],
    ['a simulation of no length', 'durationMs: 0', '3: durationMs: expected milliseconds, more than 0 and up to 1e9, found 0'],
    ['a loss of more than all', 'link: {lossRate: 1.1}', '3: link.lossRate: expected a share, 0 to 1, found 1.1'],
    ['a broken seed', 'seed: 1.5', '3: seed: expected a whole number, 0 to 4294967295, found 1.5'],
    ['no times', 'dns: {rules: [{times: 0}]}', '3: dns.rules[0].times: expected a whole number, 1 or more, found 0'],
    ['a port beyond 65535', 'network: {rules: [{action: drop, port: 65536}]}', '3: network.rules[0].port: expected a port, 1 to 65535, found 65536'],
    ['no address', 'client: {sources: [10.77.0.300]}', '3: client.sources[0]: expected an IPv4 or IPv6 address, found "10.77.0.300"'],
    ['an empty span', 'network:\n  rules:\n  - action: drop\n    fromMs: 5\n    untilMs: 5', '7: network.rules[0].untilMs: expected a time after fromMs (5), found 5'],
    ['a SYN of UDP', 'network: {rules: [{action: drop, transport: udp, packets: syn}]}', '3: network.rules[0].packets: expected all, as UDP has neither SYN nor TCP payload, found "syn"'],
    ['a reset of UDP', 'network: {rules: [{action: reset, transport: udp}]}', '3: network.rules[0].action: expected drop, unreachable or delay, as UDP knows no reset, found "reset"'],
    ["a client's SYN from the server", 'network: {rules: [{action: drop, direction: fromServer, packets: syn}]}', '3: network.rules[0].packets: expected data or all, as the SYN is the client\'s, found "syn"'],
    ['an unknown event', 'network: {events: [{atMs: 1, kind: reboot, address: 192.0.2.1}]}', '3: network.events[0].kind: expected addressAdded, found "reboot"'],
    ['an unknown query type', 'dns: {rules: [{type: MX}]}', '3: dns.rules[0].type: expected one of A, AAAA, HTTPS, found "MX"'],
    ['an unknown DNS transport', 'dns: {servers: [{address: 192.0.2.1, transport: quic}]}', '3: dns.servers[0].transport: expected one of udp, tcp, https, found "quic"'],
    ['an unknown protocol', 'servers: [{addresses: [192.0.2.1], port: 443, protocols: [spdy]}]', '3: servers[0].protocols[0]: expected one of h3, h2, http/1.1, found "spdy"'],
    ['h3 without TLS', 'servers: [{addresses: [192.0.2.1], port: 443, protocols: [h3]}]', '3: servers[0].issuer: expected an issuer, as h3 needs TLS, found nothing'],
    ['an endpoint of the other family', 'servers: [{addresses: [192.0.2.1], port: 443, protocols: [h2], preferredAddress: {ipv4: "[::1]:443"}}]', '3: servers[0].preferredAddress.ipv4: expected an endpoint such as 203.0.113.1:443, found "[::1]:443"'],
    ['an origin with a path', 'servers: [{addresses: [192.0.2.1], port: 443, protocols: [h2], originFrame: ["https://x.test/a"]}]', '3: servers[0].originFrame[0]: expected an origin such as https://other.example, found "https://x.test/a"'],
    ['a zone that is no text', 'dns: {zone: [a]}', '3: dns.zone: expected a zone as text, found a list'],
    ['a broken record in a block', 'dns:\n  zone: |   # all names\n    a. A 192.0.2.1\n\n    b. A 192.0.2', '7: dns.zone: expected an IPv4 address, found "192.0.2"'],
    ['a broken record in a quoted zone', 'dns:\n  zone: "a. A 192.0.2.1\\nb. A 192.0.2"', '4: dns.zone: expected an IPv4 address, found "192.0.2"'],
    ['the first of several mistakes', 'link: {jitterMs: -2}\ndns: {latencyMs: -3}\nclient: {ipv4: 4}', '3: link.jitterMs: expected milliseconds, 0 to 1e9, found -2'],
    ['a mistake in what an alias stands for', 'client:\n  sources: &s\n  - nowhere\nservers: [{addresses: *s, port: 1, protocols: [h2]}]', '5: client.sources[0]: expected an IPv4 or IPv6 address, found "nowhere"'],
    ['a field twice', 'seed: 1\nname: x\nseed: 2', '5: expected each field once, found "seed" again'],
    ['broken YAML', 'link: {rttMs: 1\nseed: 4', '4: expected YAML, found a mistake: Flow map in block collection must be sufficiently indented and end with a }'],
    ['a tag of its own', 'name: !secret x', '3: expected YAML, found a mistake: Unresolved tag: !secret'],
    ['a second document', '---\nversion: 1', '3: expected YAML, found a mistake: Source contains multiple documents; please use YAML.parseAllDocuments()'],
    ['an alias of nothing', 'seed: 1\nlink: *nothing', '4: expected an anchor before its alias, found "*nothing"'],
    ['aliases that multiply', aliasBomb(), '1: expected few aliases, found so many that they multiply'],
    ['thousands of levels', `name: ${'['.repeat(20_000)}`, '3: expected a few levels of nesting, found thousands'],
  ])('%s', (_, added, message) => {
    expect(messageOf(`${SMALLEST}${added}\n`)).toBe(`x.yaml:${message}`);
  });

  it.each([
    ['another scheme', 'url: "ftp://x.test/"', 'url: expected a URL that starts with http:// or https://, found "ftp://x.test/"'],
    ['port 0', 'url: "https://x.test:0/"', 'url: expected a URL that starts with http:// or https://, found "https://x.test:0/"'],
    ['a delay without afterPrevious', 'delayMs: 4, url: "https://x.test/"', 'delayMs: expected atMs, as afterPrevious is not set, found 4'],
    ['a time with afterPrevious', 'afterPrevious: true, atMs: 4, url: "https://x.test/"', 'atMs: expected delayMs, as afterPrevious is set, found 4'],
    ['an unknown priority', 'priority: urgent, url: "https://x.test/"', 'priority: expected one of idle, lowest, low, medium, highest, found "urgent"'],
    ['a partition that is no site', 'partition: site.example, url: "https://x.test/"', 'partition: expected an origin such as https://other.example, found "site.example"'],
    ['no word on QUIC', 'quic: never, url: "https://x.test/"', 'quic: expected true or false, found "never"'],
    ['no protocol at all', 'alpn: [], url: "https://x.test/"', 'alpn: expected at least one entry, found an empty list'],
    ['h3 without QUIC', 'alpn: [h3], quic: false, url: "https://x.test/"', 'alpn: expected h2 or http/1.1 among them, as quic is false, found "h3"'],
    ['a field, nearly', 'partitoin: "https://x.test", url: "https://x.test/"', `partitoin: expected one of the fields ${REQUEST_FIELDS}, found "partitoin"; did you mean partition?`],
    ['no connection to preconnect', 'preconnect: 0, url: "https://x.test/"', 'preconnect: expected a whole number, 1 or more, found 0'],
  ])('a request with %s', (_, fields, message) => {
    expect(messageOf(`version: 1\nrequests:\n- url: https://x.test/\n- {${fields}}\n`)).toBe(`x.yaml:4: requests[1].${message}`);
  });
});
