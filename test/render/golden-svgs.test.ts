/**
 * Every kind of chart as it is drawn, over small rows; one element a line, so that a change of the drawing shows in the
 * difference. Open a golden in a browser to see it.
 */
import { expect, test } from 'vitest';
import { renderSvg } from '../../src/render/render-svg.ts';
import { lightTheme } from '../../src/report/charts/palette.ts';
import { everyChart } from '../report/charts/every-chart.ts';
import { aSweep, profileRows, races, requests, resolutions, sessions } from '../report/charts/small-reports.ts';

const charts = everyChart({ races, resolutions, sessions, requests, profileRows, sweep: aSweep }, lightTheme);

test.each(Object.entries(charts))('%s', async (kind, specification) => {
  const svg = await renderSvg(specification);
  await expect(svg.replaceAll('><', '>\n<')).toMatchFileSnapshot(`__golden__/${kind}.svg`);
});
