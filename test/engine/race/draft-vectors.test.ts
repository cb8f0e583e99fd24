/**
 * More vectors of a race by the draft's values: those of an other implementation (C) that go beyond the first steps of
 * `vectors.test.ts`, and rules that no other suite covers (D). The differences to the C vectors named there hold here.
 */
import { describe, expect, it } from 'vitest';
import { attemptDelay } from '../../../src/engine/race/attempt-delay.ts';
import { Race } from '../../../src/engine/race/race.ts';
import { createServiceLookup } from '../../../src/engine/svcb/service-lookup.ts';
import { DELAY, DRAFT, LOOKUP, PREFER_IPV4, type Variant, lookup, race, withDelay } from './draft-race.ts';
import { ORIGIN, type Step, a, aaaa, address, connected, events, fail, https, ok, record } from './race-driver.ts';

const S1 = 'svc1.example.net';
const S2 = 'svc2.example.net';
const ech = 'AEj+DQBE';
const retry = (retryConfig: string) => ({ kind: 'ech-rejected', retryConfig }) as const;
const dual: readonly Step[] = [
  [0, https()],
  [0, aaaa('6a')],
  [0, a('4a')],
];

type Case = [string, readonly Step[], string[], Variant?];

describe('resolution', () => {
  it.each<Case>([
    ['C-08: prefers IPv4, AAAA comes first', [[0, aaaa('6a')], [2, a('4a')], [4, https()]], ['4 4a/h2', '254 6a/h2'], { race: PREFER_IPV4 }],
    ['C-11: no timer before the first answer', [[2000, a('4a')]], ['2050 4a/h2']],
    ['C-13: hints outlive negative answers; they start the race at once, as D-06 says', [[0, https([record('h3,h2', { hints: '6a 4a' })])], [5, aaaa()], [5, a()], [60, fail('6a/h3')]], ['0 6a/h3', '60 4a/h3', '310 6a/h2', '560 4a/h2']],
    ['C-14: so does a hint for the preferred family alone', [[0, https([record('h3', { hints: '6a' })])]], ['0 6a/h3', '250 6a/h2']],
    ['C-16: a hint outlives NODATA', [[0, aaaa('')], [0, a('')], [25, https([record('http/1.1', { hints: '6a' })])]], ['25 6a/h2'], { lookup: { protocols: ['http/1.1'] } }],
    ['C-20: h3 learnt without hints', [[0, aaaa('6a')], [5, https([record('h3,h2')])]], ['5 6a/h3', '255 6a/h2']],
    ['C-80: other delays', [[0, a('4a 4b')]], ['10 4a/h2', '60 4b/h2'], { race: { gate: { ...DRAFT.gate, resolutionDelay: 10 }, lanes: withDelay({ base: 50, minimum: 10 }) } }],
    ['C-81: the preferred family is not waited for', [[0, https()], [3, a('4a')]], ['3 4a/h2'], { race: { gate: { ...DRAFT.gate, waitsFor: ['service'] } } }],
    ['C-82: nor is IPv4, if that is preferred', [[0, https()], [3, aaaa('6a')]], ['3 6a/h2'], { race: { ...PREFER_IPV4, gate: { ...DRAFT.gate, waitsFor: ['service'] } } }],
    ['C-83: but the records are', [[0, a('4a')]], ['50 4a/h2'], { race: { gate: { ...DRAFT.gate, waitsFor: ['service'] } } }],
    ['D-21: over protected DNS, a client without ECH holds nothing back', [[0, aaaa('6a')], [200, https([record('h2', { ech })])]], ['50 6a/h2'], { lookup: { protectedDns: true, ech: false } }],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });
});

