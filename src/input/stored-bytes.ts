/** Bytes as they are stored, of whatever kind of source: the first few of them without losing them, how many, all at once. */
import { ByteBuffer } from '../netlog/byte-buffer.ts';
import { NetLogError } from '../netlog/errors.ts';

export interface Peeked {
  /** As many as were asked for, fewer only if there are no more. */
  readonly head: Uint8Array;
  /** All bytes, the head included. */
  readonly all: AsyncIterable<Uint8Array>;
  /** Closes the source, for one who does not want the bytes. */
  readonly close: () => Promise<void>;
}

/** Looks at the first `length` bytes. */
export async function peek(source: AsyncIterable<Uint8Array>, length: number): Promise<Peeked> {
  const chunks = source[Symbol.asyncIterator]();
  const head = new ByteBuffer();
  while (head.length < length) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    head.append(value);
  }
  return { head: head.view, all: followedBy(head.view, chunks), close: async () => void (await chunks.return?.()) };
}

async function* followedBy(head: Uint8Array, chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield head;
    for (;;) {
      const { done, value } = await chunks.next();
      if (done === true) return;
      yield value;
    }
  } finally {
    await chunks.return?.();
  }
}

/** Passes bytes on and tells how many there were. */
export async function* counted(source: AsyncIterable<Uint8Array>, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    count(chunk.length);
    yield chunk;
  }
}

/** A zip archive that comes through a pipe has to be held whole. */
const LARGEST_PIPED_ZIP = 512 * 1024 * 1024;

/** All bytes at once. Throws a `NetLogError`, code `unreadable`, if they are more than an archive in a pipe may have. */
export async function collected(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const bytes = new ByteBuffer();
  for await (const chunk of source) {
    if (bytes.length + chunk.length > LARGEST_PIPED_ZIP) {
      throw new NetLogError('unreadable', `Expected a zip archive of at most ${LARGEST_PIPED_ZIP} bytes from a pipe, found more. Save it as a file first.`);
    }
    bytes.append(chunk);
  }
  return bytes.view;
}
