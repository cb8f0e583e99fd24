/**
 * Vectors of a race, by the ids of the fact sheets: C of an other implementation's tests where they follow the draft,
 * D of the draft's own timelines and rules. Expected lines come from the vector or, where it is silent, from the draft.
 *
 * Two kinds of difference to the C vectors are wanted. An endpoint of a service record over TCP offers all TCP
 * protocols of the client (SB-17), so the plain endpoint at the same address and port is the same and is not tried
 * twice. And a failed attempt is followed at once, but never within 10 ms of its own start (HE-59, DEC-5).
 */
import { describe, expect, it } from 'vitest';
import type { RaceOptions } from '../../../src/engine/race/race-options.ts';
import { DELAY, DRAFT, PREFER_IPV4, type Variant, lookup, race, withDelay } from './draft-race.ts';
import { ORIGIN, type Step, a, aaaa, connected, events, fail, https, ok, record } from './race-driver.ts';

const S1 = 'svc1.example.net';
const ech = 'AEj+DQBE';

describe('resolution', () => {
  it('C-01, C-02: asks HTTPS, AAAA and A back to back', () => {
    expect(events(lookup({}), DRAFT, [])).toEqual([`0 ask ${ORIGIN} HTTPS`, `0 ask ${ORIGIN} AAAA`, `0 ask ${ORIGIN} A`]);
  });

  it.each<[string, readonly Step[], string[], Variant?]>([
    ['C-03: does not wait for every answer', [[0, https([record('h3,h2')])], [0, aaaa('6a')]], ['0 6a/h3', '250 6a/h2']],
    ['C-04: waits for the service after the preferred family', [[0, aaaa('6a')], [7, https()]], ['7 6a/h2']],
    ['C-05: waits for the service after both families', [[0, a('4a')], [2, aaaa('6a')], [7, https()]], ['7 6a/h2', '257 4a/h2']],
    ['C-06: takes a negative AAAA for an answer', [[0, a('4a')], [3, aaaa()], [5, https()]], ['5 4a/h2']],
    ['C-07: prefers IPv4 if told to, AAAA not awaited', [[0, a('4a')], [4, https()]], ['4 4a/h2'], { race: PREFER_IPV4 }],
    ['C-09: prefers IPv4, A negative', [[0, aaaa('6a')], [1, a()], [4, https()]], ['4 6a/h2'], { race: PREFER_IPV4 }],
    ['C-10: starts after the resolution delay', [[0, a('4a')]], ['50 4a/h2']],
    ['C-12: counts the delay from the answer, not from the query', [[10, a('4a')]], ['60 4a/h2']],
    ['C-15: an IPv4 hint alone runs the delay', [[0, https([record('h3,h2', { hints: '4a' })])]], ['50 4a/h3', '300 4a/h2']],
    ['C-17: a hint after empty answers starts at once', [[0, aaaa('')], [1, a('')], [5, https([record('http/1.1', { hints: '6a' })])]], ['5 6a/h2']],
    ['C-18: neither timer nor end while an answer is open', [[0, https()], [0, a('4a')], [60, fail('4a/h2')], [90, aaaa('6a')]], ['50 4a/h2', '90 6a/h2']],
    ['C-23: IPv4 only', [[0, https()], [0, a('4a')]], ['0 4a/h2'], { lookup: { addressTypes: ['A'] }, race: { preferredFamily: 'ipv4' } }],
    ['C-24: IPv6 only', [[0, https()], [0, aaaa('6a')]], ['0 6a/h2'], { lookup: { addressTypes: ['AAAA'] } }],
    ['C-38: fails when every answer is negative', [[0, https()], [1, aaaa()], [2, a()]], ['2 lost no-addresses']],
    ['D-01: all at once', [[30, https([record('h3,h2')])], [30, aaaa('6a 6b')], [32, a('4a 4b')]], ['30 6a/h3', '280 4a/h3', '530 6a/h2'], { until: 600 }],
    ['D-02: AAAA inside the delay', [[30, https([record('h2')])], [30, a('4a 4b')], [40, aaaa('6a 6b')]], ['40 6a/h2', '290 4a/h2'], { until: 400 }],
    ['D-03: AAAA after the delay', [[30, https([record('h2')])], [30, a('4a')], [180, aaaa('6a')]], ['80 4a/h2', '330 6a/h2']],
    ['D-04: HTTPS inside the delay', [[30, aaaa('6a')], [30, a('4a')], [40, https([record('h2')])]], ['40 6a/h2', '290 4a/h2']],
    ['D-05: HTTPS never', [[30, aaaa('6a')], [30, a('4a')]], ['80 6a/h2', '330 4a/h2']],
    ['D-06: hints of both families start at once', [[30, https([record('h2', { hints: '4a 6a' })])]], ['30 6a/h2', '280 4a/h2']],
    ['D-08: IPv4 only, HTTPS inside the delay', [[30, a('4a')], [40, https([record('h2')])]], ['40 4a/h2'], { lookup: { addressTypes: ['A'] }, race: { preferredFamily: 'ipv4' } }],
    ['D-44: never waits for a family for ever', [[0, a('4a')], [5000, aaaa()]], ['50 4a/h2']],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });

  it('D-07: asks for the addresses of another TargetName and merges them by priority', () => {
    const records = [record('h2', { priority: 2 }), record('h2', { priority: 1, target: S1 })];
    const steps: Step[] = [
      [30, https(records)],
      [30, aaaa('6a')],
      [30, a('4a')],
      [60, aaaa('6b', S1)],
      [60, a('4b', S1)],
    ];
    expect(race(steps, { until: 900 })).toEqual(['60 6b/h2', '310 4b/h2', '560 6a/h2', '810 4a/h2']);
  });
});

