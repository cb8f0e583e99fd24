/** Every kind of chart is explained, with a picture. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SIMULATION_CHARTS, TRACE_CHARTS } from '../../../src/report/charts/charts.ts';

const guide = readFileSync('docs/charts.md', 'utf8');

test.each(Object.entries({ ...TRACE_CHARTS, ...SIMULATION_CHARTS }))('%s has a section with a picture in docs/charts.md', (kind, { describe: words }) => {
  expect(guide).toContain(`| [\`${kind}\`](#${kind}) | ${words} |`);
  const [, section = ''] = guide.split(`\n## ${kind}\n`);
  const [, picture = ''] = /!\[[^\]]+\]\(([^)]+)\)/.exec(section) ?? [];
  expect(picture).toMatch(new RegExp(`^charts/${kind}(-\\d+)?\\.svg$`));
  expect(existsSync(`docs/${picture}`)).toBe(true);
});
