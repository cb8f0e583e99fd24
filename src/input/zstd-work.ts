/**
 * How much work a zstd stream makes (RFC 8878 section 3): its decoder holds a window of the size that a frame asks
 * for, and moves all of it for each block. A few bytes can ask for two gigabytes, and for that to be moved a million
 * times. Follows the headers of frames and blocks only; what is in the blocks is not looked at.
 */

/** What zstd's own tool takes without being told to take more. */
const LARGEST_WINDOW = 128 * 1024 ** 2;

/** Bytes moved that are free, and per byte that came out: blocks are 128 KiB as a rule, which makes 1024 at most. */
const FREE_WORK = 4 * 1024 ** 3;
const WORK_PER_BYTE = 40_000;

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
const RUN_LENGTH_BLOCK = 1;
const DICTIONARY_ID_LENGTHS = [0, 1, 2, 4];

export class ZstdWork {
  /** Bytes of the header in hand, and those to step over before the next. */
  #header: number[] = [];
  #toSkip = 0;
  #window = 0;
  #checksumLength = 0;
  #inFrame = false;
  /** Bytes that the decoder moves. */
  #work = 0;

  /** Follows the next bytes as stored; to be called before the decoder gets them. */
  follow(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const skipped = Math.min(this.#toSkip, bytes.length - at);
      this.#toSkip -= skipped;
      at += skipped;
      if (at >= bytes.length) return;
      this.#header.push(bytes[at]!);
      at += 1;
      if (this.#inFrame) this.#takeBlock();
      else this.#takeFrame();
    }
  }

  /** Why to stop, if there is a reason. `decoded`: bytes that have come out so far. */
  objection(decoded: number): string | undefined {
    if (this.#window > LARGEST_WINDOW) return `it needs a window of ${this.#window} bytes, more than ${LARGEST_WINDOW}`;
    return this.#work > FREE_WORK + WORK_PER_BYTE * decoded ? 'its blocks are so many and so small that they would take very long' : undefined;
  }

  #takeFrame(): void {
    const header = this.#header;
    if (header.length < 5) return;
    const magic = numberAt(header, 0, 4);
    if (magic !== MAGIC) {
      // Anything else is for the decoder to complain of.
      const isSkippable = magic - (magic % 16) === SKIPPABLE;
      if (isSkippable && header.length === 8) this.#begin(numberAt(header, 4, 4));
      return;
    }
    const descriptor = header[4]!;
    const isSingleSegment = (descriptor & 0x20) !== 0;
    const windowLength = isSingleSegment ? 0 : 1;
    const dictionaryLength = DICTIONARY_ID_LENGTHS[descriptor & 3]!;
    const sizeFlag = descriptor >> 6;
    const sizeLength = sizeFlag > 0 ? 1 << sizeFlag : isSingleSegment ? 1 : 0;
    const sizeAt = 5 + windowLength + dictionaryLength;
    if (header.length < sizeAt + sizeLength) return;
    this.#window = isSingleSegment ? numberAt(header, sizeAt, sizeLength) : windowSize(header[5]!);
    this.#checksumLength = (descriptor & 4) !== 0 ? 4 : 0;
    this.#inFrame = true;
    this.#begin(0);
  }

  #takeBlock(): void {
    if (this.#header.length < 3) return;
    const block = numberAt(this.#header, 0, 3);
    const isLast = (block & 1) !== 0;
    const length = ((block >> 1) & 3) === RUN_LENGTH_BLOCK ? 1 : block >> 3;
    this.#work += this.#window;
    if (isLast) this.#inFrame = false;
    this.#begin(length + (isLast ? this.#checksumLength : 0));
  }

  #begin(toSkip: number): void {
    this.#header = [];
    this.#toSkip = toSkip;
  }
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

/** Little-endian; of eight bytes more than a number can tell exactly, which is more than enough to object to. */
function numberAt(bytes: readonly number[], at: number, length: number): number {
  let value = 0;
  for (let i = length - 1; i >= 0; i--) value = value * 256 + bytes[at + i]!;
  return value;
}
