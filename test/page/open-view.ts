/** The page of `view` as its server gives it, in a browser, with an ear for everything that should not happen. */
import { pathToFileURL } from 'node:url';
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterEach } from 'vitest';
import { openGivenLog } from '../../src/cli/view/given-log.ts';
import { listenOnLoopback } from '../../src/cli/view/listen-on-loopback.ts';
import { pageServer } from '../../src/cli/view/page-server.ts';
import { builtPage } from './built-page.ts';
import { listenForTrouble } from './trouble.ts';

export interface OpenView {
  readonly page: Page;
  readonly address: string;
  /** Console messages, exceptions, requests elsewhere and breaches of the content policy; empty as it should be. */
  readonly trouble: () => Promise<string[]>;
  /** Chooses a file at a press of what leads to it. */
  readonly chooseBy: (press: () => Promise<void>, name: string, content: Buffer) => Promise<void>;
  /** Chooses a file, as a reader does. */
  readonly choose: (name: string, content: Buffer) => Promise<void>;
  /** Waits for the report, saves it, and reads it back. */
  readonly saved: () => Promise<string>;
}

export interface ViewOptions extends BrowserContextOptions {
  /** A path given on the command line. */
  readonly trace?: string;
  readonly fragment?: string;
}

export function viewOpener(browser: () => Browser): (options?: ViewOptions) => Promise<OpenView> {
  const built = builtPage();
  const contexts: BrowserContext[] = [];
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    for (const end of ends.splice(0)) await end();
  });
  return async ({ trace, fragment = '', ...options } = {}) => {
    const log = trace === undefined ? undefined : await openGivenLog(trace, trace);
    const { listener, path } = await pageServer(log, 'secret', pathToFileURL(`${built()}/`));
    const { host, port, close } = await listenOnLoopback(listener, 0);
    ends.push(close, () => log?.close());
    const address = `http://${host}:${port}${path}`;
    const context = await browser().newContext(options);
    contexts.push(context);
    const page = await context.newPage();
    const trouble = await listenForTrouble(page, (asked) => asked.startsWith(address) || asked.startsWith('blob:'));
    await page.goto(address + fragment);
    const chooseBy: OpenView['chooseBy'] = async (press, name, content) => {
      const chooser = page.waitForEvent('filechooser');
      // By the time of an answer to this, the browser knows that there is nobody to show its dialog to.
      await page.evaluate('0');
      await press();
      await (await chooser).setFiles({ name, mimeType: '', buffer: content });
    };
    return {
      page,
      address,
      trouble,
      chooseBy,
      choose: (name, content) => chooseBy(() => page.getByRole('button', { name: /Choose a file|Open another log/ }).click(), name, content),
      async saved() {
        const save = page.getByRole('button', { name: 'Save as JSON' });
        const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
        return readFileSync(await download.path(), 'utf8');
      },
    };
  };
}
