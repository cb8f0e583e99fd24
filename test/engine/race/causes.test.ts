/** Why attempts start: the cause of each, as the race tells it. */
import { describe, expect, it } from 'vitest';
import type { LaneOptions } from '../../../src/engine/race/lane.ts';
import { Race } from '../../../src/engine/race/race.ts';
import type { StartCause } from '../../../src/engine/race/race-output.ts';
import { DELAY, DRAFT, type Variant, lookup, withDelay } from './draft-race.ts';
import { type Step, a, aaaa, connected, fail, https, labelOf, ready, record } from './race-driver.ts';

type Told = [label: string, rule: string, cause: StartCause];

function causes(steps: readonly Step[], variant: Variant = {}): Told[] {
  const race = new Race(lookup(variant), { ...DRAFT, ...variant.race });
  const told: Told[] = [];
  const labels: string[] = [];
  const note = (): void => {
    for (const output of race.takeOutputs()) {
      if (output.kind !== 'start-attempt') continue;
      labels[output.attempt] = labelOf(output.endpoint);
      told.push([labelOf(output.endpoint), output.rule, output.cause]);
    }
  };
  const wakeUntil = (limit: number): void => {
    for (let at = race.nextWakeAt; at !== undefined && at < limit; at = race.nextWakeAt) {
      race.wake(at);
      note();
    }
  };
  race.start(0);
  for (const [now, step] of steps) {
    wakeUntil(now);
    step({ race, now, attempt: (label) => labels.lastIndexOf(label) });
    note();
  }
  wakeUntil(1000);
  return told;
}

const dual: readonly Step[] = [[0, https()], [0, aaaa('6a')], [0, a('4a')]];
const FIRST: Told = ['6a/h2', 'HE-54', { why: 'first' }];
const ech = 'AEj+DQBE';

describe('an attempt of the one list', () => {
  it.each<[string, readonly Step[], Told[], Variant?]>([
    ['HE-62: after the delay', dual, [FIRST, ['4a/h2', 'HE-62', { why: 'delay-passed', after: 1 }]]],
    ['DEC-5: after a failure', [...dual, [40, fail('6a/h2')]], [FIRST, ['4a/h2', 'DEC-5', { why: 'failed', after: 1 }]]],
    ['DEC-5: after a failure that the floor made wait', [...dual, [3, fail('6a/h2')]], [FIRST, ['4a/h2', 'DEC-5', { why: 'failed', after: 1 }]]],
    ['DEC-5: after the failure of an older one', [[0, https()], [0, aaaa('6a 6b')], [0, a('4a')], [300, fail('6a/h2')]], [FIRST, ['4a/h2', 'HE-62', { why: 'delay-passed', after: 1 }], ['6b/h2', 'DEC-5', { why: 'failed', after: 1 }]]],
    ['DEC-13: after one that took too long', dual, [FIRST, ['4a/h2', 'DEC-5', { why: 'cancelled', after: 1 }]], { race: { attemptTimeout: 100 } }],
    ['HE-22: an endpoint that came when there was nothing left', [[0, https()], [0, aaaa('6a')], [400, a('4a')]], [FIRST, ['4a/h2', 'HE-22', { why: 'new-endpoint' }]]],
    ['HE-22: also after a failure', [[0, https()], [0, aaaa('6a')], [20, fail('6a/h2')], [90, a('4a')]], [FIRST, ['4a/h2', 'HE-22', { why: 'new-endpoint' }]]],
    ['HE-62: an endpoint that came in time waits for the delay like others', [[0, https()], [0, aaaa('6a')], [200, a('4a')]], [FIRST, ['4a/h2', 'HE-62', { why: 'delay-passed', after: 1 }]]],
    ['HE-32: brought forward by an answer', [[0, https()], [0, aaaa('6a')], [150, a('4a')]], [FIRST, ['4a/h2', 'HE-32', { why: 'brought-forward', after: 1 }]], { race: { lanes: withDelay({ onNewAnswer: 'bring-forward' }) } }],
    ['C-118: beside one that is connected', [...dual, [40, ready('6a/h2')]], [FIRST, ['4a/h2', 'HE-63', { why: 'connected', after: 1 }]]],
    [
      'C-66: an ECH retry',
      [[0, https([record('h2', { ech })])], [0, aaaa('6a')], [0, a('')], [44, fail('6a/h2+ech', { kind: 'ech-rejected', retryConfig: 'AEn+' })]],
      [['6a/h2+ech', 'HE-54', { why: 'first' }], ['6a/h2+ech', 'RFC9849-6.1.6', { why: 'ech-retry', after: 1 }], ['6a/h2', 'HE-62', { why: 'delay-passed', after: 2 }]],
    ],
    [
      'of Node.js, in the place of a slow one',
      dual,
      [FIRST, ['4a/h2', 'DEC-5', { why: 'cancelled', after: 1 }]],
      { race: { lanes: [{ ...DRAFT.lanes[0], slowAttempt: 'abandoned', maxRunning: 1 }] } },
    ],
  ])('%s', (_, steps, expected, variant) => {
    expect(causes(steps, variant)).toEqual(expected);
  });
});

