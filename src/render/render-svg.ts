/**
 * A chart as SVG, drawn by Vega without a browser: the same specification gives the same bytes, on every machine. Text
 * stays text, so widths are reckoned and not measured.
 */
import * as vega from 'vega';
import { compile } from 'vega-lite';
import type { ChartSpecification } from '../report/charts/chart-specification.ts';
import { textWidth } from './text-width.ts';

interface TextItem {
  readonly fontSize?: number;
}

/** Vega's own reckoning, which it lets others replace; its types leave it out. */
const { textMetrics } = vega as unknown as { textMetrics: { width: (item: TextItem, text: string | number | undefined) => number } };

export async function renderSvg(specification: ChartSpecification): Promise<string> {
  textMetrics.width = ({ fontSize = 11 }, text) => textWidth(String(text ?? ''), fontSize);
  const { spec } = compile(specification, { logger: vega.logger(vega.Error) });
  const view = new vega.View(vega.parse(spec), { renderer: 'none', logLevel: vega.Error });
  try {
    await view.runAsync();
    // Vega counts the ids of clip paths on and on; another chart before this one would change its bytes.
    vega.resetSVGDefIds();
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
