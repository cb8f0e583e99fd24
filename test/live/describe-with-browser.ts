/**
 * Tests of recording need a browser: the one that CHROMIUM names, or one in the usual places. Where there is none they
 * are left out and say so; under CI a missing browser is a failure.
 */
import { existsSync } from 'node:fs';
import { describe } from 'vitest';
import { findBrowser } from '../../src/live/record/find-browser.ts';

export function describeWithBrowser(title: string, tests: (browser: string) => void): void {
  const { env, platform } = process;
  const path = findBrowser({ platform, env: { ...env, CHROME_PATH: env['CHROMIUM'] ?? env['CHROME_PATH'] }, exists: existsSync });
  if (path === undefined && (env['CI'] ?? '') !== '') throw new Error('These tests need a browser: install chromium, or name one in the variable CHROMIUM');
  const remark = path === undefined ? ' (left out: no Chrome, Chromium or Edge found, and none named by CHROMIUM)' : '';
  describe.skipIf(path === undefined)(`${title}${remark}`, () => {
    tests(path ?? '');
  });
}
