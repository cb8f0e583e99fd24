/**
 * Charts and tables as notebooks show them. Kernels of JavaScript ask a cell's last value for its forms (Deno's does, by
 * the symbol below) and keep them all in the notebook; who opens it picks the best that he can show.
 */
import type { ChartSpecification } from '../report/charts/chart-specification.ts';
import type { CellValue, Column } from '../report/column.ts';
import { MISSING } from '../report/format.ts';
import { markdownTable } from '../report/markdown/table.ts';
import { plainText } from '../report/plain-text.ts';
import { escapeHtml } from './escape-html.ts';

const DISPLAY: unique symbol = Symbol.for('Jupyter.display');

/** The last value of a cell: what it shows, by media type. */
export interface NotebookOutput {
  readonly [DISPLAY]: () => Readonly<Record<string, unknown>>;
}

/** What most notebooks that draw Vega-Lite themselves know; nothing that charts use differs between versions 5 and 6. */
const VEGA_LITE = { mediaType: 'application/vnd.vegalite.v5+json', schema: 'https://vega.github.io/schema/vega-lite/v5.json' };

/** Pixels of the picture for each of the chart: notebooks are kept in version control, and pictures are most of them. */
const ZOOM = 1.5;

/**
 * A chart both as Vega-Lite, which notebooks draw with tooltips, and as PNG, which is all that some places show.
 *
 * @throws MissingRenderer if an optional package that PNG needs is not installed
 */
export async function notebookChart(specification: ChartSpecification): Promise<NotebookOutput> {
  const [{ renderSvg }, { renderPng }] = await Promise.all([import('./render-svg.ts'), import('./render-png.ts')]);
  const png = Buffer.from(await renderPng(await renderSvg(specification), ZOOM)).toString('base64');
  return { [DISPLAY]: () => ({ [VEGA_LITE.mediaType]: { ...specification, $schema: VEGA_LITE.schema }, 'image/png': png }) };
}

/** A value of a table; `null` and `undefined` show as missing. */
export type NotebookCell = CellValue | null;

/** Records as a table, in their order; its columns are the keys of the first. Numbers stand as they are given: round them before. */
export function notebookTable(records: readonly Readonly<Record<string, NotebookCell>>[]): NotebookOutput {
  const columns = Object.keys(records[0] ?? {}).map((id): Column<(typeof records)[number]> => {
    const isNumeric = records.some((record) => typeof record[id] === 'number');
    return { id, title: id, rank: 0, ...(isNumeric && { align: 'right' }), value: (record) => valueOf(record[id]) };
  });
  const cell = (tag: 'th' | 'td', { align }: { readonly align?: 'right' }, text: string): string => `<${tag} style="text-align: ${align ?? 'left'}">${escapeHtml(plainText(text))}</${tag}>`;
  const head = columns.map((column) => cell('th', column, column.id));
  const rows = records.map((record) => columns.map((column) => cell('td', column, String(column.value(record) ?? MISSING))));
  const html = [head, ...rows].map((cells) => `<tr>${cells.join('')}</tr>\n`).join('');
  return { [DISPLAY]: () => ({ 'text/html': `<table>\n${html}</table>`, 'text/plain': markdownTable(columns, records) }) };
}

function valueOf(cell: NotebookCell | undefined): CellValue {
  // A table of booleans tells both.
  return typeof cell === 'boolean' ? (cell ? 'yes' : 'no') : (cell ?? undefined);
}
