/** Sparklines and boxplots: each character by hand. */
import { expect, test } from 'vitest';
import { activityFacts } from '../../src/report/terminal/activity.ts';
import { boxplotColumn } from '../../src/report/terminal/boxplot.ts';
import { countParts, sparkline } from '../../src/report/terminal/sparkline.ts';
import { aMetric, aRace, aReport } from './builders.ts';

test('the highest count fills its character, the least is still visible, none is a blank', () => {
  expect(sparkline([0, 1, 4, 8, 800])).toBe(' ▁▁▁█');
  expect(sparkline([1, 2, 3, 4, 5, 6, 7, 8])).toBe('▁▂▃▄▅▆▇█');
});

test('no counts and counts of nothing draw nothing', () => {
  expect(sparkline([])).toBe('');
  expect(sparkline([0, 0])).toBe('  ');
});

test('values are counted by equal parts, the end belongs to the last', () => {
  expect(countParts([0, 9, 10, 19, 20, 30, 31, -1], 0, 30, 3)).toEqual([3, 2, 3]);
});

test('races are told over time only where there are enough of them for a shape', () => {
  const races = [0, 10, 290, 299, 300].map((startMs, id) => aRace({ id, startMs }));
  const trace = { ...aReport().trace, durationMs: 300 };
  const [fact, ...more] = activityFacts(aReport({ trace, races, requests: [] }));
  expect(more).toEqual([]);
  // 30 parts of 10 ms: one race in the first and in the second, three in the last.
  expect(fact?.text).toBe(`races    ▕▃▃${' '.repeat(27)}█▏ at most 3 in 10 ms`);
  expect(activityFacts(aReport({ trace, races: races.slice(1), requests: [] }))).toEqual([]);
  expect(activityFacts(aReport({ trace: { ...trace, durationMs: 0 }, races, requests: [] }))).toEqual([]);
});

const spread = { p90: 0, p95: 0, p99: 0, mad: 0 };

test('a boxplot has its box between the quartiles on an axis that all metrics share', () => {
  const slow = aMetric({ unit: 'ms', n: 5, summary: { ...spread, min: 1, p25: 10, p50: 32, p75: 100, max: 1000 } });
  const quick = aMetric({ unit: 'ms', n: 5, summary: { ...spread, min: 0, p25: 0, p50: 0, p75: 1, max: 2 } });
  const column = boxplotColumn([slow, quick]);
  // Three decades in 30 characters: 10 each, so 32 (10^1.505) falls into the sixteenth and 1000 into the last.
  expect(column.text?.(slow)).toBe('├─────────━━━━━┃━━━━━────────┤');
  expect(column.text?.(quick)).toBe('┃──┤');
  expect(column.title).toHaveLength(30);
  expect(column.title).toMatch(/^1 ms ·+ logarithmic ·+ 1 s$/);
});

test('rates, counts and single values have no boxplot', () => {
  const summary = { ...spread, min: 1, p25: 1, p50: 1, p75: 1, max: 1 };
  for (const metric of [aMetric({ unit: 'ratio', n: 9, summary }), aMetric({ unit: 'count', n: 9, summary }), aMetric({ unit: 'ms', n: 1, summary })]) {
    expect(boxplotColumn([metric]).value(metric)).toBeUndefined();
  }
});