describe('attempts', () => {
  it.each<Case>([
    ['C-27: IPv6 black hole', [[0, https([record('h3,h2')])], [0, a('4a')], [0, aaaa('6a')], [260, ok('4a/h3')]], ['0 6a/h3', '250 4a/h3', '260 cancel 6a/h3', '260 won 4a/h3']],
    ['C-30: failures do not inflate the multiplier', [[0, https()], [0, a()], [0, aaaa('6a 6b 6c')], [20, fail('6a/h2')]], ['0 6a/h2', '20 6b/h2', '270 6c/h2'], { race: { lanes: withDelay({ multiplier: 2 }) }, until: 1000 }],
    ['C-31: an endpoint is tried once', [[0, https()], [0, aaaa('6a')]], ['0 6a/h2']],
    ['C-34, C-122: the first to be ready wins', [...dual, [40, ok('6a/h2')]], ['0 6a/h2', '40 won 6a/h2']],
    ['C-35: what comes after the end changes nothing', [...dual, [40, ok('6a/h2')], [50, aaaa('6b')], [300, fail('6a/h2')]], ['0 6a/h2', '40 won 6a/h2']],
    ['C-41: an IP literal that fails is not tried again', [[20, fail('4a/h2')]], ['0 4a/h2', '20 lost attempts-failed'], { origin: { host: address('4a') } }],
    ['C-42: the second works', [...dual, [20, fail('6a/h2')], [60, ok('4a/h2')]], ['0 6a/h2', '20 4a/h2', '60 won 4a/h2']],
    ['D-13: a new answer replaces what was not yet tried, and leaves alone what was', [[0, https()], [0, aaaa('6a 6b')], [100, aaaa('6c')], [100, a('4a')], [510, ok('6a/h2')]], ['0 6a/h2', '250 6c/h2', '500 4a/h2', '510 cancel 6c/h2', '510 cancel 4a/h2', '510 won 6a/h2']],
    ['C-100, C-101: success ends the race, whatever a refresh says', [[0, https()], [0, aaaa('6a')], [30, ok('6a/h2')], [40, aaaa('6b')]], ['0 6a/h2', '30 won 6a/h2']],
    ['D-34: the end of a TTL ends no attempt', [[0, https()], [0, a()], [0, (d) => d.race.answer({ name: ORIGIN, type: 'AAAA' }, { kind: 'answer', owner: ORIGIN, addresses: [address('6a')], records: [], ttl: 100 }, d.now)], [150, connected('6a/h2')], [200, ok('6a/h2')]], ['0 6a/h2', '200 won 6a/h2']],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });

  it('C-36: the next wake-up is a deadline, however often one asks', () => {
    const running = new Race(lookup({}), { ...DRAFT, lanes: withDelay({ base: 100 }) });
    running.start(0);
    for (const [, step] of dual) step({ race: running, now: 0, attempt: () => 0 });
    running.wake(40);
    expect(running.nextWakeAt).toBe(100);
  });

  it('D-09: the delay has a minimum, and the minimum a floor', () => {
    expect(attemptDelay({ ...DELAY, base: 5, minimum: 0 }, { attempts: 1, transport: 'tcp' })).toBe(10);
    expect(attemptDelay({ ...DELAY, base: 60 }, { attempts: 1, transport: 'tcp' })).toBe(100);
  });

  it('D-10: a long round trip is capped', () => {
    expect(attemptDelay({ ...DELAY, perRoundTrip: 1 }, { attempts: 1, transport: 'tcp', expectedRoundTrip: 5000 })).toBe(2000);
  });

  it('D-48: the same seed and events give the same trace, another seed another one', () => {
    const targets = ['s1', 's2', 's3', 's4', 's5'];
    const steps: Step[] = [[0, https(targets.map((target) => record('h2', { target })))], ...targets.map((target, i): Step => [10, aaaa(`6${'bcdef'[i]}`, target)])];
    const trace = (seed: number): string[] => {
      let state = seed;
      const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
      return events(createServiceLookup({ scheme: 'https', host: ORIGIN, port: 443 }, LOOKUP, random), DRAFT, steps);
    };
    expect(trace(7)).toEqual(trace(7));
    expect(new Set([1, 20_000, 300_000, 4_000_000, 50_000_000].map((seed) => trace(seed).join())).size).toBeGreaterThan(1);
  });
});

