/**
 * What the draft leaves to the client: each decision (DEC) as an option, with the value taken for the draft and every
 * alternative. The expected times follow from the definition of the option. Those about records alone (DEC-4, DEC-8 to
 * DEC-10) are in `../svcb`.
 */
import { describe, expect, it } from 'vitest';
import type { GateOptions } from '../../../src/engine/race/gate.ts';
import type { LaneOptions } from '../../../src/engine/race/lane.ts';
import type { RaceOptions } from '../../../src/engine/race/race-options.ts';
import { DRAFT, type Variant, race, withDelay } from './draft-race.ts';
import { type Step, a, aaaa, address, connected, fail, https, ok, record } from './race-driver.ts';

const gate = (changed: Partial<GateOptions>): Variant => ({ race: { gate: { ...DRAFT.gate, ...changed } } });
const lane = (changed: Partial<LaneOptions>): Variant => ({ race: { lanes: [{ ...DRAFT.lanes[0], ...changed }] } });
const candidates = (changed: Partial<RaceOptions['candidates']>): Variant => ({ race: { candidates: { ...DRAFT.candidates, ...changed } } });

type Case = [string, readonly Step[], string[], Variant?];
describe('resolution', () => {
  const late: readonly Step[] = [[10, aaaa('')], [30, a('4a')]];
  const hintFirst: readonly Step[] = [[10, https([record('h2', { hints: '6a' })])]];
  const otherHintFirst: readonly Step[] = [[10, https([record('h2', { hints: '4a' })])]];

  it.each<Case>([
    ['DEC-1: the delay starts with the first addresses', late, ['80 4a/h2']],
    ['DEC-1: or with the first answer, be it negative', late, ['60 4a/h2'], gate({ delayStartsAt: 'first-answer' })],
    ['DEC-1: or with IPv4 addresses alone', [[10, aaaa('6a')], [90, a('4a')]], ['140 6a/h2', '390 4a/h2'], gate({ delayStartsAt: 'first-ipv4-addresses' })],
    ['DEC-2: a hint of the preferred family starts at once', hintFirst, ['10 6a/h2']],
    ['DEC-2: or after the delay', hintFirst, ['60 6a/h2'], gate({ hints: 'start-delay' })],
    ['DEC-2: or not before an answer', [...hintFirst, [200, aaaa('6b')]], ['200 6b/h2'], gate({ hints: 'beside-answers' })],
    ['DEC-3: a hint of the other family starts the delay', otherHintFirst, ['60 4a/h2']],
    ['DEC-3: or nothing, and serves beside an answer', [...otherHintFirst, [100, aaaa('6a')]], ['100 6a/h2', '350 4a/h2'], gate({ hints: 'beside-answers' })],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });
});

