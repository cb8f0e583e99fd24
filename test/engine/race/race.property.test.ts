/** What holds of every race, whatever is answered and becomes of its attempts, in any order and at any time. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endpointKey } from '../../../src/engine/endpoint.ts';
import { Race } from '../../../src/engine/race/race.ts';
import type { RaceOptions } from '../../../src/engine/race/race-options.ts';
import type { RaceOutput } from '../../../src/engine/race/race-output.ts';
import { DRAFT, lookup, withDelay } from './draft-race.ts';
import { type Step, a, aaaa, https, record } from './race-driver.ts';

const answerStep: fc.Arbitrary<Step[1]> = fc.oneof(
  fc.constantFrom(undefined, '', '6a', '6a 6b', '6c').map((labels) => aaaa(labels)),
  fc.constantFrom(undefined, '', '4a', '4a 4b').map((labels) => a(labels)),
  fc.constantFrom(undefined, [], [record('h3,h2')], [record('h2', { hints: '6b 4a' })], [record('h3', { ech: 'AEj+DQBE' })]).map((records) => https(records)),
  fc.constant(aaaa('6a', undefined, 'stale')),
);
/** What becomes of the attempt of that number, if it runs. */
const attemptStep: fc.Arbitrary<Step[1]> = fc
  .record({ id: fc.integer({ min: 1, max: 6 }), fate: fc.constantFrom('connected', 'ready', 'failed', 'ech', 'succeeded') })
  .map(({ id, fate }) => ({ race, now }) => {
    if (fate === 'connected') race.transportConnected(id, now, now + 40);
    else if (fate === 'ready') race.connected(id, now);
    else if (fate === 'failed') race.failed(id, { kind: 'error' }, now);
    else if (fate === 'ech') race.failed(id, { kind: 'ech-rejected', retryConfig: '' }, now);
    else race.succeeded(id, now);
  });
const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.oneof(answerStep, attemptStep)), { maxLength: 25 });

const options: fc.Arbitrary<RaceOptions> = fc.record({
  heldForService: fc.constantFrom('nothing' as const, 'crypto' as const),
  recordsFirst: fc.constantFrom('by-priority' as const, 'fitting-running' as const),
  multiplier: fc.constantFrom(1, 2),
  onNewAnswer: fc.constantFrom('keep-timer' as const, 'bring-forward' as const),
  groups: fc.constantFrom('one' as const, 'by-security-and-protocol' as const),
  asksAgainAfter: fc.constantFrom({}, { asksAgainAfter: 1000 }),
}).map(({ multiplier, onNewAnswer, groups, asksAgainAfter, ...changed }) => ({
  ...DRAFT,
  ...changed,
  ...asksAgainAfter,
  candidates: { ...DRAFT.candidates, groups },
  lanes: withDelay({ multiplier, onNewAnswer }),
}));

/** All outputs in order; the gaps between steps are the first numbers of their pairs. */
function outputsOf(raceOptions: RaceOptions, given: readonly (readonly [number, Step[1]])[]): readonly RaceOutput[] {
  const race = new Race(lookup({}), raceOptions);
  const outputs: RaceOutput[] = [];
  let now = 0;
  race.start(now);
  for (const [gap, step] of given) {
    const end = now + gap;
    for (let at = race.nextWakeAt; at !== undefined && at <= end; at = race.nextWakeAt) race.wake(at);
    now = end;
    step({ race, now, attempt: () => 0 });
    outputs.push(...race.takeOutputs());
  }
  outputs.push(...race.takeOutputs());
  return outputs;
}

test('attempts are numbered, spaced (HE-59), never the same endpoint twice but for an ECH retry, and follow one that was there', () => {
  fc.assert(
    fc.property(options, steps, (raceOptions, given) => {
      const starts = outputsOf(raceOptions, given).filter((output) => output.kind === 'start-attempt');
      expect(starts.map(({ attempt }) => attempt)).toEqual(starts.map((_, i) => i + 1));
      starts.forEach((start, i) => {
        const before = starts[i - 1];
        if (before !== undefined) expect(start.at - before.at).toBeGreaterThanOrEqual(10);
        expect(start.cause.why === 'first').toBe(i === 0);
        if ('after' in start.cause) expect(start.cause.after).toBeLessThan(start.attempt);
      });
      const fresh = starts.filter(({ cause }) => cause.why !== 'ech-retry').map(({ endpoint }) => endpointKey(endpoint));
      expect(new Set(fresh).size).toBe(fresh.length);
    }),
    { numRuns: 500 },
  );
});

test('a race ends once, and cancels all that runs', () => {
  fc.assert(
    fc.property(options, steps, (raceOptions, given) => {
      const running = new Set<number>();
      let ends = 0;
      for (const output of outputsOf(raceOptions, given)) {
        if (output.kind === 'start-attempt') running.add(output.attempt);
        if (output.kind === 'cancel-attempt') expect(running.delete(output.attempt)).toBe(true);
        if (output.kind === 'won') expect(running.delete(output.attempt)).toBe(true);
        expect(ends).toBe(0);
        if (output.kind === 'won' || output.kind === 'lost') ends += 1;
      }
    }),
    { numRuns: 500 },
  );
});

test('the same inputs give the same outputs (D-48)', () => {
  fc.assert(
    fc.property(options, steps, (raceOptions, given) => {
      expect(outputsOf(raceOptions, given)).toEqual(outputsOf(raceOptions, given));
    }),
  );
});
