/** Bytes as they are stored: of a file, of a pipe, and the first few of either without losing them. */
import type { FileHandle } from 'node:fs/promises';
import { ByteBuffer } from '../netlog/byte-buffer.ts';

const CHUNK = 256 * 1024;

/**
 * The bytes of an open file, which is closed at the end. A chunk is valid until the next one is asked for; while it is
 * in use, the next is read into a second buffer.
 */
export async function* fileBytes(handle: FileHandle): AsyncGenerator<Uint8Array> {
  let [current, next] = [Buffer.allocUnsafeSlow(CHUNK), Buffer.allocUnsafeSlow(CHUNK)];
  let reading = handle.read(current, 0, CHUNK);
  try {
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      reading = handle.read(next, 0, CHUNK);
      // Nobody may wait for it any more when it fails.
      reading.catch(() => undefined);
      yield current.subarray(0, bytesRead);
      [current, next] = [next, current];
    }
  } finally {
    await reading.catch(() => undefined);
    await handle.close();
  }
}

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
