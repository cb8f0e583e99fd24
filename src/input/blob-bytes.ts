/** The bytes of a `Blob`, such as a file that a reader chose in a browser. */

const CHUNK = 256 * 1024;

/** A chunk is valid for as long as it is held. */
export async function* blobBytes(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += CHUNK) yield new Uint8Array(await blob.slice(at, at + CHUNK).arrayBuffer());
}
