/** Races through a proxy: the network up to it, and a tunnel with all that is within as one step. */
import { describe, expect, it } from 'vitest';
import { reconstruct } from '../../src/analyze.ts';
import type { Attempt, Race } from '../../src/model/race.ts';
import { seenAttempt } from '../../src/whatif/attempt-steps.ts';
import { inferRaces } from '../../src/whatif/infer-races.ts';
import { destinationOf } from '../../src/whatif/inferred-race.ts';
import { parametersOf, predictRace } from '../../src/whatif/predict-race.ts';
import { racedTarget } from '../../src/whatif/raced-target.ts';
import { surroundingsOf } from '../../src/whatif/own-policy.ts';
import { parameters } from './simulated-trace.ts';

const race = (scheme: string, proxy?: string): Race => ({ destination: { scheme, host: 'a.test', port: scheme === 'http' ? 80 : 443 }, proxy }) as unknown as Race;

describe('what a race connects to', () => {
  it.each([
    ['https', undefined, { host: 'a.test', port: 443, after: 'secure' }],
    ['http', undefined, { host: 'a.test', port: 80, after: 'nothing' }],
    ['https', 'http://Proxy.test:3128', { host: 'proxy.test', port: 3128, after: 'tunnel', tunnelTo: { scheme: 'https', host: 'a.test', port: 443 } }],
    // An HTTP proxy takes a request for an http URL as it is; TLS to the proxy and SOCKS come first.
    ['http', 'http://proxy.test:3128', { host: 'proxy.test', port: 3128, after: 'nothing', tunnelTo: { scheme: 'http', host: 'a.test', port: 80 } }],
    ['http', 'https://proxy.test:443', { host: 'proxy.test', port: 443, after: 'tunnel', tunnelTo: { scheme: 'http', host: 'a.test', port: 80 } }],
    ['http', 'socks5://[2001:db8:0::1]:1080', { host: '2001:db8::1', port: 1080, after: 'tunnel', tunnelTo: { scheme: 'http', host: 'a.test', port: 80 } }],
  ])('%s through %s', (scheme, proxy, expected) => {
    expect(racedTarget(race(scheme, proxy))).toEqual(expected);
  });

  it('is nothing to infer where a proxy speaks QUIC, or is not told', () => {
    expect(racedTarget(race('https', 'quic://proxy.test:443'))).toBe('proxy');
    expect(racedTarget(race('https', 'odd'))).toBe('proxy');
  });
});

describe('a tunnel', () => {
  const attempt = (fields: Partial<Attempt>): Attempt => ({ id: 1, transport: 'tcp', ipEndpoint: '192.0.2.1:3128', family: 'ipv4', startMs: 100, connectedMs: 120, outcome: 'won', endpointStage: 'final', evidence: { sourceIds: [], eventIndices: [] }, ...fields });

  it('takes from the connection to the proxy on, not from the last TLS handshake', () => {
    expect(seenAttempt(attempt({ secureStartMs: 150, endMs: 175 }), 'tunnel')?.secure).toEqual({ kind: 'outcome', outcome: { kind: 'took', ms: 55 } });
  });

  it('that the proxy does not make is denied, whichever address it was asked at', () => {
    const denied = attempt({ endMs: 145, outcome: 'failed', netError: { code: -111, name: 'ERR_TUNNEL_CONNECTION_FAILED' } });
    expect(seenAttempt(denied, 'tunnel')?.secure).toEqual({ kind: 'outcome', outcome: { kind: 'denied', ms: 25 } });
  });
});

describe('a recording whose proxy is dead over IPv6 (proxy-http-v6dead-hev2)', async () => {
  const { races, unusable } = inferRaces(await reconstruct('samples/proxy-http-v6dead-hev2/netlog.json.gz'));
  const page = races.find((each) => destinationOf(each).host === 'dual.lab.test')!;

  it('leaves out nothing', () => {
    expect(unusable).toEqual([]);
  });

  it('replays each race that connected, over IPv4 after 300 ms', () => {
    for (const each of races.filter(({ recorded }) => recorded?.outcome === 'connected')) {
      const replay = predictRace(each, parametersOf(each.policy));
      expect(replay.winner).toEqual({ ipEndpoint: '10.77.0.66:3128', family: 'ipv4', transport: 'tcp' });
      expect(Math.abs(replay.afterMs! - each.recorded!.afterMs)).toBeLessThan(20);
    }
  });

  it('is 50 ms quicker for a client that waits 250', () => {
    const own = predictRace(page, parametersOf(page.policy));
    const draft = predictRace(page, { ...parameters('draft-v3'), ...surroundingsOf(page.policy) });
    expect(own.afterMs! - draft.afterMs!).toBeCloseTo(50, 0);
  });
});