describe('attempts', () => {
  const dual: readonly Step[] = [[0, https()], [0, aaaa('6a 6b')], [0, a('4a')]];

  it.each<Case>([
    ['DEC-5: a failure starts the next, but for the floor', [...dual, [3, fail('6a/h2')]], ['0 6a/h2', '10 4a/h2', '260 6b/h2']],
    ['DEC-5: or without a floor', [...dual, [3, fail('6a/h2')]], ['0 6a/h2', '3 4a/h2', '253 6b/h2'], lane({ afterFailure: 'at-once' })],
    ['DEC-5: or not before the delay has passed', [...dual, [3, fail('6a/h2')]], ['0 6a/h2', '250 4a/h2', '500 6b/h2'], lane({ afterFailure: 'after-delay' })],
    ['DEC-12: a multiplier counts attempts in flight', [...dual, [20, fail('6a/h2')]], ['0 6a/h2', '20 4a/h2', '270 6b/h2'], { race: { lanes: withDelay({ multiplier: 2 }) } }],
    ['DEC-12: or all that were started', [...dual, [20, fail('6a/h2')]], ['0 6a/h2', '20 4a/h2', '520 6b/h2'], { race: { lanes: withDelay({ multiplier: 2, multiplierCounts: 'started' }) } }],
    ['DEC-13: without time limits of its own an attempt lasts as long as the network takes', [...dual, [90_000, ok('6a/h2')]], ['0 6a/h2', '250 4a/h2', '500 6b/h2', '90000 cancel 4a/h2', '90000 cancel 6b/h2', '90000 won 6a/h2']],
    ['DEC-14: a fatal failure is one like others, if the client will have it', [...dual, [40, fail('6a/h2', { kind: 'fatal' })]], ['0 6a/h2', '40 4a/h2', '290 6b/h2'], { race: { fatalFailure: 'fails-attempt' } }],
    ['DEC-15: an IP literal starts at once', [], ['0 6a/h2'], { origin: { host: address('6a') } }],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });

  it('DEC-11: of what is due at one instant, whoever drives the race decides the order: an answer before the timer is tried with it', () => {
    expect(race([[0, https()], [0, aaaa('6a')], [250, a('4a')]])).toEqual(['0 6a/h2', '250 4a/h2']);
  });

  const TO_6A = { race: { lanes: withDelay({ onNewAnswer: 'bring-forward' }) } } satisfies Variant;
  const first: readonly Step[] = [[0, https()], [0, aaaa('6a')]];
  it.each<Case>([
    ['HE-32: an answer leaves the timer alone', [...first, [150, a('4a')]], ['0 6a/h2', '250 4a/h2']],
    ['HE-32: or brings the next attempt forward, if there was no progress', [...first, [150, a('4a')]], ['0 6a/h2', '150 4a/h2'], TO_6A],
    ['HE-32, HE-60: but never below the minimum', [...first, [30, a('4a')]], ['0 6a/h2', '100 4a/h2'], TO_6A],
    ['HE-32: nor if there was progress', [...first, [40, connected('6a/h2')], [150, a('4a')]], ['0 6a/h2', '250 4a/h2'], TO_6A],
    ['HE-32: nor if there is progress in good time', [...first, [30, a('4a')], [60, connected('6a/h2')]], ['0 6a/h2', '250 4a/h2'], TO_6A],
    ['HE-32: nor before the expected round trip is over', [...first, [30, a('4a')]], ['0 6a/h2', '180 4a/h2'], { race: { ...TO_6A.race, expectedRoundTrip: () => 180 } }],
    ['HE-32: an answer that changes nothing is no reason', [...first, [150, a('')]], ['0 6a/h2'], TO_6A],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });
});

describe('order', () => {
  const ech = 'AEj+DQBE';
  const S1 = 'svc1.example.net';
  const two: readonly Step[] = [[0, https([record('h2'), record('h3', { priority: 2, target: S1, ech, noDefaultAlpn: true })])], [0, aaaa('6b', S1)], [0, a('', S1)], [0, aaaa('6a')], [0, a('4a')]];

  it.each<Case>([
    ['DEC-6, HE-35: protocols and ECH do not reorder services', two, ['0 6a/h2', '250 4a/h2', '500 6b/h3+ech']],
    ['DEC-6, HE-34, HE-36: or make groups above them, ECH first', two, ['0 6b/h3+ech', '250 6a/h2', '500 4a/h2'], candidates({ groups: 'by-security-and-protocol' })],
    ['HE-34: QUIC being a group within either', [[0, https([record('h3,h2')])], [0, aaaa('6a 6b')], [0, a('')]], ['0 6a/h3', '250 6b/h3', '500 6a/h2', '750 6b/h2'], candidates({ groups: 'by-security-and-protocol' })],
    ['DEC-7: protocols alternate with the families', [[0, https([record('h3,h2')])], [0, aaaa('6a')], [0, a('4a')]], ['0 6a/h3', '250 4a/h3', '500 6a/h2', '750 4a/h2']],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });

  /** TCP to 6a has begun when the records come: one for another name, one for the origin. */
  const held: readonly Step[] = [[0, aaaa('6a')], [0, a('4a')], [80, https([record('h2', { target: S1, hints: '6b' }), record('h2', { priority: 2 })])]];
  it.each<Case>([
    ['SB-08: records go by priority, whatever runs', held, ['50 6a/h2 held', '80 crypto 6a/h2', '300 6b/h2', '550 4a/h2'], { race: { heldForService: 'crypto' } }],
    ['SB-24: or by what fits a running attempt', held, ['50 6a/h2 held', '80 crypto 6a/h2', '300 4a/h2', '550 6b/h2'], { race: { heldForService: 'crypto', recordsFirst: 'fitting-running' } }],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });
});
