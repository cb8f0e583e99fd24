/**
 * Decompresses a stream, and gets out of a damaged one whatever it can.
 *
 * The decoders throw away what they had just decoded when they meet damage. So they are fed in
 * pieces that grow with what went well: damage costs no more than about an eighth of what came
 * before it.
 */
import { decodeZstd } from './decode-zstd.ts';
import type { Inflater } from './inflater.ts';

export type Decoder = 'none' | 'gzip' | 'zstd' | 'deflate';

const SMALLEST_PIECE = 512;

/**
 * The bytes that `stored` holds compressed. When they are cut or corrupt, `onDamage` is told why,
 * and the stream ends there. Errors of `stored` itself are thrown.
 */
export function decompress(
  stored: AsyncIterable<Uint8Array>,
  decoder: Decoder,
  { inflate }: Pick<Inflater, 'inflate'>,
  onDamage: (reason: string) => void,
): AsyncIterable<Uint8Array> {
  if (decoder === 'none') return stored;
  const pieces = growingPieces(stored);
  return decoder === 'zstd' ? decodeZstd(pieces, onDamage) : inflate(pieces, decoder, onDamage);
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
