/** A report opened in a browser as a reader opens it, a file from disk, with an ear for everything that should not happen. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { htmlReport, type PageAssets } from '../../src/report/html/html-report.ts';
import type { PageData, TracePage } from '../../src/report/html/page-data.ts';
import { tracePage } from '../../src/report/html/trace-page.ts';
import type { Report } from '../../src/report/report.ts';
import { TOOL } from '../../src/report/tool.ts';

export interface OpenReport {
  readonly page: Page;
  /** Console messages, exceptions, requests and breaches of the content policy since it was opened; empty as it should be. */
  readonly trouble: () => Promise<string[]>;
  readonly html: string;
}

export interface ReportOpener {
  readonly open: (data: PageData, fragment?: string, options?: BrowserContextOptions) => Promise<OpenReport>;
}

/** Builds the page from its sources, once for a file of tests. */
export function reportOpener(browser: () => Browser): ReportOpener {
  let folder = '';
  let assets: PageAssets | undefined;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netlog-analyze-page-'));
    execFileSync('node', ['scripts/build-page.mjs', join(folder, 'page')], { stdio: 'pipe' });
    const asset = (name: string): string => readFileSync(join(folder, 'page', name), 'utf8');
    assets = { script: asset('page.js'), style: asset('page.css') };
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const contexts: BrowserContext[] = [];
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  let files = 0;
  return {
    async open(data, fragment = '', options = {}) {
      if (assets === undefined) throw new Error('The page has not been built');
      const html = await htmlReport(data, assets);
      const path = join(folder, `report-${files++}.html`);
      writeFileSync(path, html);
      const url = pathToFileURL(path).href;
      const context = await browser().newContext(options);
      contexts.push(context);
      const page = await context.newPage();
      const heard: string[] = [];
      page.on('console', (message) => heard.push(`console: ${message.text()}`));
      page.on('pageerror', (error) => heard.push(`exception: ${error.message}`));
      page.on('request', (request) => {
        if (!request.url().startsWith(url)) heard.push(`request: ${request.url()}`);
      });
      await page.addInitScript('window.breaches = []; addEventListener("securitypolicyviolation", (e) => breaches.push(`${e.violatedDirective}: ${e.blockedURI}`));');
      await page.goto(url + fragment);
      await page.locator('main').waitFor();
      return { page, html, trouble: async () => [...heard, ...(await page.evaluate<string[]>('breaches'))] };
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
