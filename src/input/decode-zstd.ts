/** Decompresses zstd (RFC 8878), in a browser as in Node. */
import { Decompress } from 'fzstd';
import { ZstdWork } from './zstd-work.ts';

/** Bytes of zstd after which to look at how much work they made. */
const WATCHED_PIECE = 4096;

/**
 * Not with Node's own decoder: Node 20 has none, and that of Node 24 stops without a word after the
 * first of several frames. This one keeps the pieces that it is given, so they are copied.
 */
export async function* decodeZstd(pieces: AsyncIterable<Uint8Array>, onDamage: (reason: string) => void): AsyncGenerator<Uint8Array> {
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
