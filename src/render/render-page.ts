/**
 * A chart as one HTML page that needs nothing else: the drawing, and Vega to draw it anew with tooltips.
 *
 * What came from a log stands in the page as escaped text of the drawing and as JSON, and can be neither markup nor
 * script. Should it get past that, the page's policy runs the scripts written here and no other, evaluates no strings
 * (Vega's expressions are interpreted), and loads nothing.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compile } from 'vega-lite';
import type { ChartSpecification } from '../report/charts/chart-specification.ts';
import { escapeHtml } from './escape-html.ts';
import { renderSvg } from './render-svg.ts';

const STYLE = 'body{margin:0;padding:8px}';

const START = `
const specification = JSON.parse(document.getElementById('specification').textContent);
document.getElementById('chart').replaceChildren();
new vega.View(vega.parse(specification, null, { ast: true }), { expr: interpret, renderer: 'svg', container: '#chart', logLevel: vega.Error }).runAsync();
`;

export async function renderPage(specification: ChartSpecification): Promise<string> {
  const svg = await renderSvg(specification);
  const { spec } = compile(specification);
  const { description, background } = specification;
  const title = typeof description === 'string' ? description : 'Chart';
  const style = `${STYLE}html{background:${typeof background === 'string' ? background : '#ffffff'}}`;
  const scripts = [vega(), interpreter(), START];
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src ${hashOf(style)}; script-src ${scripts.map(hashOf).join(' ')}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<title>${escapeHtml(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    // Stands in until the script has drawn, and for readers without script.
    `<div id="chart">${svg}</div>`,
    `<script type="application/json" id="specification">${inertJson(spec)}</script>`,
    ...scripts.map((script) => `<script>${script}</script>`),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Without `<`, nothing in it ends the element that holds it, or begins a comment. */
function inertJson(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

const { resolve } = createRequire(import.meta.url);

/** Vega's own bundle for browsers, which lies beside its module. */
function vega(): string {
  return script(readFileSync(join(dirname(resolve('vega')), 'vega.min.js'), 'utf8'));
}

/** The interpreter is published as a module only; its few imports are all in Vega's bundle. */
function interpreter(): string {
  const source = readFileSync(resolve('vega-interpreter'), 'utf8');
  const [whole = '', imports = '', body = '', name = ''] = /^import (\{[^}]*\}) from 'vega-util';\n([\s\S]*)export \{ (\w+) as expressionInterpreter \};/.exec(source) ?? [];
  if (whole === '') throw new Error('vega-interpreter has another shape than the one pinned in package.json');
  return script(`const interpret = (() => {\nconst ${imports} = vega;\n${body}return ${name};\n})();`);
}

function script(source: string): string {
  if (/<\/script|<!--|\r/i.test(source)) throw new Error('a script that cannot stand inside a page');
  return source.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
}
