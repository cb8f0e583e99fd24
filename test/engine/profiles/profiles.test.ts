/**
 * What each profile is known for, as a race. The expected times are those of the profile table: attempt and
 * resolution delays in ms, which addresses, and whether slow attempts are raced. Chromium's are in
 * `race/profile-vectors.test.ts`, from its own tests and recordings.
 */
import { describe, expect, it } from 'vitest';
import { AddressHistory } from '../../../src/engine/addresses/address-history.ts';
import { PROFILES } from '../../../src/engine/profiles/profiles.ts';
import { type Step, a, aaaa, address, connected, fail, https, ok, record } from '../race/race-driver.ts';
import { type Variant, found, race } from './profile-race.ts';

type Case = [title: string, profile: string, steps: readonly Step[], expected: readonly string[], variant?: Variant];

function past(...roundTrips: readonly (readonly [label: string, roundTrip: number])[]): AddressHistory {
  const history = new AddressHistory();
  for (const [label, roundTrip] of roundTrips) history.connected(address(label), roundTrip);
  return history;
}

const DEAD = found('6a 6b', '4a 4b');

describe('when no address answers', () => {
  it.each<Case>([
    ['draft-v3: families by turns, 250 apart', 'draft-v3', DEAD, ['0 6a/h2', '250 4a/h2', '500 6b/h2', '750 4b/h2']],
    ['rfc8305: the same', 'rfc8305', DEAD, ['0 6a/h2', '250 4a/h2', '500 6b/h2', '750 4b/h2']],
    ['swift-nio: the same', 'swift-nio', DEAD, ['0 6a/h2', '250 4a/h2', '500 6b/h2', '750 4b/h2']],
    ['ruby: the same', 'ruby', DEAD, ['0 6a/h2', '250 4a/h2', '500 6b/h2', '750 4b/h2']],
    ['aiohttp: the same', 'aiohttp', DEAD, ['0 6a/h2', '250 4a/h2', '500 6b/h2', '750 4b/h2']],
    ['okhttp-5: the same', 'okhttp-5', DEAD, ['0 6a/h2', '250 4a/h2', '500 6b/h2', '750 4b/h2']],
    ['reactphp: 100 apart', 'reactphp', DEAD, ['0 6a/h2', '100 4a/h2', '200 6b/h2', '300 4b/h2']],
    ['envoy: 300 apart', 'envoy', DEAD, ['0 6a/h2', '300 4a/h2', '600 6b/h2', '900 4b/h2']],
    ['curl-8: 200 apart', 'curl-8', DEAD, ['0 6a/h2', '200 4a/h2', '400 6b/h2', '600 4b/h2']],
    ['firefox-hev3: 50, doubled for each attempt in flight', 'firefox-hev3', DEAD, ['0 6a/h2', '50 4a/h2', '150 6b/h2', '350 4b/h2']],
    ['rfc6555: one of each family, 250 apart', 'rfc6555', DEAD, ['0 6a/h2', '250 4a/h2']],
    ['firefox-legacy: one of each family, 250 apart', 'firefox-legacy', DEAD, ['0 6a/h2', '250 4a/h2']],
    ['curl-7: one of each family, 200 apart', 'curl-7', DEAD, ['0 6a/h2', '200 4a/h2']],
    ['go: one of each family, 300 apart', 'go', DEAD, ['0 6a/h2', '300 4a/h2']],
    ['hyper: the same', 'hyper', DEAD, ['0 6a/h2', '300 4a/h2']],
    ['apple: all, 2 s apart on an unknown path', 'apple', DEAD, ['0 6a/h2', '2000 4a/h2', '4000 6b/h2', '6000 4b/h2']],
    ['apple-2015: 1 s apart on an unknown path', 'apple-2015', DEAD, ['0 6a/h2', '1000 4a/h2', '2000 6b/h2', '3000 4b/h2']],
    ['none: the first, and nothing else', 'none', DEAD, ['0 6a/h2']],
    ['node-20: each is closed as the next starts', 'node-20', found('6a', '4a'), ['0 6a/h2', '250 cancel 6a/h2', '250 4a/h2']],
  ])('%s', (_, name, steps, expected, variant) => {
    expect(race(name, steps, variant)).toEqual(expected);
  });
});

