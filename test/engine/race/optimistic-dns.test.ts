/**
 * Answers that are out of date: those of a cache that have expired there and are served while they are refreshed
 * (optimistic DNS, HE-25), and those whose TTL ends during the race (HE-24). C vectors of another implementation, D of
 * the draft; the differences that `vectors.test.ts` names hold here.
 */
import { describe, expect, it } from 'vitest';
import { DRAFT, type Variant, lookup, race } from './draft-race.ts';
import { ORIGIN, type Step, a, aaaa, addresses, answer, events, fail, https, ok, record } from './race-driver.ts';

const S1 = 'svc1.example.net';
const trace = (steps: readonly Step[], { race: changed, until, ...variant }: Variant = {}): string[] =>
  events(lookup(variant), { ...DRAFT, ...changed }, steps, until).filter((line) => !/ gate /.test(line));
/** What is asked before any answer. */
const ASKED = ['HTTPS', 'AAAA', 'A'].map((type) => `0 ask ${ORIGIN} ${type}`);

type Case = [string, readonly Step[], string[], Variant?];

describe('an expired answer', () => {
  it.each<Case>([
    ['C-88, C-89: starts the race, and is asked for again', [[0, https()], [3, aaaa('6a', ORIGIN, 'stale')]], ['3 ask example.com AAAA again', '3 6a/h2']],
    ['C-90: also of the other family', [[0, https()], [0, aaaa()], [3, a('4a', ORIGIN, 'stale')]], ['3 ask example.com A again', '3 4a/h2']],
    ['C-91: each for itself', [[0, https()], [3, aaaa('6a', ORIGIN, 'stale')], [3, a('4a', ORIGIN, 'stale')]], ['3 ask example.com AAAA again', '3 6a/h2', '3 ask example.com A again', '253 4a/h2']],
    ['C-92: but not a fresh one', [[0, https()], [3, aaaa('6a')]], ['3 6a/h2']],
    ['C-93: a negative one starts nothing', [[0, https()], [3, aaaa('', ORIGIN, 'stale')]], ['3 ask example.com AAAA again']],
    ['C-94: HTTPS with a hint', [[3, https([record('h3', { hints: '6a' })], ORIGIN, 'stale')]], ['3 ask example.com HTTPS again', '3 6a/h3', '253 6a/h2']],
    [
      'C-95: of another TargetName',
      [[0, https([record('h3', { target: S1, noDefaultAlpn: true })])], [3, aaaa('6b', S1, 'stale')]],
      [`0 ask ${S1} AAAA`, `0 ask ${S1} A`, `3 ask ${S1} AAAA again`, '3 6b/h3'],
    ],
    ['C-97: that is confirmed changes nothing, and is not asked for a third time', [[0, https()], [0, a('')], [3, aaaa('6a', ORIGIN, 'stale')], [30, aaaa('6a')]], ['3 ask example.com AAAA again', '3 6a/h2']],
    ['C-98: nor if the second answer is expired too', [[0, https()], [0, a('')], [3, aaaa('6a', ORIGIN, 'stale')], [30, aaaa('6b', ORIGIN, 'stale')]], ['3 ask example.com AAAA again', '3 6a/h2', '253 6b/h2']],
    ['C-99: that is replaced brings the next endpoint', [[0, https()], [0, a('')], [3, aaaa('6a', ORIGIN, 'stale')], [30, aaaa('6b')]], ['3 ask example.com AAAA again', '3 6a/h2', '253 6b/h2']],
    ['C-102: whose endpoint failed leaves the race open until the fresh one is there', [[0, https()], [0, a('')], [3, aaaa('6a', ORIGIN, 'stale')], [20, fail('6a/h2')], [90, aaaa('6b')]], ['3 ask example.com AAAA again', '3 6a/h2', '90 6b/h2']],
    ['C-103: whose refresh brings the failed address again ends the race', [[0, https()], [0, a('')], [3, aaaa('6a', ORIGIN, 'stale')], [20, fail('6a/h2')], [90, aaaa('6a')]], ['3 ask example.com AAAA again', '3 6a/h2', '90 lost attempts-failed']],
    ['C-104: so does a negative refresh', [[0, https()], [0, a('')], [3, aaaa('6a', ORIGIN, 'stale')], [20, fail('6a/h2')], [90, aaaa('')]], ['3 ask example.com AAAA again', '3 6a/h2', '90 lost attempts-failed']],
    ['D-45: all negative, one of them expired: no end before the refresh', [[0, https()], [0, a()], [3, aaaa('', ORIGIN, 'stale')], [90, aaaa()]], ['3 ask example.com AAAA again', '90 lost no-addresses']],
  ])('%s', (_, steps, expected, variant) => {
    expect(trace(steps, variant)).toEqual([...ASKED, ...expected]);
  });

  it('C-96: works with one family as with two', () => {
    const variant: Variant = { lookup: { addressTypes: ['A'] }, race: { preferredFamily: 'ipv4' } };
    expect(trace([[0, https()], [3, a('4a', ORIGIN, 'stale')]], variant)).toEqual([`0 ask ${ORIGIN} HTTPS`, `0 ask ${ORIGIN} A`, `3 ask ${ORIGIN} A again`, '3 4a/h2']);
  });

  it('HE-25: is not asked for again if the fresh one comes with it', () => {
    const query = { name: ORIGIN, type: 'AAAA' } as const;
    const both: Step[1] = ({ race: running, now }) => {
      running.learn(query, addresses('6a'), now, 'stale');
      running.answer(query, addresses('6b'), now);
    };
    expect(trace([[0, https()], [3, both]])).toEqual([...ASKED, '3 6b/h2']);
  });

  it('HE-25, HE-30: a refresh removes endpoints that were not tried yet', () => {
    const steps: readonly Step[] = [[0, https()], [0, a('')], [3, aaaa('6a 6b', ORIGIN, 'stale')], [30, aaaa('6a')], [300, ok('6a/h2')]];
    expect(race(steps)).toEqual(['3 6a/h2', '300 won 6a/h2']);
  });
});