describe('attempts', () => {
  const dual: Step[] = [
    [0, https()],
    [0, aaaa('6a')],
    [0, a('4a')],
  ];

  it.each<[string, readonly Step[], string[], Variant?]>([
    ['C-22: the next address of the only family', [[0, https()], [0, a()], [0, aaaa('6a 6b 6c')]], ['0 6a/h2', '250 6b/h2', '500 6c/h2']],
    ['C-28: the attempt delay', dual, ['0 6a/h2', '250 4a/h2']],
    ['C-32: success cancels the others', [[0, https()], [0, aaaa('6a 6b')], [1, a('4a')], [510, ok('6a/h2')]], ['0 6a/h2', '250 4a/h2', '500 6b/h2', '510 cancel 4a/h2', '510 cancel 6b/h2', '510 won 6a/h2']],
    ['C-33: a failure starts the next at once', [...dual, [40, fail('6a/h2')]], ['0 6a/h2', '40 4a/h2']],
    ['C-37: the late result of a cancelled attempt is ignored', [...dual, [260, ok('6a/h2')], [270, fail('4a/h2')]], ['0 6a/h2', '250 4a/h2', '260 cancel 4a/h2', '260 won 6a/h2']],
    ['C-39: DNS in part, then the connection fails', [[0, https()], [0, aaaa('6a')], [3, a()], [20, fail('6a/h2')]], ['0 6a/h2', '20 lost attempts-failed']],
    ['C-40: every attempt fails', [...dual, [20, fail('6a/h2')], [40, fail('4a/h2')]], ['0 6a/h2', '20 4a/h2', '40 lost attempts-failed']],
    ['D-11: a failure within the floor waits for it', [...dual, [3, fail('6a/h2')]], ['0 6a/h2', '10 4a/h2']],
    ['D-12: a late family takes its turn in the interleaving', [[0, https()], [0, aaaa('6a 6b')], [100, a('4a')]], ['0 6a/h2', '250 4a/h2', '500 6b/h2']],
    ['D-14: a hint that was attempted and then replaced goes on', [[0, https([record('h2', { hints: '6b' })])], [100, aaaa('6a')], [120, ok('6b/h2')]], ['0 6b/h2', '120 won 6b/h2']],
    ['D-15: a hint that was not yet attempted is dropped', [[0, https([record('h2', { hints: '6b 6c' })])], [100, aaaa('6a')]], ['0 6b/h2', '250 6a/h2']],
    ['D-16: a transport that connected moves the timer to the expected end', [...dual, [240, connected('6a/h2', 320)]], ['0 6a/h2', '320 4a/h2']],
    ['D-16: but never to an earlier time', [...dual, [40, connected('6a/h2', 80)]], ['0 6a/h2', '250 4a/h2']],
    ['D-17: a proxy that only takes TCP does not win', [...dual, [20, connected('6a/h2')], [300, ok('4a/h2')]], ['0 6a/h2', '250 4a/h2', '300 cancel 6a/h2', '300 won 4a/h2']],
    ['D-25: two of the preferred family first', [[0, https()], [0, a('4a 4b')], [0, aaaa('6a 6b 6c')]], ['0 6a/h2', '250 6b/h2', '500 4a/h2', '750 6c/h2', '1000 4b/h2'], { race: { candidates: { ...DRAFT.candidates, familyCount: 2 } } }],
    ['D-47: cancelling ends all attempts', [...dual, [300, (d) => d.race.cancel(d.now)]], ['0 6a/h2', '250 4a/h2', '300 cancel 6a/h2', '300 cancel 4a/h2', '300 lost cancelled']],
    ['DEC-14: a fatal failure ends the race', [...dual, [260, fail('6a/h2', { kind: 'fatal' })]], ['0 6a/h2', '250 4a/h2', '260 cancel 4a/h2', '260 lost fatal-attempt-error']],
    ['DEC-13: an attempt that outlives its time is cancelled', dual, ['0 6a/h2', '250 4a/h2', '1000 cancel 6a/h2', '1250 cancel 4a/h2', '1250 lost attempts-failed'], { race: { attemptTimeout: 1000 } }],
    ['DEC-13: a race that outlives its time is lost', dual, ['0 6a/h2', '250 4a/h2', '700 cancel 6a/h2', '700 cancel 4a/h2', '700 lost timed-out'], { race: { raceTimeout: 700 } }],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });

  it('D-46: forty black holes are tried once each, one attempt delay apart', () => {
    const labels = (family: number): string => Array.from({ length: 20 }, (_, i) => `${family}${String.fromCharCode(97 + i)}`).join(' ');
    const lines = race([[0, https()], [0, a(labels(4))], [0, aaaa(labels(6))]], { until: 60_000 });
    expect(lines.map((line) => Number(line.split(' ')[0]))).toEqual(Array.from({ length: 40 }, (_, i) => i * 250));
    expect(new Set(lines.map((line) => line.split(' ')[1])).size).toBe(40);
  });

  it('C-29: a multiplier counts the attempts in flight', () => {
    expect(race([[0, https()], [0, a()], [0, aaaa('6a 6b 6c 6d')]], { race: { lanes: withDelay({ multiplier: 2 }) } })).toEqual(['0 6a/h2', '250 6b/h2', '750 6c/h2', '1750 6d/h2']);
  });
});

