/** Every sample's report, held against the packets captured beside it. */
import { describe, expect, it } from 'vitest';
import type { Agreement } from './agreement.ts';
import { agreementOf, scopeOf } from './sample-reports.ts';
import { type Truth, readTruth, samplesWithTruth } from './truth.ts';

const SAMPLES_WITH_TRUTH = samplesWithTruth();

describe.each(SAMPLES_WITH_TRUTH)('the report of %s', (sample) => {
  it('says what happened on the wire, and nothing else', async () => {
    const { disagreements, tallies } = await agreementOf(sample);
    expect(disagreements).toEqual([]);
    for (const { agreed, judged } of Object.values(tallies)) expect(agreed).toBe(judged);
    expect(tallies.extra.judged).toBe(0);
  });

  it('is judged on everything that the wire shows', async () => {
    const { tallies, unjudged } = await agreementOf(sample);
    const truth = readTruth(sample);
    const left = (subject: string): number => unjudged.filter((u) => u.subject === subject).length;
    expect(tallies.attempts.judged + left('attempts')).toBe(truth.connections.length);
    expect(tallies.dns.judged + left('dns')).toBe(truth.queries.filter((q) => q.ours).length);
    if (scopeOf(sample) === 'everything') {
      expect(tallies.outcomes.judged).toBe(tallies.attempts.judged);
      expect(tallies.winners.judged + left('winners')).toBeGreaterThanOrEqual(truth.winners.length);
    }
    expect(tallies.attempts.judged + tallies.dns.judged).toBeGreaterThan(0);
  });
});

it('agrees with the wire in as many points as before', async () => {
  const lines = await Promise.all(SAMPLES_WITH_TRUTH.map(async (sample) => lineOf(sample, await agreementOf(sample))));
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./__golden__/tallies.txt');
});

it('has samples of every race engine to be judged', () => {
  expect(new Set(SAMPLES_WITH_TRUTH.map((sample): Truth['engine'] => readTruth(sample).engine))).toEqual(new Set(['hev3', 'hev2', 'legacy']));
});

function lineOf(sample: string, { tallies, unjudged }: Agreement): string {
  const judged = Object.entries(tallies).filter(([, tally]) => tally.judged > 0);
  const points = judged.map(([subject, { agreed, judged: all }]) => `${subject} ${agreed}/${all}`);
  const reasons = [...new Set(unjudged.map((u) => u.because))].toSorted();
  const left = reasons.map((why) => `${unjudged.filter((u) => u.because === why).length} ${why}`);
  return [`${sample.padEnd(28)}${points.join(' · ')}`, ...left.map((text) => `${' '.repeat(28)}not judged: ${text}`)].join('\n');
}