describe('service records', () => {
  const answered = (records: Parameters<typeof https>[0]): readonly Step[] => [
    [0, https(records)],
    [0, aaaa('6a')],
    [0, a('4a')],
  ];

  it.each<Case>([
    ['C-44: a hint stays beside the address of the other family', [[0, a('4a')], [0, aaaa()], [0, https([record('h3,h2', { hints: '6a' })])]], ['0 6a/h3', '250 4a/h3', '500 6a/h2', '750 4a/h2']],
    ['C-45: the same with IPv4 preferred', [[0, aaaa('6a')], [0, a()], [0, https([record('h3,h2', { hints: '4a' })])]], ['0 4a/h3', '250 6a/h3', '500 4a/h2', '750 6a/h2'], { race: PREFER_IPV4 }],
    ['C-46: a hint that the answer does not confirm is dropped (HE-28)', [[0, aaaa('6a')], [0, https([record('h2', { hints: '6b' })])]], ['0 6a/h2']],
    ['C-47: a hint that the answer confirms is not tried twice', [[0, aaaa('6a')], [0, https([record('h2', { hints: '6a' })])]], ['0 6a/h2']],
    ['C-49: ECH goes with addresses from answers', answered([record('h3,h2', { ech })]), ['0 6a/h3+ech', '250 4a/h3+ech'], { until: 400 }],
    ['C-50: another target with a hint comes before the origin', [[0, https([record('h3', { target: S1, hints: '6b' })])], [5, aaaa('6a')]], ['0 6b/h3', '250 6b/h2', '500 6a/h2']],
    [
      'C-52: every record with ECH over protected DNS leaves out the origin',
      [[0, https([record('h3', { target: S1, port: 9443, ech, noDefaultAlpn: true }), record('h2', { priority: 2, target: S2, port: 10443, ech, noDefaultAlpn: true })])], [0, aaaa('6a')], [0, a('4a')], [5, aaaa('', S1)], [5, aaaa('', S2)], [6, a('4b', S1)], [6, a('4c', S2)]],
      ['6 4b:9443/h3+ech', '256 4c:10443/h2+ech'],
      { lookup: { protectedDns: true } },
    ],
    ['C-53: protocols by record', [[0, https([record('h3', { target: S1, noDefaultAlpn: true }), record('h2', { priority: 2, target: S2 })])], [0, aaaa('6a')], [0, a('')], [5, aaaa('6b', S1)], [5, aaaa('6c', S2)], [5, a('', S1)], [5, a('', S2)]], ['5 6b/h3', '255 6c/h2', '505 6a/h2']],
    ['C-56: a port with a hint', [[0, https([record('h3', { hints: '6a', port: 8443, noDefaultAlpn: true })])]], ['0 6a:8443/h3']],
    ['C-57: a port with hints of both families', [[0, https([record('h3', { hints: '6a 4a', port: 8443, noDefaultAlpn: true })])]], ['0 6a:8443/h3', '250 4a:8443/h3']],
    ['C-58: a port with addresses from answers', [...answered([record('h3', { port: 8443, noDefaultAlpn: true })]), [30, fail('6a:8443/h3')]], ['0 6a:8443/h3', '30 4a:8443/h3'], { until: 200 }],
    [
      'C-60: two priorities with ports of their own',
      answered([record('h3,h2', { port: 20_007 }), record('h3,h2', { priority: 2, port: 20_008 })]),
      ['0 6a:20007/h3', '250 4a:20007/h3', '500 6a:20007/h2', '750 4a:20007/h2', '1000 6a:20008/h3', '1250 4a:20008/h3', '1500 6a:20008/h2', '1750 4a:20008/h2', '2000 6a/h2', '2250 4a/h2'],
    ],
    [
      'C-61: every attempt fails',
      [...answered([record('h3,h2')]), [20, fail('6a/h3')], [40, fail('4a/h3')], [60, fail('6a/h2')], [80, fail('4a/h2')]],
      ['0 6a/h3', '20 4a/h3', '40 6a/h2', '60 4a/h2', '80 lost attempts-failed'],
    ],
    [
      'C-62: the origin first, another target second',
      [[0, https([record('h3,h2'), record('h3,h2', { priority: 2, target: S1 })])], [0, aaaa('6b', S1)], [0, a('4b', S1)], [0, aaaa('6a')], [0, a('4a')]],
      ['0 6a/h3', '250 4a/h3', '500 6a/h2', '750 4a/h2', '1000 6b/h3', '1250 4b/h3', '1500 6b/h2', '1750 4b/h2'],
    ],
    [
      'C-63: the port of the record comes before that of Alt-Svc',
      answered([record('h3,h2', { port: 8443 })]),
      ['0 6a:8443/h3', '250 4a:8443/h3', '500 6a:8443/h2', '750 4a:8443/h2', '1000 6a:9443/h3', '1250 4a:9443/h3', '1500 6a/h2', '1750 4a/h2'],
      { origin: { alternatives: [{ protocol: 'h3', port: 9443 }] }, lookup: { serviceRecords: true } },
    ],
    ['C-64: another target without hints', [[0, https([record('h3', { target: S1, noDefaultAlpn: true })])], [0, aaaa('6a')], [0, a('4a')], [5, aaaa('6b', S1)], [5, a('4b', S1)]], ['5 6b/h3', '255 4b/h3', '505 6a/h2', '755 4a/h2']],
    ['C-65: the plain origin is never tried over QUIC', [[0, https([record('h3', { port: 8443, noDefaultAlpn: true })])], [0, aaaa()], [0, a('4a')]], ['0 4a:8443/h3', '250 4a/h2']],
    ['C-67: an empty retry configuration means without ECH', [...answered([record('h2', { ech })]), [44, fail('6a/h2+ech', retry(''))]], ['0 6a/h2+ech', '44 6a/h2 retry'], { until: 200 }],
    [
      'C-69: the example of RFC 9460 with two operators',
      [[0, https([record('h3', { target: S1, noDefaultAlpn: true }), record('h2', { priority: 2, target: S2 })])], [0, aaaa('6a')], [0, a('4a')], [5, aaaa('6b', S1)], [5, a('4b', S1)], [5, aaaa('6c', S2)], [5, a('4c', S2)]],
      ['5 6b/h3', '255 4b/h3', '505 6c/h2', '755 4c/h2', '1005 6a/h2', '1255 4a/h2'],
    ],
    ['C-73: Alt-Svc without a record', [[0, https()], [0, aaaa('6a')]], ['0 6a/h3', '250 6a/h2'], { origin: { alternatives: [{ protocol: 'h3' }] } }],
    [
      'C-74: Alt-Svc on another port, and three failures are not the end',
      [[0, https([], `_8443._https.${ORIGIN}`)], ...dual, [20, fail('6a:8443/h3')], [40, fail('4a:8443/h3')], [60, fail('6a/h2')], [80, fail('4a/h2')]],
      ['0 6a:8443/h3', '20 4a:8443/h3', '40 6a/h2', '60 4a/h2', '80 lost attempts-failed'],
      { origin: { alternatives: [{ protocol: 'h3', port: 8443 }] } },
    ],
    ['C-75: an IP literal with Alt-Svc', [], ['0 4a:8443/h3', '250 4a/h2'], { origin: { host: address('4a'), alternatives: [{ protocol: 'h3', port: 8443 }] } }],
    ['C-87: IPv4 preferred, protocols alternate with the families', [[0, https([record('h3,h2')])], [0, aaaa('6a')], [0, a('4a 4b')]], ['0 4a/h3', '250 6a/h3', '500 4a/h2', '750 6a/h2', '1000 4b/h3', '1250 4b/h2'], { race: PREFER_IPV4 }],
    ['D-22: QUIC alone is no offer to a client without it', [[0, https([record('h3', { target: S1, noDefaultAlpn: true })])], [0, aaaa('6a')], [0, a('4a')]], ['0 6a/h2', '250 4a/h2'], { lookup: { protocols: ['h2', 'http/1.1'] } }],
    ['D-37: the end of an alias comes before the plain origin', [[0, https([record(undefined, { priority: 0, target: S1 })])], [0, aaaa('6a')], [0, a('4a')], [10, https([], S1)], [10, a('4b', S1)], [10, aaaa('', S1)]], ['10 4b/h2', '260 6a/h2', '510 4a/h2']],
    ['SB-03: parameters of an alias count for nothing', [[0, https([record('h3', { priority: 0, target: S1, port: 8443, hints: '6b' })])], [10, https([], S1)], [10, a('4b', S1)], [10, aaaa('', S1)], [10, aaaa('')], [10, a('')]], ['10 4b/h2']],
    ['D-43: Alt-Svc and records agree, or there is none', answered([record('h2')]), ['0 6a/h2', '250 4a/h2'], { origin: { alternatives: [{ protocol: 'h3' }] } }],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });
});
