/** Where results go: stdout, or a file that appears whole or not at all. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { link, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { plainStyle, type View } from '../report/view.ts';
import { UsageError } from './exit-code.ts';
import { styleFor, terminalWidth, type Io } from './io.ts';

export interface OutputOptions {
  readonly output?: string | undefined;
  readonly force?: boolean | undefined;
  readonly width?: number | undefined;
}

export interface Output {
  readonly view: View;
  write(chunk: string | Uint8Array): Promise<void>;
  /** All is written: a file takes its name now. */
  finish(): Promise<void>;
  /** Something went wrong: a file goes without a trace. */
  discard(): Promise<void>;
}

/** Nobody reads any more (`| head`): a reason to stop, not an error. */
export class ClosedOutput extends Error {
  override readonly name = 'ClosedOutput';
}

export async function openOutput(options: OutputOptions, io: Io): Promise<Output> {
  const { output, force = false, width } = options;
  if (output === undefined || output === '-') return stdoutOutput(io, width);
  const { signal } = io;
  return fileOutput(output, { force, ...(signal !== undefined && { signal }) }, {
    width: width ?? 80,
    style: io.env['FORCE_COLOR'] === undefined ? plainStyle : styleFor(io.stdout, io.env),
  });
}

function stdoutOutput(io: Io, width: number | undefined): Output {
  const { stdout } = io;
  let broken: Error | undefined;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    broken = error.code === 'EPIPE' ? new ClosedOutput() : error;
  });
  return {
    view: { width: width ?? terminalWidth(stdout), style: styleFor(stdout, io.env) },
    async write(chunk) {
      if (broken !== undefined) throw broken;
      await new Promise<void>((resolve, reject) => {
        // Waiting for the write itself tells of a closed pipe, and holds nothing back in memory.
        stdout.write(chunk, (error?: (Error & { code?: string }) | null) => {
          if (error === undefined || error === null) resolve();
          else reject(error.code === 'EPIPE' ? new ClosedOutput() : error);
        });
      });
    },
    finish: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  };
}

/** `signal`: once it is aborted no file takes its name any more. */
async function fileOutput(path: string, { force, signal }: { readonly force: boolean; readonly signal?: AbortSignal }, view: View): Promise<Output> {
  const existing = await stat(path).catch(() => undefined);
  if (existing?.isDirectory() === true) throw new UsageError(`--output ${path}: is a directory`);
  // A device or a pipe (/dev/stderr) is written to; replacing it by a file would be wrong.
  const isPlain = existing === undefined || existing.isFile();
  if (existing !== undefined && isPlain && !force) throw new UsageError(`--output ${path}: the file exists; --force replaces it`);
  const target = existing === undefined ? path : await realpath(path);
  const temporary = isPlain ? join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`) : target;
  const stream = createWriteStream(temporary, { flags: isPlain ? 'wx' : 'w' });
  let broken: Error | undefined;
  // A full disk can show between two writes, when nobody waits for one.
  stream.on('error', (error) => (broken = error));
  try {
    await once(stream, 'open');
  } catch (error) {
    throw new UsageError(`--output ${path}: ${(error as Error).message}`, { cause: error });
  }
  return {
    view,
    async write(chunk) {
      signal?.throwIfAborted();
      if (broken !== undefined) throw unwritable(path, broken);
      await writeTo(stream, chunk).catch((error: unknown) => {
        throw unwritable(path, error);
      });
    },
    async finish() {
      if (broken !== undefined) throw unwritable(path, broken);
      stream.end();
      await finished(stream).catch((error: unknown) => {
        throw unwritable(path, error);
      });
      signal?.throwIfAborted();
      if (isPlain) await give(temporary, target, force);
    },
    async discard() {
      stream.destroy();
      if (isPlain) await unlink(temporary).catch(() => undefined);
    },
  };
}

function unwritable(path: string, error: unknown): UsageError {
  return new UsageError(`--output ${path}: ${error instanceof Error ? error.message : String(error)}; nothing is left under that name`, { cause: error });
}

async function writeTo(stream: WriteStream, chunk: string | Uint8Array): Promise<void> {
  if (!stream.write(chunk)) await once(stream, 'drain');
}

/** Gives the finished file its name. Without `force` a file that came to be meanwhile stays. */
async function give(temporary: string, target: string, force: boolean): Promise<void> {
  if (force) {
    await rename(temporary, target);
    return;
  }
  try {
    // Unlike a rename, a link fails if the name is taken.
    await link(temporary, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new UsageError(`--output ${target}: the file exists by now; --force replaces it`, { cause: error });
    // A file system without hard links.
    await rename(temporary, target);
    return;
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
}