describe('when attempts fail', () => {
  const failing: readonly Step[] = [...DEAD, [20, fail('6a/h2')]];

  it.each<Case>([
    ['rfc6555 has one more address', 'rfc6555', [...failing, [40, fail('4a/h2')]], ['0 6a/h2', '20 4a/h2', '40 lost attempts-failed']],
    ['firefox-legacy goes on with the family, and the other starts at its time', 'firefox-legacy', failing, ['0 6a/h2', '20 6b/h2', '250 4a/h2']],
    ['curl-7 does so too', 'curl-7', failing, ['0 6a/h2', '20 6b/h2', '200 4a/h2']],
    ['curl-8 turns to the other family', 'curl-8', failing, ['0 6a/h2', '20 4a/h2', '220 6b/h2', '420 4b/h2']],
  ])('%s', (_, name, steps, expected) => {
    expect(race(name, steps)).toEqual(expected);
  });
});

describe('when AAAA is late', () => {
  const late: readonly Step[] = [[0, https([])], [0, a('4a')], [400, aaaa('6a')]];
  const until = { until: 420 };

  it.each<Case>([
    ['draft-v3 waits 50', 'draft-v3', late, ['50 4a/h2', '400 6a/h2'], until],
    ['rfc8305 waits 50', 'rfc8305', late, ['50 4a/h2', '400 6a/h2'], until],
    ['reactphp waits 50', 'reactphp', late, ['50 4a/h2', '400 6a/h2'], until],
    ['curl-8 waits 25', 'curl-8', late, ['25 4a/h2', '400 6a/h2'], until],
    ['apple waits 50', 'apple', late, ['50 4a/h2'], until],
    ['apple-2015 waits 25', 'apple-2015', late, ['25 4a/h2'], until],
    ['curl-7 waits for it', 'curl-7', late, ['400 6a/h2'], until],
    ['firefox-legacy waits for it', 'firefox-legacy', late, ['400 6a/h2'], until],
    ['rfc6555 waits for it', 'rfc6555', late, ['400 6a/h2'], until],
    ['okhttp-5 waits for it', 'okhttp-5', late, ['400 6a/h2'], until],
  ])('%s', (_, name, steps, expected, variant) => {
    expect(race(name, steps, variant)).toEqual(expected);
  });

  it('curl-8 gives HTTPS records the same 25', () => {
    expect(race('curl-8', [[0, aaaa('6a')], [0, a('4a')]], { until: 100 })).toEqual(['25 6a/h2']);
  });
});

describe('round trips of the past', () => {
  /** A comes first: AAAA alone would start at once. */
  const BOTH_KNOWN: readonly Step[] = [[0, a('4a')], [0, aaaa('6a')]];

  it.each<Case>([
    ['apple: the delay is two of them', 'apple', found('6a', '4a'), ['0 6a/h2', '80 4a/h2'], { history: past(['6a', 40]) }],
    ['apple: 50 at the least', 'apple', found('6a', '4a'), ['0 6a/h2', '50 4a/h2'], { history: past(['6a', 3]) }],
    ['apple: 2 s at the most', 'apple', found('6a', '4a'), ['0 6a/h2', '2000 4a/h2'], { history: past(['6a', 1500]) }],
    ['apple-2015: a SYN retransmission, three of them', 'apple-2015', found('6a', '4a'), ['0 6a/h2', '240 4a/h2'], { history: past(['6a', 80]) }],
    ['apple-2015: IPv4 first if it is over 25 faster', 'apple-2015', BOTH_KNOWN, ['0 4a/h2', '150 6a/h2'], { history: past(['6a', 80], ['4a', 50]) }],
    ['apple-2015: IPv6 first if it is not', 'apple-2015', BOTH_KNOWN, ['0 6a/h2', '225 4a/h2'], { history: past(['6a', 75], ['4a', 50]) }],
    ['draft-v3: order within a family, not between families, and no delay (HE-42, D-28)', 'draft-v3', found('6a 6b', '4a'), ['0 6b/h2', '250 4a/h2', '500 6a/h2'], { history: past(['6a', 80], ['6b', 70], ['4a', 10]) }],
    ['draft-v3: an address that was used before one that was not (HE-43)', 'draft-v3', found('6a 6b', ''), ['0 6b/h2', '250 6a/h2'], { history: past(['6b', 900]) }],
    ['draft-v3 with a delay of three round trips (HE-57)', 'draft-v3', found('6a', '4a'), ['0 6a/h2', '180 4a/h2'], { history: past(['6a', 60]), overrides: { connectionAttemptDelayRoundTrips: 3 } }],
    ['chromium-hev3: nothing', 'chromium-hev3', found('6a 6b', ''), ['0 6a/h2', '250 6b/h2'], { history: past(['6a', 80], ['6b', 20]) }],
  ])('%s', (_, name, steps, expected, variant) => {
    expect(race(name, steps, { until: 2500, ...variant })).toEqual(expected);
  });

  it('do not move addresses while a race lasts', () => {
    const history = past(['6a', 50], ['6b', 70]);
    const steps: readonly Step[] = [[0, https([])], [0, aaaa('6a 6b')], [100, () => history.connected(address('6b'), 1)], [100, a('4a')]];
    expect(race('draft-v3', steps, { history })).toEqual(['0 6a/h2', '250 4a/h2', '500 6b/h2']);
  });
});