describe('an answer whose TTL ends without success', () => {
  const AGAIN: Variant = { race: { asksAgainAfter: 1000 } };
  const short = (labels: string): Step[1] => answer({ name: ORIGIN, type: 'AAAA' }, addresses(labels, 2000));

  it.each<Case>([
    ['HE-24: is not asked for again by itself', [[0, https()], [0, a('')], [0, short('6a')]], ['0 6a/h2'], {}],
    ['HE-24: or is, and brings new endpoints', [[0, https()], [0, a()], [0, short('6a')], [2040, aaaa('6b')]], ['0 6a/h2', '2000 ask example.com AAAA again', '2040 6b/h2'], AGAIN],
    ['HE-24, HE-29: a running attempt goes on', [[0, https()], [0, a()], [0, short('6a')], [2040, aaaa('6b')], [2050, ok('6a/h2')]], ['0 6a/h2', '2000 ask example.com AAAA again', '2040 6b/h2', '2050 cancel 6b/h2', '2050 won 6a/h2'], AGAIN],
    ['HE-24: no sooner than the client wants', [[0, https()], [0, a()], [0, (d) => d.race.answer({ name: ORIGIN, type: 'AAAA' }, addresses('6a', 0), d.now)]], ['0 6a/h2', '1000 ask example.com AAAA again'], { ...AGAIN, until: 1900 }],
    ['HE-24: not after success', [[0, https()], [0, a()], [0, short('6a')], [30, ok('6a/h2')]], ['0 6a/h2', '30 won 6a/h2'], AGAIN],
    ['HE-24: the race is open until the answer is there', [[0, https()], [0, a()], [0, short('6a')], [2010, fail('6a/h2')], [2040, aaaa()]], ['0 6a/h2', '2000 ask example.com AAAA again', '2040 lost attempts-failed'], AGAIN],
  ])('%s', (_, steps, expected, variant) => {
    expect(trace(steps, variant)).toEqual([...ASKED, ...expected]);
  });
});