describe('service records', () => {
  it.each<[string, readonly Step[], string[], Variant?]>([
    ['C-21: no h3 if the client has none', [[0, aaaa('6a')], [0, https([record('h3,h2')])]], ['0 6a/h2'], { lookup: { protocols: ['h2', 'http/1.1'] } }],
    ['C-43: ECH goes with a hint', [[0, https([record('h3', { hints: '6a', ech })])]], ['0 6a/h3+ech', '250 6a/h2+ech']],
    ['C-48: no ECH if the client has none', [[0, https([record('h3,h2', { hints: '6a', ech })])]], ['0 6a/h3', '250 6a/h2'], { lookup: { ech: false } }],
    ['C-59: the record’s port before the origin’s', [[0, https([record('h3,h2', { port: 8443 })])], [0, a('4a')], [0, aaaa('6a')]], ['0 6a:8443/h3', '250 4a:8443/h3', '500 6a:8443/h2', '750 4a:8443/h2', '1000 6a/h2', '1250 4a/h2']],
    ['C-66, C-68: ECH is retried once at the same endpoint', [[0, https([record('h2', { ech })])], [0, aaaa('6a')], [44, fail('6a/h2+ech', { kind: 'ech-rejected', retryConfig: 'AEn+' })], [90, fail('6a/h2+ech', { kind: 'ech-rejected', retryConfig: 'AEo+' })]], ['0 6a/h2+ech', '44 6a/h2+ech retry', '90 6a/h2']],
    ['C-86: protocols alternate with the families', [[0, https([record('h3,h2')])], [0, a('4a')], [0, aaaa('6a 6b')]], ['0 6a/h3', '250 4a/h3', '500 6a/h2', '750 4a/h2', '1000 6b/h3', '1250 6b/h2']],
    ['DEC-7: or all over QUIC first', [[0, https([record('h3,h2')])], [0, a('4a')], [0, aaaa('6a 6b')]], ['0 6a/h3', '250 4a/h3', '500 6b/h3', '750 6a/h2', '1000 4a/h2', '1250 6b/h2'], { race: { candidates: { ...DRAFT.candidates, protocolOrder: 'by-protocol' } } }],
    ['D-18: what is secret waits for the record', [[0, aaaa('6a')], [0, a('4a')], [72, connected('6a/h2')], [200, https([record('h2', { ech })])]], ['50 6a/h2 held', '200 crypto 6a/h2+ech'], { lookup: { protectedDns: true }, race: { heldForService: 'crypto' }, until: 210 }],
    ['D-19: over protected DNS a failure ends the race', [[0, aaaa('6a')], [20, https()]], ['20 lost service-records-unavailable'], { lookup: { protectedDns: true } }],
    ['D-20: over plain DNS it does not', [[0, aaaa('6a')], [20, https()]], ['20 6a/h2']],
    ['D-24: the origin comes after the services', [[0, aaaa('6a')], [0, a('4a')], [0, https([record('h2', { target: S1 })])], [20, aaaa('6b', S1)], [20, a('4b', S1)]], ['20 6b/h2', '270 4b/h2', '520 6a/h2', '770 4a/h2']],
    ['D-42: an http origin with a record is looked up anew', [[0, aaaa('6a')], [20, https([record('h2')])]], ['20 lost upgraded-to-https'], { origin: { scheme: 'http', port: 80 }, race: { heldForService: 'connections' } }],
    ['HE-88: an http origin sends nothing before the record is decided', [[0, aaaa('6a')], [200, https([])]], ['200 6a:80/h2'], { origin: { scheme: 'http', port: 80 }, race: { heldForService: 'connections' } }],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });
});

