/** The specification of each kind over small rows; the config, which all share, stands in a golden of its own. */
import { describe, expect, test } from 'vitest';
import { emptyChart } from '../../../src/report/charts/chart-specification.ts';
import { darkTheme, lightTheme } from '../../../src/report/charts/palette.ts';
import { everyChart } from './every-chart.ts';
import { aSweep, profileRows, races, requests, resolutions, sessions } from './small-reports.ts';

const charts = everyChart({ races, resolutions, sessions, requests, profileRows, sweep: aSweep }, lightTheme);

describe('the specification of', () => {
  test.each(Object.entries(charts))('%s', async (kind, specification) => {
    const ownPart = Object.fromEntries(Object.entries(specification).filter(([key]) => key !== 'config'));
    await expect(readable(ownPart)).toMatchFileSnapshot(`__golden__/${kind}.vl.json`);
  });

  test('an empty chart, with the config of all', async () => {
    await expect(readable(emptyChart(darkTheme, 'A title', 'Why it is empty.'))).toMatchFileSnapshot('__golden__/empty-dark.vl.json');
  });
});

/** JSON with each row of data, and whatever else is short, on one line. */
function readable(value: unknown, indent = ''): string {
  const short = JSON.stringify(value).replace(/"(?:[^"\\]|\\.)*"|[:,{}]/g, (token) => ({ ':': ': ', ',': ', ', '{': '{ ', '}': ' }' })[token] ?? token);
  if (typeof value !== 'object' || value === null || short.length + indent.length <= 140) return short + (indent === '' ? '\n' : '');
  const inner = `${indent}  `;
  const parts = Array.isArray(value) ? value.map((item) => inner + readable(item, inner)) : Object.entries(value).map(([key, member]) => `${inner}${JSON.stringify(key)}: ${readable(member, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${parts.join(',\n')}\n${indent}${close}${indent === '' ? '\n' : ''}`;
}
