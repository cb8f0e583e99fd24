/**
 * Vectors of clients other than the draft's, each as a race with the options of the client's profile: Chromium's own
 * tests and recordings (R, K, L), aiohappyeyeballs (P) and the happy-eyeballs of OCaml (O).
 *
 * What Chromium publishes to its connection layer shows here as the first attempt: it starts when something is
 * published, `held` while the HTTPS answer is out.
 */
import { describe, expect, it } from 'vitest';
import { clientOptions } from '../../../src/engine/profiles/options-of.ts';
import { withOverrides } from '../../../src/engine/profiles/overrides.ts';
import { PROFILES } from '../../../src/engine/profiles/profiles.ts';
import type { RaceOptions } from '../../../src/engine/race/race-options.ts';
import type { LookupOptions } from '../../../src/engine/svcb/lookup-options.ts';
import { createServiceLookup } from '../../../src/engine/svcb/service-lookup.ts';
import { DRAFT } from './draft-race.ts';
import { ORIGIN, type Step, a, aaaa, connected, events, fail, https, ok, record, run } from './race-driver.ts';

type Overrides = Parameters<typeof withOverrides>[1];
interface Variant {
  readonly profile?: string;
  readonly overrides?: Overrides;
  readonly lookup?: Partial<LookupOptions>;
  readonly race?: Partial<RaceOptions>;
  readonly until?: number;
}

const surroundings = {
  ipv4: true,
  ipv6: true,
  sources: [
    { address: '2001:db8::ffff', prefixLength: 64 },
    { address: '192.0.2.254', prefixLength: 24 },
  ],
  dnsTransports: ['udp'],
} as const;

function prepare({ profile = 'chromium-hev3', overrides = {}, ...changed }: Variant) {
  const parameters = PROFILES[profile];
  if (parameters === undefined) throw new Error(`no profile ${profile}`);
  const { lookup, raceFor } = clientOptions(withOverrides(parameters, overrides), surroundings);
  return {
    lookup: createServiceLookup({ scheme: 'https', host: ORIGIN, port: 443 }, { ...lookup, ...changed.lookup }, () => 0.999),
    race: { ...raceFor({ scheme: 'https', tcpHeldBack: undefined, transports: 'any', isBeside: false }), ...changed.race },
  };
}

function race(steps: readonly Step[], variant: Variant = {}): string[] {
  const prepared = prepare(variant);
  return run(prepared.lookup, prepared.race, steps, variant.until);
}

type Case = [string, readonly Step[], string[], Variant?];
const ECH = 'AEj+DQBE';
/** A client that follows records wherever they lead, and does without none that has ECH. */
const RELIANT: Variant = { overrides: { useAddressHints: true, followUps: true }, lookup: { fallback: 'unless-ech' } };
const HINTS: Variant = { overrides: { useAddressHints: true } };

