/** Opens a file or stdin, and decompresses what is in it, whatever its name says. */
import { type FileHandle, open } from 'node:fs/promises';
import { NetLogError } from '../netlog/errors.ts';
import { fileBytes } from './file-bytes.ts';
import { INPUT_LIMITS, type InputLimits } from './limited-size.ts';
import { nodeInflater } from './node-inflater.ts';
import { type OpenedInput, type StoredInput, openStored } from './opened-input.ts';
import { openZip } from './zip.ts';

/**
 * Opens `path`, or stdin if that is `-`. Throws a `NetLogError`: codes `no-such-file`,
 * `is-a-directory`, `unreadable`, and those of `openStored`.
 */
export async function openInput(
  path: string,
  stdin: AsyncIterable<Uint8Array> = process.stdin,
  limits: InputLimits = INPUT_LIMITS,
): Promise<OpenedInput> {
  const stored = path === '-' ? piped('stdin', stdin) : await openFile(path);
  return openStored(stored, nodeInflater, limits);
}

function piped(name: string, source: AsyncIterable<Uint8Array>): StoredInput {
  return { kind: 'pipe', name, source, unreadable: (error) => unreadable(name, error), openZip: (archive) => openZip(Buffer.from(archive.buffer, archive.byteOffset, archive.length)) };
}

async function openFile(path: string): Promise<StoredInput> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    const stat = await handle.stat();
    if (!stat.isDirectory()) {
      const source = fileBytes(handle);
      if (!stat.isFile()) return piped(path, source);
      return { kind: 'file', name: path, source, unreadable: (error) => unreadable(path, error), size: stat.size, openZip: () => openZip(path) };
    }
  } catch (error) {
    await handle?.close();
    throw unreadable(path, error);
  }
  await handle.close();
  throw new NetLogError('is-a-directory', `Expected a NetLog file, found that "${path}" is a directory. Name a file in it.`);
}

function unreadable(name: string, error: unknown): NetLogError {
  const reason = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT'
    ? new NetLogError('no-such-file', `Expected a NetLog file, found no file "${name}". Check its name.`, { cause: error })
    : new NetLogError('unreadable', `Expected a NetLog file, found that "${name}" cannot be read (${reason}).`, { cause: error });
}
