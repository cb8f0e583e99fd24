/** Serves the page of `view` until it is interrupted. */
import { randomBytes } from 'node:crypto';
import { UsageError } from '../exit-code.ts';
import { warn, type Io } from '../io.ts';
import { openGivenLog } from './given-log.ts';
import { listenOnLoopback, type Listening } from './listen-on-loopback.ts';
import { openInBrowser } from './open-in-browser.ts';
import { pageServer, type PageServer } from './page-server.ts';

export interface ServePageOptions {
  readonly given: { readonly path: string; readonly name: string } | undefined;
  /** 0 for a free one. */
  readonly port: number;
  readonly open: boolean;
}

/** Its address goes to stdout. Throws `UnreadableTrace` or `UsageError` if it cannot begin. */
export async function servePage({ given, port, open }: ServePageOptions, io: Io): Promise<void> {
  const log = given === undefined ? undefined : await openGivenLog(given.path, given.name);
  try {
    const server = await pageServer(log, randomBytes(16).toString('base64url'));
    const listening = await listenAt(server, port);
    const address = `http://${listening.host}:${listening.port}${server.path}`;
    io.stdout.write(`${address}\n`);
    if (io.stderr.isTTY === true) warn(io, 'serving on this machine only; Ctrl-C ends it');
    if (open && !(await openInBrowser(address))) warn(io, 'found no browser to open; the address is above');
    await interruption(io.signal);
    listening.close();
  } finally {
    await log?.close();
  }
}

async function listenAt({ listener }: PageServer, port: number): Promise<Listening> {
  try {
    return await listenOnLoopback(listener, port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new UsageError(`port ${port} is in use; --port 0 takes a free one`);
    if (code === 'EACCES') throw new UsageError(`port ${port} is not for everyone; --port 0 takes a free one`);
    throw error;
  }
}

/** Never, without a signal. */
function interruption(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