describe('lanes', () => {
  const delay = { ...DELAY, minimum: 10 };
  const POOL: Partial<RaceOptions> = {
    heldForService: 'crypto',
    gate: { waitsFor: ['preferred-family'], resolutionDelay: 50, delayStartsAt: 'first-ipv4-addresses', hints: 'as-answers' },
    lanes: [
      { transport: 'quic', family: 'any', order: 'as-listed', slowAttempt: 'raced', afterFailure: 'at-floor', maxAttempts: 1, onTransportConnected: 'keep-timer' },
      { transport: 'tcp', family: 'any', order: 'flip-on-slow', attemptDelay: delay, slowAttempt: 'raced', afterFailure: 'at-floor', onTransportConnected: 'stop-timer' },
    ],
  };

  it.each<[string, readonly Step[], string[], Variant?]>([
    ['L-08: no timer once TCP is connected', [[0, https([])], [0, aaaa('6a')], [0, a('4a')], [22, connected('6a/h2')], [600, ok('6a/h2')]], ['0 6a/h2', '600 won 6a/h2'], { race: POOL }],
    ['L-09: a secure handshake that waited starts it anew', [[0, aaaa('6a')], [0, a('4a')], [4, connected('6a/h2')], [10, https([])], [264, ok('4a/h2')]], ['0 6a/h2 held', '10 crypto 6a/h2', '260 4a/h2', '264 cancel 6a/h2', '264 won 4a/h2'], { race: POOL }],
    ['M-22: a slow attempt turns to the other family', [[0, https([])], [0, aaaa('6a 6b')], [0, a('4a')]], ['0 6a/h2', '250 4a/h2', '500 6b/h2'], { race: POOL }],
    ['L-13, M-55: TCP starts beside QUIC, which is not tried again', [[0, https([record('h3,h2')])], [0, aaaa('6a')], [0, a('4a')], [30, fail('6a/h3')], [44, ok('6a/h2')]], ['0 6a/h3', '0 6a/h2', '44 won 6a/h2'], { race: POOL }],
    [
      'M-61, M-63: TCP held back counts from the first QUIC attempt, and ends when QUIC is exhausted',
      [[40, aaaa('6a')], [40, a('')], [40, https([record('h3,h2')])]],
      ['40 6a/h3', '50 6a/h2'],
      { race: { ...POOL, lanes: [POOL.lanes![0], { ...POOL.lanes![1]!, behind: { lane: 0, by: 10, repeats: false } }] } },
    ],
    [
      'Go: the second list starts after its delay, each one after the other',
      [[0, aaaa('6a 6b')], [0, a('4a 4b')], [0, https([])], [100, fail('6a/h2')], [320, fail('4a/h2')]],
      ['0 6a/h2', '100 6b/h2', '300 4a/h2', '320 4b/h2'],
      { race: { lanes: [{ transport: 'any', family: 'first', order: 'as-listed', slowAttempt: 'raced', afterFailure: 'at-floor', maxRunning: 1, onTransportConnected: 'keep-timer' }, { transport: 'any', family: 'other', order: 'as-listed', slowAttempt: 'raced', afterFailure: 'at-floor', maxRunning: 1, onTransportConnected: 'keep-timer', behind: { lane: 0, by: 300, repeats: false } }] } },
    ],
    [
      'Node.js: a slow attempt is closed, the last one is not',
      [[0, aaaa('6a')], [0, a('4a')], [0, https([])]],
      ['0 6a/h2', '250 cancel 6a/h2', '250 4a/h2'],
      { race: { lanes: [{ transport: 'any', family: 'any', order: 'as-listed', attemptDelay: delay, slowAttempt: 'abandoned', afterFailure: 'at-floor', maxRunning: 1, onTransportConnected: 'keep-timer' }] } },
    ],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });
});
