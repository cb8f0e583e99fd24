/** What is said of two sides before any number. */
import { describe, expect, it } from 'vitest';
import { compareFacts, comparesCounts, type ComparabilityFact } from '../../src/compare/comparability.ts';
import type { Run, RunFacts } from '../../src/compare/run.ts';
import { aRun } from './runs.ts';

const factOf = (name: ComparabilityFact['fact'], base: readonly Run[], next: readonly Run[]): ComparabilityFact | undefined =>
  compareFacts(base, next).find(({ fact }) => fact === name);
const withFacts = (facts: Partial<RunFacts>): Run[] => [aRun({ facts })];

it('sides that are alike are equal in everything', () => {
  const facts = compareFacts([aRun(), aRun()], [aRun()]);
  expect(facts.filter(({ equal, consequence }) => !equal || consequence !== undefined)).toEqual([]);
  expect(facts.map(({ fact }) => fact)).toEqual(['browser', 'system', 'capture mode', 'race engine', 'field trials', 'features', 'complete', 'duration', 'hosts']);
});

describe('an inequality', () => {
  it.each([
    ['browser', { client: 'Chromium 155' }, ['Chromium 155'], ['Chromium 156']],
    ['system', { system: 'Windows' }, ['Windows'], ['Linux']],
  ] as const)('of %s is told, and makes nothing not comparable', (name, facts, base, next) => {
    expect(factOf(name, withFacts(facts), [aRun()])).toMatchObject({ equal: false, base, new: next, notComparable: [] });
  });

  it('of the capture mode makes HTTPS records not comparable, which show in raw answers only', () => {
    expect(factOf('capture mode', withFacts({ captureMode: 'Everything' }), [aRun()])).toMatchObject({
      equal: false,
      notComparable: ['dns.https_record.presence_rate', 'dns.https_record.used_rate'],
    });
  });

  it('of the race engine makes not comparable what only HttpStreamPool does, and leaves times comparable', () => {
    const fact = factOf('race engine', withFacts({ engines: ['hev2'] }), [aRun()]);
    expect(fact).toMatchObject({ equal: false, base: ['hev2'], new: ['hev3'] });
    expect(fact?.notComparable).toContain('race.crypto_wait');
    expect(fact?.notComparable).not.toContain('race.duration');
  });

  it('of field trials and features names those that only one side has', () => {
    const base = withFacts({ fieldTrials: ['HappyEyeballsV3:Control', 'Other:On'], features: ['-A'] });
    const next = withFacts({ fieldTrials: ['HappyEyeballsV3:Enabled', 'Other:On'], features: ['+A'] });
    expect(factOf('field trials', base, next)).toMatchObject({ equal: false, base: ['HappyEyeballsV3:Control'], new: ['HappyEyeballsV3:Enabled'] });
    expect(factOf('features', base, next)).toMatchObject({ equal: false, base: ['-A'], new: ['+A'] });
  });

  it('of hosts names those that only one side contacted', () => {
    const run = (...hosts: string[]): Run[] => [aRun({ hosts: hosts.map((host) => ({ host, medians: {} })) })];
    expect(factOf('hosts', run('a.test', 'b.test'), run('b.test', 'c.test'))).toMatchObject({ equal: false, base: ['a.test'], new: ['c.test'] });
  });

  it('that cannot be known is said to be unknown: baselines name no hosts', () => {
    expect(factOf('hosts', [aRun({ hosts: undefined })], [aRun()])).toMatchObject({ equal: false, base: [], new: [], consequence: 'not known: a baseline names no hosts' });
  });
});

describe('numbers of things compare only', () => {
  it.each([
    ['between whole logs', { complete: false }, false],
    ['between logs of about the same length', { durationMs: 3001 }, false],
    ['up to half as long again', { durationMs: 3000 }, true],
  ])('%s', (_why, facts, comparable) => {
    expect(comparesCounts(compareFacts([aRun()], withFacts(facts)))).toBe(comparable);
  });
});
