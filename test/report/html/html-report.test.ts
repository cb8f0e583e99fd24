/** The file of a page: one document that stands alone, and that log text cannot leave its place in. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlReport } from '../../../src/report/html/html-report.ts';
import type { PageData } from '../../../src/report/html/page-data.ts';
import { tracePage } from '../../../src/report/html/trace-page.ts';
import { TOOL } from '../../../src/report/tool.ts';
import { aReport, aRequest } from '../builders.ts';

const assets = { script: 'document.title += "!";', style: 'body { color: red }' };
const page = tracePage(aReport(), { most: 10, filters: '' });
const dataWith = (file: string, url = 'https://a.test/'): PageData => ({
  tool: TOOL,
  traces: [{ ...page, file, requests: { rows: [aRequest({ url })], total: 1 }, sources: [], sourcesLeftOut: 0 }],
});
const dataOf = (html: string): unknown => JSON.parse(/<script type="application\/json" id="data">([^<]*)<\/script>/.exec(html)?.[1] ?? '');

describe('the content policy', () => {
  test('lets only the one script and the one style run, by their hashes, and nothing load', async () => {
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const html = await htmlReport(dataWith('a.json'), assets);
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${hash(assets.script)}; style-src ${hash(assets.style)}; base-uri 'none'; form-action 'none'">`,
    );
    expect(html).not.toMatch(/unsafe|https?:\/\/(?!a\.test|vega\.github\.io\/schema)/);
  });

  test('stands before everything that it governs', async () => {
    const html = await htmlReport(dataWith('a.json'), assets);
    const places = ['Content-Security-Policy', '<title>', '<style>', '<script'].map((part) => html.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });
});

describe('data in the file', () => {
  test('come back as they were', async () => {
    const data = dataWith('a.json');
    expect(dataOf(await htmlReport(data, assets))).toEqual(JSON.parse(JSON.stringify(data)));
  });

  test('come back whatever a log says, and never make an element', async () => {
    const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('</script><script>alert(1)</script>', '<!-- <script>', ']]>', '\u2028\u2029', '\u202egpj', '\ud800', '__proto__'));
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (file, url) => {
        const data = dataWith(file, url);
        const html = await htmlReport(data, assets);
        expect(html.match(/<script/g)).toHaveLength(2);
        expect(html.match(/<\/script/g)).toHaveLength(2);
        expect(html).not.toMatch(/<!--|[\u2028\u2029\u202e]/);
        expect(dataOf(html)).toEqual(JSON.parse(JSON.stringify(data)));
      }),
      { numRuns: 50 },
    );
  });
});

test('the title is text', async () => {
  const html = await htmlReport(dataWith('</title><b>&amp;'), assets);
  expect(html).toContain('<title>&lt;/title&gt;&lt;b&gt;&amp;amp; – netlog-analyze</title>');
});

test.each(['</script>', '<!-- x', 'a\r\nb', '</STYLE>'])('a script or style with %j is refused', async (text) => {
  await expect(htmlReport(dataWith('a.json'), { ...assets, script: text })).rejects.toThrow('cannot stand inside');
  await expect(htmlReport(dataWith('a.json'), { ...assets, style: text })).rejects.toThrow('cannot stand inside');
});
