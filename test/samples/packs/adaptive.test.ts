/** What `adaptive` promises (`docs/adaptive.md`). */
import { describe, expect, it } from 'vitest';
import { attemptsIn, connectTimes, quantileOf } from '../../../samples/packs/figures.ts';
import { compareWithOthers } from '../../../samples/packs/adaptive-promise.ts';
import { PACKS } from '../../../samples/packs/packs.ts';
import { runsOf } from '../../../samples/packs/run-pack.ts';
import { scenarioOf, zoneOf } from '../../../samples/packs/scenario-of.ts';
import { PROFILES } from '../../../src/engine/profiles/profiles.ts';
import { OutcomeCollector } from '../../../src/simulator/outcomes/outcome-collector.ts';
import { simulate } from '../../../src/simulator/simulate.ts';

describe('at the median no slower than any other profile', () => {
  const few = PACKS.filter(({ name }) => !['typical-web', 'apple-web', 'resolver'].includes(name));
  it.each(few.map((pack) => [pack.name, pack] as const))('in %s', (_, pack) => {
    const { adaptive, best } = compareWithOthers(pack, 60);
    expect(adaptive.median).toBeLessThanOrEqual(best.median);
  });

  // Those that wait for every answer, or have no QUIC, come last here: `docs/packs.md` has all.
  it.each(['typical-web', 'apple-web'])('in %s, of those that race QUIC', (name) => {
    const runs = runsOf({ ...PACKS.find((pack) => pack.name === name)!, networks: 400 });
    const median = (profile: string): number => quantileOf(connectTimes(runs({ profile })), 0.5)!;
    const attempts = (profile: string): number => attemptsIn(runs({ profile }));
    for (const other of ['chromium-hev3', 'firefox-hev3', 'draft-v3']) expect(median('adaptive')).toBeLessThanOrEqual(median(other));
    // Where everything has both families, hardly more than the fastest of the others.
    expect(attempts('adaptive')).toBeLessThanOrEqual(1.05 * attempts(name === 'typical-web' ? 'draft-v3' : 'chromium-hev3'));
  });
});

describe('where QUIC is blocked and the server is 40 ms away', () => {
  const servers = (name: string, last: number) => [
    { addresses: [`203.0.113.${last}`, `2001:db8::${last}`], port: 443, protocols: ['h3'] as const, names: [name], issuer: 'root' },
    { addresses: [`203.0.113.${last}`, `2001:db8::${last}`], port: 443, protocols: ['h2'] as const, names: [name], issuer: 'root', idleTimeoutMs: 1000 },
  ];
  const records = (name: string, last: number) => [[name, 'A', `203.0.113.${last}`], [name, 'AAAA', `2001:db8::${last}`]] as const;

  /** Milliseconds from the end of DNS to the connection, of the last request. */
  function connectTime(urls: readonly string[]): number {
    const scenario = scenarioOf({
      client: { sources: ['198.51.100.7', '2001:db8:ffff::7'] },
      // 40 ms to servers, none to DNS.
      link: { rttMs: 40 },
      durationMs: 100_000,
      dns: { servers: [{ address: '198.51.100.1' }], zone: zoneOf([...records('h3.example', 1), ['h3.example', 'HTTPS', '1 . alpn="h3,h2"'], ...records('alias.example', 1), ['alias.example', 'HTTPS', '1 . alpn="h3,h2"'], ...records('plain.example', 1)]) },
      network: { rules: [{ transport: 'udp', port: 443, action: 'drop' }] },
      servers: [...servers('h3.example', 1), ...servers('plain.example', 1)],
      requests: urls.map((url, i) => (i === 0 ? { url } : { afterPrevious: true, delayMs: 5000, url })),
    });
    const collector = new OutcomeCollector();
    simulate(scenario, PROFILES['adaptive']!, 1, collector);
    const { connection, race, beganAtMs } = collector.outcomes().at(-1)!;
    return connection!.afterMs - (race!.firstAttemptAtMs! - beganAtMs);
  }

  it('connects within 140 ms on a network that it knows nothing of: TCP after 60', () => {
    expect(connectTime(['https://h3.example/'])).toBe(140);
  });

  it('connects within 140 ms to an address whose round trip it knows: TCP after one and a half', () => {
    expect(connectTime(['https://plain.example/', 'https://h3.example/'])).toBe(140);
  });
});
