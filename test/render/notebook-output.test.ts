/** What a notebook keeps of a chart and of a table. */
import { describe, expect, it } from 'vitest';
import { notebookChart, type NotebookOutput, notebookTable } from '../../src/render/notebook-output.ts';
import { framed, retitled } from '../../src/report/charts/chart-specification.ts';
import { lightTheme } from '../../src/report/charts/palette.ts';

/** As kernels ask. */
const shown = (output: NotebookOutput) => (output as unknown as Record<symbol, () => Record<string, unknown>>)[Symbol.for('Jupyter.display')]?.() ?? {};

const chart = framed(lightTheme, { title: 'Lengths', subtitle: ['n = 1'] }, { width: 40, height: 20, data: { values: [{ ms: 7 }] }, mark: 'point', encoding: { x: { field: 'ms', type: 'quantitative' } } });

describe('a chart in a notebook', () => {
  it('is there as a specification, with its data, and as a picture', async () => {
    const forms = shown(await notebookChart(chart));
    expect(Object.keys(forms)).toEqual(['application/vnd.vegalite.v5+json', 'image/png']);
    expect(forms['application/vnd.vegalite.v5+json']).toMatchObject({ $schema: 'https://vega.github.io/schema/vega-lite/v5.json', data: { values: [{ ms: 7 }] }, title: { text: 'Lengths' } });
    const png = Buffer.from(String(forms['image/png']), 'base64');
    expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  });

  it('is the same bytes each time', async () => {
    expect(shown(await notebookChart(chart))).toEqual(shown(await notebookChart(chart)));
  });
});

describe('a chart with another title', () => {
  it('says what is to be seen, then what it shows', () => {
    expect(retitled(chart, 'One is seven long')).toMatchObject({ description: 'One is seven long', title: { text: ['One is seven long'], subtitle: ['Lengths', 'n = 1'] } });
  });

  it('breaks a title that is wider than the plot', () => {
    const title = 'A title of more than sixty-six columns finds no room beside the plot that it belongs to';
    const { title: heading } = retitled(chart, title) as { title: { text: string[] } };
    expect(heading.text).toEqual(['A title of more than sixty-six columns finds no room beside the', 'plot that it belongs to']);
  });
});

describe('a table in a notebook', () => {
  const rowsOf = (records: Parameters<typeof notebookTable>[0]) => String(shown(notebookTable(records))['text/html']).split('\n').slice(1, -1);

  it('has the keys of the first record as columns, and numbers on the right', () => {
    expect(rowsOf([{ host: 'www.example', ms: 320.5 }, { host: 'api.example', ms: 7 }])).toEqual([
      '<tr><th style="text-align: left">host</th><th style="text-align: right">ms</th></tr>',
      '<tr><td style="text-align: left">www.example</td><td style="text-align: right">320.5</td></tr>',
      '<tr><td style="text-align: left">api.example</td><td style="text-align: right">7</td></tr>',
    ]);
  });

  it('shows what is missing as missing, and both truth values', () => {
    expect(rowsOf([{ a: null, b: undefined, c: true, d: false, e: 0 }])[1]?.replaceAll(/<[^>]+>/g, ' ').split(/\s+/).filter(Boolean)).toEqual(['–', '–', 'yes', 'no', '0']);
  });

  it('is text beside, for what shows no HTML', () => {
    expect(shown(notebookTable([{ host: 'www', ms: 5 }]))['text/plain']).toBe('| host | ms |\n| --- | ---: |\n| www | 5 |\n');
  });

  it('lets nothing of a log become markup, or reorder text', () => {
    const [head, row] = rowsOf([{ '<b>': '<script>alert(1)</script>\u202e' }]);
    expect(head).toContain('&lt;b&gt;');
    expect(row).toBe('<tr><td style="text-align: left">&lt;script&gt;alert(1)&lt;/script&gt;\\u202e</td></tr>');
  });

  it('of no records is empty', () => {
    expect(rowsOf([])).toEqual(['<tr></tr>']);
  });
});
