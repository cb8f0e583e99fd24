/** Drawing: the same bytes every time, text that stays text, and a page in which only our scripts run. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { lightTheme } from '../../src/report/charts/palette.ts';
import { raceWaterfall } from '../../src/report/charts/race-waterfall.ts';
import { winners } from '../../src/report/charts/winners.ts';
import { renderPage } from '../../src/render/render-page.ts';
import { renderPng } from '../../src/render/render-png.ts';
import { renderSvg } from '../../src/render/render-svg.ts';
import { textWidth } from '../../src/render/text-width.ts';
import { aRace, blackholeRace } from '../report/builders.ts';

const { race, resolution } = blackholeRace();
const waterfall = raceWaterfall(race, [resolution], lightTheme);

describe('an SVG', () => {
  test('has the same bytes every time, whatever was drawn before', async () => {
    const first = await renderSvg(waterfall);
    await renderSvg(winners([race], lightTheme));
    expect(await renderSvg(waterfall)).toBe(first);
  });

  test('keeps labels as text that can be found and copied', async () => {
    expect(await renderSvg(waterfall)).toMatch(/<text[^>]*>TCP 10\.77\.0\.21<\/text>/);
  });
});

describe('a PNG', () => {
  test('has the same bytes every time, and two pixels for each of the chart', async () => {
    const svg = await renderSvg(waterfall);
    const png = Buffer.from(await renderPng(svg));
    expect(Buffer.from(await renderPng(svg)).equals(png)).toBe(true);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(2 * Number(/width="(\d+)"/.exec(svg)?.[1]));
  });

  test('shows text, in fonts of its own', async () => {
    const drawing = (text: string): string => `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text x="5" y="25" font-family="DejaVu Sans, Verdana, sans-serif">${text}</text></svg>`;
    const [blank, shown] = [await renderPng(drawing('')), await renderPng(drawing('dual.test'))];
    expect(shown.length).toBeGreaterThan(blank.length);
  });
});

describe('a page', () => {
  const text = '</script><script>EVIL()</script><img src=x onerror=EVIL()>';
  let page = '';
  beforeAll(async () => {
    page = await renderPage(raceWaterfall(aRace({ ...race, destination: { scheme: 'https', host: text, port: 443 } }), [resolution], lightTheme));
  });

  /** What a parser of HTML takes for scripts: from each opening tag to the next closing one. */
  const scripts = (html: string): { attributes: string; source: string }[] => [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script/g)].map(([, attributes = '', source = '']) => ({ attributes, source }));

  test('allows its own three scripts by their hashes, and no other', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    const allowed = /script-src ([^;]*)/.exec(policy)?.[1]?.split(' ') ?? [];
    const running = scripts(page).filter(({ attributes }) => attributes === '');
    expect(running.map(({ source }) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`)).toEqual(allowed);
    expect(allowed).toHaveLength(3);
    expect(policy).toMatch(/^default-src 'none'; base-uri 'none'; form-action 'none'; /);
    expect(policy).not.toContain('unsafe');
  });

  test('holds text of a log as JSON and escaped text only', () => {
    expect(scripts(page).filter(({ source }) => source.includes('EVIL'))).toHaveLength(1);
    expect(scripts(page).filter(({ source }) => source.startsWith('EVIL'))).toEqual([]);
    expect(page).not.toMatch(/<img/);
    const [{ source } = { source: '' }] = scripts(page).filter(({ attributes }) => attributes.includes('application/json'));
    // A title has room for 70 columns of a destination.
    expect(JSON.parse(source)).toMatchObject({ title: { text: expect.stringContaining('</script><script>EVIL()') } });
  });

  test('loads nothing', () => {
    const outside = scripts(page).reduce((html, { source }) => html.replace(source, ''), page);
    // Without the values of attributes, in which text of the log may look like anything.
    expect(outside.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^<>]*\b(src|href)=|@import|url\(/);
  });
});

test('text is reckoned wider the more and the wider its characters are', () => {
  expect(textWidth('', 10)).toBe(0);
  expect(textWidth('iii', 10)).toBeLessThan(textWidth('www', 10));
  expect(textWidth('ab', 20)).toBe(2 * textWidth('ab', 10));
  // East Asian characters are as wide as high.
  expect(textWidth('例', 10)).toBe(10);
});
