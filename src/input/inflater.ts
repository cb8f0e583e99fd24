/** What a runtime brings along to decompress with: Node its zlib, a browser its streams. */

export interface Inflater {
  /**
   * The bytes that `pieces` hold, as gzip or as bare deflate data. When they are cut or corrupt, `onDamage` is told
   * why, and the stream ends there. Errors of `pieces` themselves are thrown. A piece may be reused by its producer
   * when the next one is asked for.
   */
  readonly inflate: (
    pieces: AsyncIterable<Uint8Array>,
    format: 'gzip' | 'deflate',
    onDamage: (reason: string) => void,
  ) => AsyncIterable<Uint8Array>;
  /** The CRC-32 of bytes that follow others whose own is `before`; 0 for none. */
  readonly crc32: (bytes: Uint8Array, before: number) => number;
}
