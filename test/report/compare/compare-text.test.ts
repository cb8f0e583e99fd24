/** A comparison on a terminal. */
import { describe, expect, test } from 'vitest';
import { comparisonText } from '../../../src/report/compare/terminal.ts';
import { plainStyle } from '../../../src/report/view.ts';
import { aRun, aThreshold, millisMetric, runsOf } from '../../compare/runs.ts';
import { tagStyle } from '../builders.ts';
import { compared, pairOfRuns, slowBranch } from './comparisons.ts';

const at = (width: number) => ({ width, style: plainStyle });

test.each([80, 140])('two sides of five runs in %i columns', async (width) => {
  const text = comparisonText(slowBranch(), at(width));
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
  await expect(text).toMatchFileSnapshot(`../__golden__/compare-${width}.txt`);
});

test('one run a side, with a paired view by host', async () => {
  await expect(comparisonText(pairOfRuns(), at(100))).toMatchFileSnapshot('../__golden__/compare-pair.txt');
});

test('colours say what is bad, good and doubtful', () => {
  const text = comparisonText(slowBranch(), { width: 140, style: tagStyle });
  expect(text).toContain('<bad>regressed</>');
  expect(text).toContain('<bad>failed</>');
  expect(text).toContain('<warning>failed (warn)</>');
  expect(text).toContain('<warning>not comparable</>');
  expect(text).toContain('<dim>~ unchanged</>');
});

describe('what there is none of', () => {
  test('is said: no metric on either side', () => {
    expect(comparisonText(compared([aRun()], [aRun()]), at(80))).toContain('Neither side has anything to count.');
  });

  test('and a difference to a base of 0 is no percentage', () => {
    const zero = compared(runsOf(0, 0, 0, 0), runsOf(5, 5, 5, 5)).metrics;
    expect(comparisonText({ ...compared([aRun()], [aRun()]), metrics: zero }, at(140))).not.toMatch(/Infinity|NaN/);
  });
});

test('text of a log cannot steer the terminal', () => {
  const hostile = (text: string) => aRun({ facts: { client: text, features: [`+${text}`] }, metrics: [millisMetric([5], { id: text })], hosts: [{ host: text, medians: { 'race.duration': 5 } }] });
  const text = comparisonText(compared([hostile('a\u001B[2J\nb')], [hostile('a\u202Eb')], [aThreshold('median < 1ms', { optional: true })]), at(100));
  // oxlint-disable-next-line no-control-regex -- that is what must not be there
  expect(text).not.toMatch(/[\u001B\u202E]/);
  expect(text).toContain(String.raw`a\x1b[2J\nb`);
});