describe('adaptive', () => {
  const advertised: readonly Step[] = [[0, https([record('h3,h2')])], [0, aaaa('6a')], [0, a('4a')]];

  it.each<Case>([
    ['tries each address over QUIC and TCP, on a new network 60 after QUIC and 50 after TCP, doubled for each in flight', 'adaptive', advertised, ['0 6a/h3', '60 6a/h2', '160 4a/h3', '400 4a/h2']],
    ['waits eight times as long for another address of the same family, and half a second at most', 'adaptive', [[0, https([])], [0, a('4a 4b 4c')], [0, aaaa('')]], ['0 4a/h2', '400 4b/h2', '900 4c/h2']],
    ['waits one and a half round trips for an address that it knows', 'adaptive', found('6a', '4a'), ['0 6a/h2', '60 4a/h2'], { history: past(['6a', 40]) }],
    ['and of SRTT + 4 RTTVAR, which is 120, for one that it does not', 'adaptive', found('6a', '4a'), ['0 6a/h2', '180 4a/h2'], { history: past(['6b', 40]) }],
    ['does not wait for HTTPS, and starts QUIC as soon as it is offered', 'adaptive', [[0, aaaa('6a')], [0, a('4a')], [30, https([record('h3,h2')])]], ['0 6a/h2', '30 6a/h3', '150 4a/h3', '390 4a/h2']],
    ['but no closer to the last start than 10', 'adaptive', [[0, aaaa('6a')], [0, a('')], [3, https([record('h3,h2')])]], ['0 6a/h2', '10 6a/h3']],
    ['waits 25 for AAAA', 'adaptive', [[0, https([])], [0, a('4a')]], ['25 4a/h2'], { until: 60 }],
  ])('%s', (_, name, steps, expected, variant) => {
    expect(race(name, steps, variant)).toEqual(expected);
  });

  it('does not take other addresses of a hinted name for a new offer', () => {
    const steps: readonly Step[] = [[0, https([record('h3', { hints: '6a' })])], [5, aaaa('6b')], [5, a('')]];
    expect(race('adaptive', steps, { until: 45 })).toEqual(['0 6a/h3']);
  });
});

describe('a host without an IPv6 address (HE-16)', () => {
  const IPV4_ALONE: Variant = { surroundings: { sources: [{ address: '192.0.2.254', prefixLength: 24 }] } };

  it('waits for A, whatever comes first', () => {
    expect(race('draft-v3', [[0, https([])], [0, aaaa('6a')], [30, a('4a')]], IPV4_ALONE)).toEqual(['30 4a/h2', '280 6a/h2']);
  });
});

describe('what ends a race', () => {
  it('curl-8: the first TCP handshake, as TLS is none of its race', () => {
    expect(race('curl-8', [...found('6a', '4a'), [210, connected('4a/h2')], [230, connected('6a/h2')], [260, ok('4a/h2')]])).toEqual(['0 6a/h2', '200 4a/h2', '210 cancel 6a/h2', '260 won 4a/h2']);
  });

  it('draft-v3: the first secure one (HE-65)', () => {
    expect(race('draft-v3', [...found('6a', '4a'), [255, connected('4a/h2')], [260, ok('6a/h2')]])).toEqual(['0 6a/h2', '250 4a/h2', '260 cancel 4a/h2', '260 won 6a/h2']);
  });
});

describe('HTTP/3', () => {
  const SPOKEN_BY = new Set(['draft-v3', 'chromium-hev3', 'chromium-hev2', 'chromium-legacy', 'firefox-hev3', 'apple', 'adaptive']);
  const advertised: readonly Step[] = [[0, https([record('h3,h2')])], [0, aaaa('6a')], [0, a('4a')]];

  it.each(Object.keys(PROFILES))('is tried by %s where the table says so', (name) => {
    expect(race(name, advertised).some((line) => line.includes('h3'))).toBe(SPOKEN_BY.has(name));
  });
});
