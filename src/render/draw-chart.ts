/** A chart in any of its forms. What draws is large and is loaded only here, when something is drawn. */
import type { ChartSpecification } from '../report/charts/chart-specification.ts';
import { plainJson } from '../report/plain-text.ts';
import type { ChartFormat } from './chart-format.ts';

/**
 * Draws a chart: text for `svg`, `html` and `vl.json`, bytes for `png`. The same specification gives the same text.
 *
 * @throws MissingRenderer if `png` needs an optional package that is not installed
 */
export function drawChart(specification: ChartSpecification, format: 'png'): Promise<Uint8Array>;
export function drawChart(specification: ChartSpecification, format: Exclude<ChartFormat, 'png'>): Promise<string>;
export function drawChart(specification: ChartSpecification, format: ChartFormat): Promise<string | Uint8Array>;
export async function drawChart(specification: ChartSpecification, format: ChartFormat): Promise<string | Uint8Array> {
  switch (format) {
    case 'vl.json':
      return `${plainJson(JSON.stringify(specification, null, 2))}\n`;
    case 'svg': {
      const { renderSvg } = await import('./render-svg.ts');
      return renderSvg(specification);
    }
    case 'html': {
      const { renderPage } = await import('./render-page.ts');
      return renderPage(specification);
    }
    case 'png': {
      const [{ renderSvg }, { renderPng }] = await Promise.all([import('./render-svg.ts'), import('./render-png.ts')]);
      return renderPng(await renderSvg(specification));
    }
  }
}
