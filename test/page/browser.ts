/**
 * A real browser for tests: the Chromium that CHROMIUM names, or one on the PATH. Where there is none
 * the tests that need one are skipped and say so; under CI a missing browser is a failure.
 */
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { isExecutable } from '../../src/live/record/is-executable.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

function findBrowser(): string | undefined {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** Tests that get a browser, which is started once for all of them. */
export function describeInBrowser(title: string, tests: (browser: () => Browser) => void): void {
  const executablePath = findBrowser();
  if (executablePath === undefined && (process.env['CI'] ?? '') !== '')
    throw new Error('These tests need a browser: install chromium, or name one in the variable CHROMIUM');
  const remark = executablePath === undefined ? ' (skipped: no chromium on the PATH, and none named by CHROMIUM)' : '';
  describe.skipIf(executablePath === undefined)(`${title}${remark}`, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      // Containers run tests as root, where the sandbox does not start. The pages are our own.
      browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
    });
    afterAll(async () => {
      await browser?.close();
    });
    tests(() => {
      if (browser === undefined) throw new Error('The browser has not started');
      return browser;
    });
  });
}
