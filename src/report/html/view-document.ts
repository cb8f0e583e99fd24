/**
 * The document of `netlog-analyze view`: the same page as that of a report, without data. It reads the logs that its
 * reader opens. Script, style, worker and icon lie beside it, and its content policy lets nothing else run or load.
 */
import { TOOL } from '../tool.ts';
import { dataBlock } from './markup.ts';

export interface ViewData {
  readonly tool: typeof TOOL;
  /** The log to begin with, if there is one: what it is called, and where it lies. */
  readonly given?: { readonly name: string; readonly address: string };
}

export function viewDocument(given: ViewData['given']): string {
  const data: ViewData = { tool: TOOL, ...(given === undefined ? {} : { given }) };
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<title>netlog-analyze</title>',
    '<link rel="icon" href="icon.svg">',
    '<link rel="stylesheet" href="page.css">',
    '</head>',
    '<body>',
    '<noscript>This page reads logs with a script of its own, and scripts are off. netlog-analyze prints its reports as text, too.</noscript>',
    `<script type="application/json" id="view">${dataBlock(data)}</script>`,
    '<script src="page.js"></script>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** `hasLog`: the page may fetch the log that it begins with. What readers open is not fetched. */
export function viewPolicy(hasLog: boolean): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "worker-src 'self'",
    `connect-src ${hasLog ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Two attempts side by side, one ahead. */
export const VIEW_ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect x="1" y="3" width="14" height="4" rx="1" fill="#1a7f37"/><rect x="5" y="9" width="7" height="4" rx="1" fill="#8c959f"/></svg>';
