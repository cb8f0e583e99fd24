/** The page's script and style, as the build leaves them in `dist`; found from the source tree and from the installed package alike. */
import { readFile } from 'node:fs/promises';
import type { PageAssets } from '../../report/html/html-report.ts';

export const BUILT_PAGE = new URL('../../../dist/page/', import.meta.url);

export async function readPageAssets(): Promise<PageAssets> {
  const [script, style] = await Promise.all(['page.js', 'page.css'].map((name) => readFile(new URL(name, BUILT_PAGE), 'utf8')));
  return { script: script ?? '', style: style ?? '' };
}
