/** A browser with a profile of its own, from its start to its end. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { DevTools } from './dev-tools.ts';

const STARTS_WITHIN_MS = 30_000;
/** Writing the end of a large log takes its time. */
const ENDS_WITHIN_MS = 20_000;
/** Characters of what the browser says that are kept. */
const KEPT = 10_000;

/** It does not start, or is gone before it was asked to go; the message says what it said itself. */
export class BrowserError extends Error {
  override readonly name = 'BrowserError';
}

export class BrowserProcess {
  readonly devTools: DevTools;
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #gone: Promise<unknown>;
  #said = '';
  #isGone = false;

  private constructor(path: string, flags: readonly string[], profile: string) {
    this.#profile = profile;
    // A group of its own: the keyboard's interrupt is ours to act on, and the browser's children can be ended with it.
    const child = spawn(path, [...flags, '--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], detached: process.platform !== 'win32' });
    this.#process = child;
    this.#gone = new Promise((resolve) => {
      child.once('exit', resolve);
      child.once('error', (error) => {
        this.#said += error.message;
        resolve(undefined);
      });
    }).then(() => (this.#isGone = true));
    const [, , errors, toBrowser, fromBrowser] = child.stdio as [null, null, Readable, Writable, Readable];
    errors.on('data', (bytes: Buffer) => (this.#said = (this.#said + bytes.toString()).slice(-KEPT)));
    this.devTools = new DevTools(toBrowser, fromBrowser);
  }

  /** Ready to be driven. @throws BrowserError */
  static async start(path: string, flags: readonly string[]): Promise<{ readonly browser: BrowserProcess; readonly version: string }> {
    const browser = new BrowserProcess(path, flags, await mkdtemp(join(tmpdir(), 'netlog-analyze-profile-')));
    try {
      const late = delay(STARTS_WITHIN_MS, undefined, { ref: false }).then(() => Promise.reject(new Error('it does not answer')));
      const { product } = await Promise.race([browser.devTools.call('Browser.getVersion'), late]);
      return { browser, version: String(product) };
    } catch (error) {
      await browser.kill();
      throw browser.errorOf(error);
    }
  }

  /** What went wrong in the browser's own words, where it has any that help. */
  errorOf(error: unknown): BrowserError {
    const lines = this.#said.split('\n').filter((line) => line.trim() !== '');
    const line = lines.find((said) => said.includes('--no-sandbox')) ?? lines.at(-1);
    const said = line === undefined ? '' : `; it said: ${line.replace(/^\[[^\]]*\]\s*/, '').trim()}`;
    return new BrowserError(`${error instanceof Error ? error.message : String(error)}${said}`, { cause: error });
  }

  /** By the way that has it finish its log; `killed` if it does not go. */
  async close(): Promise<'closed' | 'killed'> {
    this.devTools.call('Browser.close').catch(() => undefined);
    await Promise.race([this.#gone, delay(ENDS_WITHIN_MS, undefined, { ref: false })]);
    const end = this.#isGone ? 'closed' : 'killed';
    await this.kill();
    return end;
  }

  /** At once, with all its children; nothing of it is left then, nor of its profile. */
  async kill(): Promise<void> {
    this.#killGroup();
    await this.#gone;
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  #killGroup(): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    if (process.platform === 'win32') {
      if (!this.#isGone) spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
      return;
    }
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // None of them is there any more.
    }
  }
}
