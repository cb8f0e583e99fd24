/** One run: a browser is started with a new profile, loads one page, and goes; its log takes its name then. */
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Millis } from '../../units.ts';
import { BrowserProcess } from './browser-process.ts';
import { type PageOutcome, loadPage } from './load-page.ts';

export interface RunOptions {
  readonly browser: string;
  readonly flags: readonly string[];
  readonly url: string;
  /** Of the log; a file of this name is replaced. */
  readonly path: string;
  /** For the page. */
  readonly timeoutMs: Millis;
  /** Ends the browser, and leaves no log. */
  readonly signal: AbortSignal;
}

export interface RunResult {
  readonly version: string;
  readonly page: PageOutcome;
  readonly browserEnd: 'closed' | 'killed';
}

/** @throws BrowserError if the browser does not start or breaks down; the signal's reason if it was aborted */
export async function recordRun({ browser: executable, flags, url, path, timeoutMs, signal }: RunOptions): Promise<RunResult> {
  // In the same folder, since browsers that are confined may write to few others, and so that renaming is all that is left to do.
  const unfinished = `${path}.part`;
  await mkdir(dirname(path), { recursive: true });
  try {
    signal.throwIfAborted();
    const { browser, version } = await BrowserProcess.start(executable, [...flags, `--log-net-log=${unfinished}`]);
    const page = await whileNotAborted(browser, signal, () => loadPage(browser.devTools, url, timeoutMs));
    const browserEnd = await whileNotAborted(browser, signal, () => browser.close());
    await rename(unfinished, path);
    return { version, page, browserEnd };
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** However the work ends but well, the browser is gone afterwards. */
async function whileNotAborted<Result>(browser: BrowserProcess, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  const kill = (): void => {
    browser.kill().catch(() => undefined);
  };
  signal.addEventListener('abort', kill);
  try {
    signal.throwIfAborted();
    const result = await work();
    signal.throwIfAborted();
    return result;
  } catch (error) {
    await browser.kill();
    signal.throwIfAborted();
    throw browser.errorOf(error);
  } finally {
    signal.removeEventListener('abort', kill);
  }
}
