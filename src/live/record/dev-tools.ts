/**
 * The Chrome DevTools Protocol over a pair of pipes (`--remote-debugging-pipe`): JSON, each message ended by a NUL.
 *
 * No port is opened, so that nothing else on the machine can drive the browser; and the browser quits when the pipes
 * close, however this process ends.
 */
import type { Readable, Writable } from 'node:stream';

export type Parameters = Readonly<Record<string, unknown>>;

export interface DevToolsEvent {
  readonly method: string;
  readonly params: Parameters;
  readonly sessionId?: string;
}

/** The browser said no to a call, or is gone. */
export class DevToolsError extends Error {
  override readonly name = 'DevToolsError';
}

interface Pending {
  readonly resolve: (result: Parameters) => void;
  readonly reject: (error: Error) => void;
}

interface Message extends Partial<DevToolsEvent> {
  readonly id?: number;
  readonly result?: Parameters;
  readonly error?: { readonly message?: string };
}

export class DevTools {
  readonly #toBrowser: Writable;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Set<(event: DevToolsEvent) => void>();
  #lastId = 0;
  /** Of a message that is not whole. */
  #pieces: Buffer[] = [];
  #isClosed = false;

  constructor(toBrowser: Writable, fromBrowser: Readable) {
    this.#toBrowser = toBrowser;
    fromBrowser.on('data', (bytes: Buffer) => {
      this.#receive(bytes);
    });
    fromBrowser.on('close', () => {
      this.#close();
    });
    // Whoever waits for an answer is told by the end of the other pipe.
    for (const stream of [toBrowser, fromBrowser]) stream.on('error', () => undefined);
  }

  /** @throws DevToolsError */
  call(method: string, params: Parameters = {}, sessionId?: string): Promise<Parameters> {
    if (this.#isClosed) return Promise.reject(new DevToolsError('the browser is gone'));
    const id = ++this.#lastId;
    this.#toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  /** Returns what ends it. */
  listen(listener: (event: DevToolsEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #receive(bytes: Buffer): void {
    let from = 0;
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, from)) {
      this.#pieces.push(bytes.subarray(from, end));
      const text = Buffer.concat(this.#pieces).toString();
      this.#pieces = [];
      from = end + 1;
      this.#dispatch(JSON.parse(text) as Message);
    }
    if (from < bytes.length) this.#pieces.push(bytes.subarray(from));
  }

  #dispatch({ id, result = {}, error, method, params = {}, sessionId }: Message): void {
    if (id === undefined) {
      if (method === undefined) return;
      for (const listener of this.#listeners) listener({ method, params, ...(sessionId !== undefined && { sessionId }) });
      return;
    }
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error === undefined) pending?.resolve(result);
    else pending?.reject(new DevToolsError(error.message ?? 'the browser refused'));
  }

  #close(): void {
    this.#isClosed = true;
    for (const { reject } of this.#pending.values()) reject(new DevToolsError('the browser is gone'));
    this.#pending.clear();
  }
}
