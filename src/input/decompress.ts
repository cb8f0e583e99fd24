/**
 * Decompresses a stream, and gets out of a damaged one whatever it can.
 *
 * The decoders throw away what they had just decoded when they meet damage. So they are fed in
 * pieces that grow with what went well: damage costs no more than about an eighth of what came
 * before it.
 */
import type { Readable, Transform } from 'node:stream';
import { createGunzip, createInflateRaw } from 'node:zlib';
import { Decompress } from 'fzstd';
import { ZstdWork } from './zstd-work.ts';

export type Decoder = 'none' | 'gzip' | 'zstd' | 'deflate';

const OUTPUT_CHUNK = 256 * 1024;
const SMALLEST_PIECE = 512;

/** Bytes of zstd after which to look at how much work they made. */
const WATCHED_PIECE = 4096;

/**
 * The bytes that `stored` holds compressed. When they are cut or corrupt, `onDamage` is told why,
 * and the stream ends there. Errors of `stored` itself are thrown.
 */
export function decompress(
  stored: AsyncIterable<Uint8Array>,
  decoder: Decoder,
  onDamage: (reason: string) => void,
): AsyncIterable<Uint8Array> {
  if (decoder === 'none') return stored;
  const pieces = growingPieces(stored);
  if (decoder === 'zstd') return decodeZstd(pieces, onDamage);
  const create = decoder === 'gzip' ? createGunzip : createInflateRaw;
  return decodeThrough(create({ chunkSize: OUTPUT_CHUNK }), pieces, onDamage);
}

async function* growingPieces(stored: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let passed = 0;
  for await (const chunk of stored) {
    for (let at = 0, size = 0; at < chunk.length; at += size, passed += size) {
      size = Math.max(SMALLEST_PIECE, passed >> 3);
      yield chunk.subarray(at, at + size);
    }
  }
}

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

/**
 * Not with Node's own decoder: Node 20 has none, and that of Node 24 stops without a word after the
 * first of several frames. This one keeps the pieces that it is given, so they are copied.
 */
async function* decodeZstd(pieces: AsyncIterable<Uint8Array>, onDamage: (reason: string) => void): AsyncGenerator<Uint8Array> {
  const decoded: Uint8Array[] = [];
  const decoder = new Decompress((chunk) => decoded.push(chunk));
  const damageBy = (piece: Uint8Array, final: boolean): string | undefined => {
    try {
      decoder.push(piece, final);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const work = new ZstdWork();
  let size = 0;
  let damage: string | undefined;
  for await (const piece of pieces) {
    // In small pieces: one must not make too much work before anyone objects.
    for (let at = 0; at < piece.length && damage === undefined; at += WATCHED_PIECE) {
      const part = piece.slice(at, at + WATCHED_PIECE);
      work.follow(part);
      damage = work.objection(size) ?? damageBy(part, false);
      for (const chunk of decoded) size += chunk.length;
      yield* decoded.splice(0);
    }
    if (damage !== undefined) break;
  }
  damage ??= damageBy(new Uint8Array(), true);
  yield* decoded.splice(0);
  if (damage !== undefined) onDamage(damage);
}