describe('Chromium with HEv3: intermediate results', () => {
  it.each<Case>([
    ['R-01, K-02: ready for the secure handshake once HTTPS is answered, be it without records', [[0, aaaa('6a')], [20, https([])]], ['0 6a/h2 held', '20 crypto 6a/h2'], { until: 200 }],
    ['R-01, K-01: ready at once if HTTPS is not asked', [[5, aaaa('6a')]], ['5 6a/h2'], { overrides: { httpsRecords: false } }],
    ['R-03, K-04: IPv4 first waits for AAAA within the delay', [[0, a('4a')], [30, aaaa('6a')]], ['30 6a/h2 held', '280 4a/h2 held']],
    ['R-04, K-05: IPv6 first waits for nothing', [[0, aaaa('6a')], [30, a('4a 4b')]], ['0 6a/h2 held', '250 4a/h2 held', '500 4b/h2 held']],
    ['R-05, K-06: a late AAAA is not waited for longer than the delay', [[0, a('4a')], [120, aaaa('6a')]], ['50 4a/h2 held', '300 6a/h2 held']],
    ['R-06, K-07: after NODATA for AAAA, A is published at once', [[0, aaaa('')], [20, a('4a')]], ['20 4a/h2 held']],
    ['R-07, K-08: NODATA for AAAA ends the delay', [[0, a('4a')], [20, aaaa('')]], ['20 4a/h2 held']],
    ['R-08, K-09: so does an AAAA answer of zero addresses', [[0, a('4a')], [33, aaaa('')]], ['33 4a/h2 held']],
    ['R-09, K-10: nothing comes of NODATA for both', [[0, a('')], [5, aaaa('')]], []],
    ['R-09, K-10: in either order', [[0, aaaa('')], [5, a('')]], []],
    ['R-10, K-11: NODATA for A starts no delay', [[0, a('')], [70, aaaa('6a')]], ['70 6a/h2 held']],
    ['R-11: HTTPS first', [[0, https([record('h3,h2')])], [10, aaaa('6a')]], ['10 6a/h3', '10 6a/h2']],
    ['R-12, K-13: a record for another target is of no use', [[0, https([record('h3,h2', { target: 'svc1.example.net' })])], [10, aaaa('6a')], [20, a('4a')]], ['10 6a/h2', '260 4a/h2']],
    ['R-13, K-14: HTTPS after IPv6', [[0, aaaa('6a')], [20, https([record('h3,h2')])], [30, a('4a')]], ['0 6a/h2 held', '20 crypto 6a/h2', '20 6a/h3'], { until: 200 }],
    ['R-14, K-15: the delay passes after HTTPS', [[0, https([record('h3,h2')])], [5, a('4a')]], ['55 4a/h3', '55 4a/h2']],
    ['R-15: HTTPS after the delay', [[0, a('4a')], [80, https([record('h3,h2')])]], ['50 4a/h2 held', '80 crypto 4a/h2', '80 4a/h3'], { until: 200 }],
    ['R-16, K-16: HTTPS and NODATA for A wait for AAAA', [[0, https([record('h3,h2')])], [5, a('')], [90, aaaa('6a')]], ['90 6a/h3', '90 6a/h2']],
    ['R-21, K-19: hints first', [[6, https([record('h2', { hints: '6b 4b' })])]], ['6 6b/h2', '256 4b/h2'], HINTS],
    ['R-22, K-19: answers take the place of hints', [[6, https([record('h2', { hints: '6b 4b' })])], [20, aaaa('6a')], [20, a('4a')]], ['6 6b/h2', '256 4a/h2', '506 6a/h2'], HINTS],
    ['R-23: NODATA removes the hint of its family', [[0, a('4a')], [5, aaaa('')], [20, https([record('h2', { hints: '6b' })])]], ['5 4a/h2 held', '20 crypto 4a/h2'], HINTS],
    ['R-24: an IPv4 hint alone runs the delay', [[6, https([record('h2', { hints: '4b' })])]], ['56 4b/h2'], HINTS],
    ['R-25: A takes the place of the hint, the delay goes on', [[6, https([record('h2', { hints: '4b' })])], [30, a('4a')]], ['56 4a/h2'], HINTS],
    ['R-26: an IPv6 hint ends the delay', [[0, a('4a')], [20, https([record('h2', { hints: '6b' })])]], ['20 6b/h2', '270 4a/h2'], HINTS],
    ['R-27: NODATA flushes a hint while the delay runs', [[0, https([record('h2', { hints: '4b' })])], [20, a('')], [90, aaaa('6a')]], ['90 6a/h2'], HINTS],
    ['R-28: hints for another target are unused', [[0, https([record('h2', { target: 'svc1.example.net', hints: '6b' })])], [30, aaaa('6a')]], ['30 6a/h2'], HINTS],
    ['R-28: so are those of an answered family', [[0, aaaa('6a')], [30, https([record('h2', { hints: '6b' })])]], ['0 6a/h2 held', '30 crypto 6a/h2'], HINTS],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });

  it('R-02, K-03: AAAA not asked, A is published at once', () => {
    const { lookup, raceFor } = clientOptions(PROFILES['chromium-hev3']!, { ...surroundings, ipv6: false });
    const services = createServiceLookup({ scheme: 'https', host: ORIGIN, port: 443 }, lookup, () => 0);
    expect(events(services, raceFor({ scheme: 'https', tcpHeldBack: undefined, transports: 'any', isBeside: false }), [[0, a('4a')]])).toEqual([`0 ask ${ORIGIN} HTTPS`, `0 ask ${ORIGIN} A`, '0 gate HE-11', '0 4a/h2 held']);
  });
});

