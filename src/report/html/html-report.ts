/**
 * A report as one HTML file that stands alone: its data as JSON, one style, one script, and a content
 * policy that lets nothing else run or load, not even what a log might smuggle in. Pure: the page's
 * script and style come in as text.
 */
import { dataBlock, markupText } from './markup.ts';
import type { PageData } from './page-data.ts';

/** The page's own code and looks, the same for every report. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

/** @throws if the assets hold what would end their element, or what a parser would change: a fault of the build. */
export async function htmlReport(data: PageData, { script, style }: PageAssets): Promise<string> {
  if (isUnfit(script) || isUnfit(style)) throw new Error('The page’s script or style cannot stand inside an HTML element');
  const policy = [
    "default-src 'none'",
    `script-src '${await sourceHash(script)}'`,
    `style-src '${await sourceHash(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${markupText(titleOf(data))}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<noscript>This page draws its report with a script of its own, and scripts are off. netlog-analyze prints the same report as text.</noscript>',
    `<script type="application/json" id="data">${dataBlock(data)}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** What ends a script or style element, starts a comment in it, or is changed by a parser, which would break the hash. */
const UNFIT = ['</script', '</style', '<!--', '\r', '\0'];

function isUnfit(text: string): boolean {
  const lower = text.toLowerCase();
  return UNFIT.some((part) => lower.includes(part));
}

function titleOf({ traces }: PageData): string {
  const [first] = traces;
  const more = traces.length > 1 ? ` and ${traces.length - 1} more` : '';
  return `${first?.file ?? 'nothing'}${more} – netlog-analyze`;
}

/** `sha256-…`, as a content policy names an inline element. */
async function sourceHash(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}
