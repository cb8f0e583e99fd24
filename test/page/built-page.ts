/** The page's files, built from their sources once for a file of tests. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** What it returns tells their folder, in which tests may put files of their own. */
export function builtPage(): () => string {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netlog-analyze-page-'));
    execFileSync('node', ['scripts/build-page.mjs', join(folder, 'page')], { stdio: 'pipe' });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return () => join(folder, 'page');
}
