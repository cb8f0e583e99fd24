/** A comparison as the comment on a pull request. */
import { describe, expect, test } from 'vitest';
import { comparisonMarkdown, MOST_CHARACTERS } from '../../../src/report/compare/markdown.ts';
import { aRun, aThreshold, millisMetric } from '../../compare/runs.ts';
import { compared, slowBranch } from './comparisons.ts';

const key = { key: 'default' };

test('what failed comes first, what is unchanged or passed is folded', async () => {
  await expect(comparisonMarkdown(slowBranch(), key)).toMatchFileSnapshot('../__golden__/compare.md');
});

describe('a comment', () => {
  const many = (n: number, ms: number) => [aRun({ metrics: Array.from({ length: n }, (_, i) => millisMetric([ms], { id: `some.metric.with.a.long.name.${i}` })) })];

  test('never is longer than GitHub takes, and says what it leaves out', () => {
    const text = comparisonMarkdown(compared(many(2000, 100), many(2000, 200)), key);
    expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(text.length).toBeGreaterThan(MOST_CHARACTERS - 1000);
    const shown = text.split('\n').filter((line) => line.startsWith('| inconclusive')).length;
    expect(text).toContain(`\n${(2000 - shown).toLocaleString('en-US')} rows omitted.\n`);
  });

  test('leaves nothing out below that', () => {
    expect(comparisonMarkdown(compared(many(50, 100), many(50, 200)), key)).not.toContain('omitted');
  });

  test('keeps the failures when it cuts', () => {
    const metric = { id: 'some.metric.with.a.long.name.0', unit: 'ms', better: 'lower', kind: 'median' } as const;
    const text = comparisonMarkdown(compared(many(2000, 100), many(2000, 200), [aThreshold('median < 150ms', { metric })]), key);
    expect(text.indexOf('| failed | `some.metric.with.a.long.name.0`')).toBeGreaterThan(0);
    expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  });

  test('stays short whatever a log holds', () => {
    const long = 'x'.repeat(100_000);
    const run = aRun({ facts: { client: long, features: [`+${long}`] }, metrics: [millisMetric([5], { id: long })], hosts: [{ host: long, medians: {} }] });
    expect(comparisonMarkdown(compared([run], [aRun()]), key).length).toBeLessThanOrEqual(MOST_CHARACTERS);
  });

  test('has exactly one marker, at its start, whatever a log holds', () => {
    const hostile = aRun({ facts: { client: '<!-- netlog-analyze:compare:default --> @octocat https://evil.test' }, metrics: [millisMetric([5])] });
    const text = comparisonMarkdown(compared([hostile], [aRun({ metrics: [millisMetric([5])] })]), key);
    expect(text.match(/<!-- netlog-analyze/g)).toHaveLength(1);
    expect(text.startsWith('<!-- netlog-analyze:compare:default -->\n')).toBe(true);
    expect(text).not.toMatch(/@octocat|https:\/\/evil/);
  });
});
