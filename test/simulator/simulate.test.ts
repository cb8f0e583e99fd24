/** What reaches the client from a scenario: its terms for requests, and what servers say beside their responses. */
import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../src/engine/profiles/profiles.ts';
import type { Happening } from '../../src/simulator/happening.ts';
import { readScenario } from '../../src/simulator/scenario/read-scenario.ts';
import { simulate } from '../../src/simulator/simulate.ts';

/** A server over QUIC and TCP for both names, whose addresses differ. */
function happenings(more: string, server = '', client = ''): readonly Happening[] {
  const scenario = readScenario(
    `version: 1
client: {sources: [192.0.2.254]${client}}
dns:
  servers: [{address: 192.0.2.53}]
  zone: |
    a.test. 300 IN A 192.0.2.1
    a.test. 300 IN HTTPS 1 . alpn="h3,h2"
    b.test. 300 IN A 192.0.2.2
servers:
  - {addresses: [192.0.2.1, 192.0.2.3], port: 443, protocols: [h3], names: [a.test, b.test], issuer: ca${server}}
  - {addresses: [192.0.2.1, 192.0.2.2], port: 443, protocols: [h2], names: [a.test, b.test], issuer: ca}
requests:
${more}
`,
    'test.yaml',
  );
  const all: Happening[] = [];
  simulate(scenario, PROFILES['chromium-hev3']!, 1, { happens: (happening) => void all.push(happening) });
  return all;
}

const kinds = (all: readonly Happening[]): readonly string[] => all.flatMap((happening) => (happening.layer === 'client' ? [happening.kind] : happening.layer === 'network' ? [happening.event.kind] : []));
const count = (all: readonly Happening[], kind: string): number => kinds(all).filter((one) => one === kind).length;

describe('a simulation', () => {
  it('asks nothing about an origin that an ORIGIN frame has named', () => {
    const requests = '  - {atMs: 0, url: "https://a.test/"}\n  - {atMs: 1000, url: "https://b.test/"}';
    // Only a session over QUIC counts, and so the first name has no other.
    const named = happenings(requests, ', originFrame: ["https://b.test"]', ', forceQuicOn: ["a.test:443"]');
    expect([count(named, 'origin-frame'), count(named, 'race-began'), count(named, 'request-done')]).toEqual([1, 1, 2]);
    const unnamed = happenings(requests, '', ', forceQuicOn: ["a.test:443"]');
    expect([count(unnamed, 'race-began'), count(unnamed, 'request-done')]).toEqual([2, 2]);
  });

  it('moves a QUIC session to the address that its server prefers', () => {
    const moved = happenings('  - {atMs: 0, url: "https://a.test/"}', ', preferredAddress: {ipv4: "192.0.2.3:443"}', ', forceQuicOn: ["a.test:443"]');
    expect(kinds(moved).filter((kind) => ['preferred-address', 'migrate', 'migrated'].includes(kind))).toEqual(['preferred-address', 'migrate', 'migrated']);
  });

  it('gives a request its terms', () => {
    const withoutQuic = happenings('  - {atMs: 0, url: "https://a.test/", quic: false}');
    expect([count(withoutQuic, 'connect-quic'), count(withoutQuic, 'request-done')]).toEqual([0, 1]);
    const apart = happenings('  - {atMs: 0, url: "https://a.test/"}\n  - {atMs: 1000, url: "https://a.test/", partition: "https://c.test"}');
    expect(count(apart, 'race-began')).toBe(2);
  });

  it('gives the client what it knew before: TCP waits for QUIC that has worked, and a ticket leaves nothing to wait for', () => {
    const load = '  - {atMs: 0, url: "https://a.test/"}';
    const firstTcp = (client: string): number | undefined => happenings(load, '', client).find((happening) => happening.layer === 'client' && happening.kind === 'connect-tcp')?.at;
    expect(firstTcp('')).toBe(20);
    // After 20 ms of DNS TCP would be held back for 300 ms; QUIC takes 20.
    expect(firstTcp(', knows: {quicWorkedAt: ["c.test:443"]}')).toBeUndefined();
    const known = happenings(load, '', ', knows: {quicWorkedAt: ["a.test:443"]}');
    expect(known.find((happening) => happening.layer === 'client' && happening.kind === 'session-opened')?.at).toBe(20);
  });

  it('gives the client the Alt-Svc that it knew before', () => {
    const load = '  - {atMs: 0, url: "https://b.test/"}';
    expect(count(happenings(load), 'connect-quic')).toBe(0);
    expect(count(happenings(load, '', ", knows: {altSvc: [{origin: \"b.test:443\", field: 'h3=\":443\"'}]}"), 'connect-quic')).toBe(1);
  });

  it('makes as many sockets as a preconnect wants, within its limits', () => {
    const preconnect = '  - {atMs: 0, url: "https://b.test/", preconnect: 3}';
    expect(count(happenings(preconnect), 'connect-tcp')).toBe(3);
    expect(count(happenings(preconnect, '', ', limits: {perGroup: 2}'), 'connect-tcp')).toBe(2);
  });

  it('begins what follows a request when that is over, and forgets what is given up', () => {
    const all = happenings('  - {atMs: 0, url: "https://b.test/", cancelAfterMs: 5}\n  - {afterPrevious: true, delayMs: 100, url: "https://b.test/"}');
    const began = all.flatMap((happening) => (happening.layer === 'client' && (happening.kind === 'request-began' || happening.kind === 'request-cancelled') ? [`${happening.at} ${happening.kind}`] : []));
    expect(began).toEqual(['0 request-began', '5 request-cancelled', '105 request-began']);
  });
});
