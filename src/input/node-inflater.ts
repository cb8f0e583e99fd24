/** Decompresses with Node's own zlib. */
import type { Readable, Transform } from 'node:stream';
import { crc32, createGunzip, createInflateRaw } from 'node:zlib';
import type { Inflater } from './inflater.ts';

const OUTPUT_CHUNK = 256 * 1024;

export const nodeInflater: Inflater = {
  inflate: (pieces, format, onDamage) => {
    const create = format === 'gzip' ? createGunzip : createInflateRaw;
    return decodeThrough(create({ chunkSize: OUTPUT_CHUNK }), pieces, onDamage);
  },
  crc32,
};

/** Not an iteration over the stream: that gives up on what lies decoded in it when it fails. */
async function* decodeThrough(
  transform: Transform,
  pieces: AsyncIterable<Uint8Array>,
  onDamage: (reason: string) => void,
): AsyncGenerator<Uint8Array> {
  let damage: Error | undefined;
  let sourceError: { readonly error: unknown } | undefined;
  transform.on('error', (error: Error) => (damage = error));
  feed(transform, pieces).catch((error: unknown) => {
    sourceError = { error };
    transform.destroy();
  });
  try {
    for (;;) {
      const chunk = transform.read() as Uint8Array | null;
      if (chunk !== null) yield chunk;
      else if (transform.closed || transform.readableEnded) break;
      else await somethingToRead(transform);
    }
  } finally {
    transform.destroy();
  }
  if (sourceError !== undefined) throw sourceError.error;
  if (damage !== undefined) onDamage(damage.message);
}

/** Writes one piece at a time: it may be reused once it has been decoded. */
async function feed(transform: Transform, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  // A write that fails is not always called back.
  const closed = new Promise<void>((resolve) => transform.once('close', resolve));
  for await (const piece of pieces) {
    await Promise.race([closed, new Promise<void>((resolve) => transform.write(piece, () => resolve()))]);
    if (transform.destroyed) return;
  }
  transform.end();
}

function somethingToRead(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    const events = ['readable', 'end', 'close'];
    const done = (): void => {
      for (const event of events) stream.off(event, done);
      resolve();
    };
    for (const event of events) stream.on(event, done);
  });
}
