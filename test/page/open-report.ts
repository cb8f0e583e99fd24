/** A report opened in a browser as a reader opens it, a file from disk, with an ear for everything that should not happen. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterEach } from 'vitest';
import { htmlReport } from '../../src/report/html/html-report.ts';
import type { PageData, TracePage } from '../../src/report/html/page-data.ts';
import { tracePage } from '../../src/report/html/trace-page.ts';
import type { Report } from '../../src/report/report.ts';
import { TOOL } from '../../src/report/tool.ts';
import { builtPage } from './built-page.ts';
import { listenForTrouble } from './trouble.ts';

export interface OpenReport {
  readonly page: Page;
  /** Console messages, exceptions, requests and breaches of the content policy since it was opened; empty as it should be. */
  readonly trouble: () => Promise<string[]>;
  readonly html: string;
}

export interface ReportOpener {
  readonly open: (data: PageData, fragment?: string, options?: BrowserContextOptions) => Promise<OpenReport>;
}

export function reportOpener(browser: () => Browser): ReportOpener {
  const built = builtPage();
  const contexts: BrowserContext[] = [];
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  let files = 0;
  return {
    async open(data, fragment = '', options = {}) {
      const asset = (name: string): string => readFileSync(join(built(), name), 'utf8');
      const html = await htmlReport(data, { script: asset('page.js'), style: asset('page.css') });
      const path = join(built(), `report-${files++}.html`);
      writeFileSync(path, html);
      const url = pathToFileURL(path).href;
      const context = await browser().newContext(options);
      contexts.push(context);
      const page = await context.newPage();
      const trouble = await listenForTrouble(page, (address) => address.startsWith(url));
      await page.goto(url + fragment);
      await page.locator('main').waitFor();
      return { page, html, trouble };
    },
  };
}

/** A trace's page without a log behind it: the events come as given. */
export function pageOf(report: Report, parts: Partial<TracePage> = {}): TracePage {
  return { ...tracePage(report, { most: 2000, filters: '' }), sources: [], sourcesLeftOut: 0, ...parts };
}

export function dataOf(...traces: readonly TracePage[]): PageData {
  return { tool: TOOL, traces };
}
