/**
 * Decompresses with the streams of the web platform (Compression Standard), as browsers have them. They take one gzip
 * member, not several one after the other.
 */
import { crc32 } from './crc32.ts';
import type { Inflater } from './inflater.ts';

export const webInflater: Inflater = { inflate, crc32 };

interface ByteWriter {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
  abort(reason: unknown): Promise<void>;
}

async function* inflate(
  pieces: AsyncIterable<Uint8Array>,
  format: 'gzip' | 'deflate',
  onDamage: (reason: string) => void,
): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream(format === 'gzip' ? 'gzip' : 'deflate-raw');
  const writer: ByteWriter = writable.getWriter();
  const reader: ReadableStreamDefaultReader<Uint8Array> = readable.getReader();
  let sourceError: { readonly error: unknown } | undefined;
  feed(writer, pieces).catch((error: unknown) => {
    sourceError = { error };
    void writer.abort(error).catch(() => undefined);
  });
  let damage: string | undefined;
  try {
    while (damage === undefined) {
      const result = await reader.read().catch((error: unknown) => ({ error }));
      if ('error' in result) damage = result.error instanceof Error ? result.error.message : String(result.error);
      else if (result.done) break;
      else yield result.value;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
  if (sourceError !== undefined) throw sourceError.error;
  if (damage !== undefined) onDamage(damage);
}

/** What is wrong with a piece is told to the reader of the stream. Some streams keep the pieces for later, so they are copied. */
async function feed(writer: ByteWriter, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of pieces) if (!(await takes(writer, piece.slice()))) return;
  // A stream that ends too early drops what nobody has read yet. It takes this when all has been read.
  if (await takes(writer, new Uint8Array())) await writer.close().catch(() => undefined);
}

async function takes(writer: ByteWriter, piece: Uint8Array<ArrayBuffer>): Promise<boolean> {
  return writer.write(piece).then(
    () => true,
    () => false,
  );
}
