/** The bytes of a file on disk. */
import type { FileHandle } from 'node:fs/promises';

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
