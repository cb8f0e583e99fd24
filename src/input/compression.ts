/** Tells how bytes are compressed from the bytes themselves; file names are not trusted. */

export type Compression = 'none' | 'gzip' | 'zstd' | 'zip';

const SIGNATURES: readonly (readonly [Compression, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  // An empty archive has only the end of its directory.
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
];

/** How many bytes `detectCompression` needs to see, if there are that many. */
export const SIGNATURE_LENGTH = 4;

export function detectCompression(head: Uint8Array): Compression {
  const found = SIGNATURES.find(([, signature]) => signature.every((byte, i) => head[i] === byte));
  return found?.[0] ?? 'none';
}
