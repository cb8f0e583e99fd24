/** The chart of two sides: what is drawn, how much of it, and what a hostile name can do in it. */
import { compile } from 'vega-lite';
import { expect, test } from 'vitest';
import { compareDistributions } from '../../../src/report/charts/compare-distributions.ts';
import { darkTheme, lightTheme } from '../../../src/report/charts/palette.ts';
import { aRun, millisMetric, runsOf } from '../../compare/runs.ts';
import { compared, slowBranch } from '../compare/comparisons.ts';

const rowsOf = (specification: object): Record<string, unknown>[] => (specification as { data: { values: Record<string, unknown>[] } }).data.values;

test('the specification of two runs a side', async () => {
  await expect(`${JSON.stringify(compareDistributions(compared(runsOf(100, 102), runsOf(200, 200)), lightTheme), null, 2)}\n`).toMatchFileSnapshot('__golden__/compare-distributions.vl.json');
});

test('has a dot for each value, larger for several runs, and a median for each side', () => {
  const rows = rowsOf(compareDistributions(compared(runsOf(100, 100, 102, 103), runsOf(200, 201, 202, 203)), lightTheme));
  expect(rows.filter(({ kind, side }) => kind === 'run' && side === 'base').map(({ value, runs }) => [value, runs])).toEqual([[100, 2], [102, 1], [103, 1]]);
  expect(rows.filter(({ kind }) => kind === 'median').map(({ side, value }) => [side, value])).toEqual([['base', 101], ['new', 201.5]]);
});

test('stays small for many runs, and says so', () => {
  const many = Array.from({ length: 2000 }, (_, i) => i / 7);
  const specification = compareDistributions({ ...compared(runsOf(1, 2), runsOf(1, 3)), metrics: compared(runsOf(...many.slice(0, 30)), runsOf(...many.slice(0, 30))).metrics.map((metric) => ({ ...metric, base: { values: many, median: 0 } })) }, lightTheme);
  expect(rowsOf(specification).length).toBeLessThan(300);
  expect(JSON.stringify(specification)).toContain('200 evenly spaced order statistics');
});

test('says why it is empty', () => {
  expect(JSON.stringify(compareDistributions(compared([aRun()], [aRun()]), lightTheme))).toContain('No metric has values on both sides that differ');
});

test('compiles in both themes', () => {
  for (const theme of [lightTheme, darkTheme]) expect(() => compile(compareDistributions(slowBranch(), theme))).not.toThrow();
});

test('holds names as data only, made visible', () => {
  const named = (id: string) => [1, 2].map((ms) => aRun({ metrics: [millisMetric([ms], { id })] }));
  const specification = compareDistributions({ ...compared(named('x\u202E'), named('x\u202E')), base: { label: "datum['a']\u001B", runs: [] } }, lightTheme);
  const text = JSON.stringify(specification);
  // oxlint-disable-next-line no-control-regex -- that is what must not be there
  expect(text).not.toMatch(/[\u001B\u202E]/);
  expect(text).toContain('x\\\\u202e');
  const { data: _data, ...rest } = specification as { data: unknown };
  expect(JSON.stringify(rest)).not.toMatch(/"(filter|calculate|expr)":"[^"]*datum\['a'\]/);
});