describe('Chromium with HEv3: attempts', () => {
  const dual: readonly Step[] = [
    [0, https([])],
    [0, aaaa('6a')],
    [0, a('4a')],
  ];

  it.each<Case>([
    ['K-20: two stall, the third wins', [[0, https([])], [0, aaaa('6a 6b')], [0, a('4a')], [510, ok('6b/h2')]], ['0 6a/h2', '250 4a/h2', '500 6b/h2', '510 cancel 6a/h2', '510 cancel 4a/h2', '510 won 6b/h2']],
    ['K-24, M-27: all failed', [...dual, [20, fail('6a/h2')], [40, fail('4a/h2')]], ['0 6a/h2', '20 4a/h2', '40 lost attempts-failed']],
    ['K-26, L-11, M-21: the only address never answers', [[0, https([])], [0, aaaa('')], [0, a('4a')]], ['0 4a/h2', '60000 cancel 4a/h2', '60000 lost attempts-failed'], { until: 100_000 }],
    ['K-27: a certificate error ends the race', [...dual, [30, fail('6a/h2', { kind: 'fatal' })]], ['0 6a/h2', '30 lost fatal-attempt-error']],
    ['L-01: IPv6 black hole', [...dual, [252, ok('4a/h2')]], ['0 6a/h2', '250 4a/h2', '252 cancel 6a/h2', '252 won 4a/h2']],
    ['L-02: AAAA late', [[0, https([])], [0, a('4a')], [60, ok('4a/h2')], [400, aaaa('6a')]], ['50 4a/h2', '60 won 4a/h2']],
    ['L-03: AAAA never', [[0, https([])], [0, a('4a')], [60, ok('4a/h2')]], ['50 4a/h2', '60 won 4a/h2']],
    ['L-04: HTTPS late, A never waited for', [[8, aaaa('6a')], [12, connected('6a/h2')], [120, https([])], [125, ok('6a/h2')]], ['8 6a/h2 held', '120 crypto 6a/h2', '125 won 6a/h2']],
    ['L-14: a slow IPv6 turns to IPv4, the second IPv6 is not needed', [[0, https([])], [0, aaaa('6a 6b')], [0, a('4a 4b')], [255, ok('4a/h2')]], ['0 6a/h2', '250 4a/h2', '255 cancel 6a/h2', '255 won 4a/h2']],
    ['L-15: both refuse', [...dual, [11, fail('6a/h2')], [22, fail('4a/h2')]], ['0 6a/h2', '11 4a/h2', '22 lost attempts-failed']],
    ['L-19: hints win before the answers come', [[6, https([record('h2', { hints: '6b 4b' })])], [15, ok('6b/h2')], [100, aaaa('6a')]], ['6 6b/h2', '15 won 6b/h2'], HINTS],
    ['M-78: with ECH in every record, TCP to another address is aborted before its secure handshake', [[0, a('')], [0, aaaa('6a')], [20, https([record('h2', { target: 'svc1.example.net', hints: '6b', ech: ECH })])]], ['0 6a/h2 held', '20 cancel 6a/h2', '20 6b/h2+ech'], RELIANT],
    ['M-79: with ECH over QUIC alone, TCP that has begun is aborted', [[0, a('')], [0, aaaa('6a')], [5, connected('6a/h2')], [20, https([record('h3', { noDefaultAlpn: true, ech: ECH })])], [40, ok('6a/h3+ech')]], ['0 6a/h2 held', '20 cancel 6a/h2', '20 6a/h3+ech', '40 won 6a/h3+ech'], RELIANT],
    ['M-23: a slow attempt may still win', [...dual, [270, ok('6a/h2')]], ['0 6a/h2', '250 4a/h2', '270 cancel 4a/h2', '270 won 6a/h2']],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });
});

describe('Chromium before HEv3', () => {
  const HEV2: Variant = { profile: 'chromium-hev2' };
  const dual: readonly Step[] = [
    [0, https([])],
    [0, a('4a')],
    [0, aaaa('6a')],
  ];

  it.each<Case>([
    ['L-30: a backup at 250, the other family at 300', [...dual, [302, connected('4a/h2')], [304, ok('4a/h2')]], ['0 6a/h2', '250 6a/h2', '300 4a/h2', '302 cancel 6a/h2', '302 cancel 6a/h2', '304 won 4a/h2'], HEV2],
    ['L-31: AAAA is waited for', [[0, https([])], [0, a('4a')], [400, aaaa('6a')]], ['400 6a/h2'], { ...HEV2, until: 500 }],
    ['L-33: both refuse, one after the other', [...dual, [12, fail('6a/h2')], [24, fail('4a/h2')]], ['0 6a/h2', '12 4a/h2', '24 lost attempts-failed'], HEV2],
    ['L-35: TLS that stalls is waited for', [...dual, [2, connected('6a/h2')], [600, ok('6a/h2')]], ['0 6a/h2', '600 won 6a/h2'], HEV2],
    ['L-36: QUIC is tried over IPv6 alone', [[0, https([record('h3,h2')])], [0, a('4a')], [0, aaaa('6a')], [15, fail('6a/h3')], [20, ok('6a/h2')]], ['0 6a/h3', '0 6a/h2', '20 won 6a/h2'], HEV2],
    ['L-39: with QUIC and intermediate DNS results as experiments, the same connector tries IPv4 next', [[0, https([record('h3,h2')])], [0, a('4a')], [0, aaaa('6a')], [15, fail('6a/h3')], [20, ok('6a/h2')]], ['0 6a/h3', '0 6a/h2', '15 4a/h3', '20 won 6a/h2'], { ...HEV2, overrides: { asyncDnsQuicJob: true }, until: 22 }],
    ['L-37: four black holes, the best IPv4 at 300', [[0, https([])], [0, a('4a 4b 4c')], [0, aaaa('6a 6b')], [302, connected('4a/h2')], [304, ok('4a/h2')]], ['0 6a/h2', '250 6a/h2', '300 4a/h2', '302 cancel 6a/h2', '302 cancel 6a/h2', '304 won 4a/h2'], HEV2],
    ['L-38: the legacy connect job', [...dual, [302, connected('4a/h2')], [304, ok('4a/h2')]], ['0 6a/h2', '250 6a/h2', '300 4a/h2', '302 cancel 6a/h2', '302 cancel 6a/h2', '304 won 4a/h2'], { profile: 'chromium-legacy' }],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });
});

