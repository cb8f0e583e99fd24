/** Opens a file or stdin, and decompresses what is in it, whatever its name says. */
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { NetLogError } from '../netlog/errors.ts';
import type { Diagnostic } from '../netlog/event.ts';
import { type Compression, SIGNATURE_LENGTH, detectCompression } from './compression.ts';
import { type Decoder, decompress } from './decompress.ts';
import { INPUT_LIMITS, type InputLimits, limitedSize } from './limited-size.ts';
import { counted, fileBytes, peek } from './stored-bytes.ts';
import { openZip } from './zip.ts';

export interface OpenedInput {
  /** The path as given; `stdin` for `-`. */
  readonly name: string;
  /** Size as stored. Undefined for stdin and other pipes, of which only `bytesRead` tells in the end. */
  readonly bytes: number | undefined;
  readonly compression: Compression;
  /**
   * The bytes, decompressed; to be read once, and to the end or with an early `return`, which
   * closes the file. A chunk is valid until the next one is asked for.
   */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Bytes read so far, as stored. */
  bytesRead(): number;
  /** What was wrong with the compression; known once the chunks have ended. */
  diagnostics(): readonly Diagnostic[];
}

/** A zip archive that comes through a pipe has to be held whole: its directory is at its end. */
const LARGEST_PIPED_ZIP = 512 * 1024 * 1024;

/**
 * Opens `path`, or stdin if that is `-`. Throws a `NetLogError`: codes `no-such-file`,
 * `is-a-directory`, `unreadable`, `damaged-compression` (also later, from the chunks, if nothing
 * at all can be decompressed) and `zip-member`.
 */
export async function openInput(
  path: string,
  stdin: AsyncIterable<Uint8Array> = process.stdin,
  limits: InputLimits = INPUT_LIMITS,
): Promise<OpenedInput> {
  const isStdin = path === '-';
  const { source, size } = isStdin ? { source: stdin, size: undefined } : await openFile(path);
  const name = isStdin ? 'stdin' : path;
  const { head, all, close } = await peek(withClearErrors(source, name), SIGNATURE_LENGTH);
  const compression = detectCompression(head);

  let bytesRead = 0;
  const count = (stored: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> => counted(stored, (more) => (bytesRead += more));
  const diagnostics: Diagnostic[] = [];
  const note = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);

  let chunks: AsyncIterable<Uint8Array>;
  if (compression !== 'zip') chunks = salvage(count(all), compression, compression, note);
  else if (size === undefined) {
    const member = await openZip(await collect(count(all)));
    chunks = salvage(member.stored, member.deflated ? 'deflate' : 'none', compression, note, member);
  } else {
    await close();
    const member = await openZip(path);
    chunks = salvage(count(member.stored), member.deflated ? 'deflate' : 'none', compression, note, member);
  }
  // A plain file is as large as it is.
  if (compression !== 'none' || size === undefined) chunks = limitedSize(chunks, () => bytesRead, limits, note);
  return { name, bytes: size, compression, chunks, bytesRead: () => bytesRead, diagnostics: () => diagnostics };
}

/** Decompresses, and turns damage into a diagnostic, or into an error if there is nothing else. */
async function* salvage(
  stored: AsyncIterable<Uint8Array>,
  decoder: Decoder,
  compression: Compression,
  note: (diagnostic: Diagnostic) => void,
  expected?: { readonly size: number; readonly checksum: number },
): AsyncGenerator<Uint8Array> {
  let damage: string | undefined;
  let decoded = 0;
  let checksum = 0;
  for await (const chunk of decompress(stored, decoder, (reason) => (damage = reason))) {
    decoded += chunk.length;
    if (expected !== undefined) checksum = crc32(chunk, checksum);
    yield chunk;
  }
  if (expected !== undefined && decoded !== expected.size) damage ??= `${decoded} bytes instead of ${expected.size}`;
  if (expected !== undefined && checksum !== expected.checksum) damage ??= 'wrong checksum';
  if (damage === undefined) return;
  const found = `The ${compression} data is cut off or damaged, or of a kind that cannot be decompressed here (${damage})`;
  if (decoded === 0) throw new NetLogError('damaged-compression', `${found}. Copy the file again, or decompress it by other means.`);
  note({
    code: 'damaged-compression',
    severity: 'warning',
    message: `${found}. The first ${decoded} bytes of the log were decompressed and used.`,
    byteOffset: decoded,
  });
}

async function openFile(path: string): Promise<{ source: AsyncIterable<Uint8Array>; size: number | undefined }> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    const stat = await handle.stat();
    if (!stat.isDirectory()) return { source: fileBytes(handle), size: stat.isFile() ? stat.size : undefined };
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

async function* withClearErrors(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await chunks.next().catch((error: unknown) => {
        throw unreadable(name, error);
      });
      if (done === true) return;
      yield value;
    }
  } finally {
    await chunks.return?.();
  }
}

async function collect(stored: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stored) {
    length += chunk.length;
    if (length > LARGEST_PIPED_ZIP) {
      throw new NetLogError('unreadable', `Expected a zip archive of at most ${LARGEST_PIPED_ZIP} bytes from a pipe, found more. Save it as a file first.`);
    }
    chunks.push(chunk.slice());
  }
  return Buffer.concat(chunks);
}
