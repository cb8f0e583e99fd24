/** Bytes that grow at the end: what is kept of a line, or of a log's head, until the rest arrives. */
export class ByteBuffer {
  #bytes = new Uint8Array(4096);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The bytes held; valid until the next `append` or `clear`. */
  get view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  append(more: Uint8Array): void {
    const needed = this.#length + more.length;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.view);
      this.#bytes = grown;
    }
    this.#bytes.set(more, this.#length);
    this.#length = needed;
  }

  clear(): void {
    this.#length = 0;
  }
}