describe('aiohappyeyeballs', () => {
  const P: Variant = { profile: 'aiohttp', overrides: { connectionAttemptDelayMs: 300 } };
  const of = (v6: string, v4: string): readonly Step[] => [
    [0, aaaa(v6)],
    [0, a(v4)],
  ];

  it.each<Case>([
    ['P-01: no address, no race', of('', ''), ['0 lost no-addresses'], { ...P, race: { givesUpWithoutAddresses: 'when-all-negative' } }],
    ['P-02: a failure turns to the other family', [...of('6a 6b', '4a'), [15, fail('6a/h2')], [30, connected('4a/h2')], [30, ok('4a/h2')]], ['0 6a/h2', '15 4a/h2', '30 won 4a/h2'], P],
    ['P-03: or, two of a family first, stays', [...of('6a 6b', '4a'), [15, fail('6a/h2')], [30, connected('6b/h2')], [30, ok('6b/h2')]], ['0 6a/h2', '15 6b/h2', '30 won 6b/h2'], { ...P, overrides: { ...P.overrides, preferredAddressFamilyCount: 2 } }],
    ['P-04: one family', [...of('6a 6b', ''), [15, fail('6a/h2')], [30, connected('6b/h2')], [30, ok('6b/h2')]], ['0 6a/h2', '15 6b/h2', '30 won 6b/h2'], P],
    ['P-05: of two that are ready at once one wins, the other is closed', [...of('6a', '4a'), [310, connected('6a/h2')], [310, connected('4a/h2')], [310, ok('6a/h2')]], ['0 6a/h2', '300 4a/h2', '310 cancel 4a/h2', '310 won 6a/h2'], P],
    ['P-09: cancelled while racing', [...of('6a', '4a'), [310, (d) => d.race.cancel(d.now)]], ['0 6a/h2', '300 4a/h2', '310 cancel 6a/h2', '310 cancel 4a/h2', '310 lost cancelled'], P],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });
});

describe('happy-eyeballs of OCaml', () => {
  const O: Variant = {
    profile: 'rfc8305',
    overrides: { connectionAttemptDelayMs: 50, minimumConnectionAttemptDelayMs: 10 },
    race: { raceTimeout: 10_000, givesUpWithoutAddresses: DRAFT.givesUpWithoutAddresses },
  };

  it('O-01: asks AAAA, then A', () => {
    const { lookup, race: options } = prepare(O);
    expect(events(lookup, options, [], 1)).toEqual([`0 ask ${ORIGIN} AAAA`, `0 ask ${ORIGIN} A`]);
  });

  it.each<Case>([
    ['O-02: A first waits 50 for AAAA', [[0, a('4a')]], ['50 4a/h2'], { ...O, until: 1000 }],
    ['O-03: AAAA first starts at once', [[0, aaaa('6a')]], ['0 6a/h2'], { ...O, until: 1000 }],
    ['O-04: AAAA failed, then A', [[0, aaaa()], [5, a('4a')]], ['5 4a/h2'], { ...O, until: 1000 }],
    ['O-05: attempts that stall are kept, and the whole ends after 10 s', [[0, aaaa('6a 6b')], [0, a('4a')]], ['0 6a/h2', '50 4a/h2', '100 6b/h2', '10000 cancel 6a/h2', '10000 cancel 4a/h2', '10000 cancel 6b/h2', '10000 lost timed-out'], { ...O, until: 20_000 }],
    ['O-06: with a family open, failed attempts are not the end', [[0, aaaa('6a')], [20, fail('6a/h2')], [400, a('4a')], [410, fail('4a/h2')]], ['0 6a/h2', '400 4a/h2', '410 lost attempts-failed'], O],
    ['O-08: an AAAA error after A stalls nothing', [[0, a('4a')], [10, aaaa()]], ['10 4a/h2'], { ...O, until: 1000 }],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });
});