describe('an attempt of one lane among others', () => {
  const quic: LaneOptions = { ...DRAFT.lanes[0], transport: 'quic', maxAttempts: 1 };
  const tcp: LaneOptions = { ...DRAFT.lanes[0], transport: 'tcp', order: 'flip-on-slow', attemptDelay: DELAY, onTransportConnected: 'stop-timer' };
  const lanes = (behind?: LaneOptions['behind']): Variant => ({ race: { lanes: [quic, { ...tcp, ...(behind !== undefined && { behind }) }] } });
  const both: readonly Step[] = [[0, https([record('h3,h2')])], [0, aaaa('6a')], [0, a('4a')]];
  const QUIC: Told = ['6a/h3', 'HE-54', { why: 'first' }];
  const OTHER_FAMILY: Told = ['4a/h2', 'HE-62', { why: 'delay-passed', after: 2 }];

  it('begins beside the other lane', () => {
    expect(causes(both, lanes())).toEqual([QUIC, ['6a/h2', 'beside-other-lane', { why: 'lane-begins' }], OTHER_FAMILY]);
  });

  it('M-22: turns to the other family where the list would have gone on with the slow one', () => {
    const steps: readonly Step[] = [[0, https([])], [0, aaaa('6a 6b')], [0, a('4a')], [260, connected('4a/h2')]];
    const variant: Variant = { race: { ...lanes().race, candidates: { ...DRAFT.candidates, familyCount: 2 } } };
    expect(causes(steps, variant)).toEqual([FIRST, ['4a/h2', 'HE-62', { why: 'family-turned', after: 1 }]]);
  });

  it('is the next of the list where a slow one leaves no choice', () => {
    const steps: readonly Step[] = [[0, https([])], [0, aaaa('6a 6b')], [0, a('')]];
    expect(causes(steps, lanes())).toEqual([FIRST, ['6b/h2', 'HE-62', { why: 'delay-passed', after: 1 }]]);
  });

  it('waits for the end of a head start', () => {
    expect(causes(both, lanes({ lane: 0, by: 300, repeats: false }))).toEqual([QUIC, ['6a/h2', 'held-back-lane', { why: 'lane-released', by: 'head-start-over' }], OTHER_FAMILY]);
  });

  it('M-61: or until the other lane has nothing left to try', () => {
    const steps = [...both, [30, fail('6a/h3')] as const];
    expect(causes(steps, lanes({ lane: 0, by: 300, repeats: false }))).toEqual([QUIC, ['6a/h2', 'held-back-lane', { why: 'lane-released', by: 'other-lane-exhausted' }], OTHER_FAMILY]);
  });
});
