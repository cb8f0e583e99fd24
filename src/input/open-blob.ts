/** Opens a log where there is no Node: a `Blob`, or the chunks of any stream. */
import { NetLogError } from '../netlog/errors.ts';
import { blobBytes } from './blob-bytes.ts';
import { openBlobZip } from './blob-zip.ts';
import { INPUT_LIMITS, type InputLimits } from './limited-size.ts';
import { type OpenedInput, type StoredInput, openStored } from './opened-input.ts';
import { webInflater } from './web-inflater.ts';

/** A chunk may be reused by its producer when the next one is asked for. */
export type LogBytes = Blob | AsyncIterable<Uint8Array>;

/** Throws a `NetLogError`: code `unreadable` if the bytes cannot be had, and those of `openStored`. */
export async function openBlob(bytes: LogBytes, name: string, limits: InputLimits = INPUT_LIMITS): Promise<OpenedInput> {
  return openStored(storedInput(bytes, name), webInflater, limits);
}

function storedInput(bytes: LogBytes, name: string): StoredInput {
  const unreadable = (error: unknown): NetLogError => {
    const reason = error instanceof Error ? error.message : String(error);
    return new NetLogError('unreadable', `Expected a NetLog file, found that "${name}" cannot be read (${reason}).`, { cause: error });
  };
  return bytes instanceof Blob
    ? { kind: 'file', name, source: blobBytes(bytes), size: bytes.size, unreadable, openZip: () => openBlobZip(bytes) }
    : { kind: 'pipe', name, source: bytes, unreadable, openZip: (archive) => openBlobZip(new Blob([archive.slice()])) };
}
