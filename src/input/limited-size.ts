/** Keeps what comes out of a pipe or a decompressor from going on for ever: a few kilobytes can be made to hold terabytes. */
import type { Diagnostic } from '../netlog/event.ts';

export interface InputLimits {
  /** Bytes of a log that comes compressed or through a pipe. */
  readonly largestLog: number;
  /** Bytes of the log to one byte as stored; counts from 256 MiB on. Real logs stay under 50. */
  readonly highestRatio: number;
}

export const INPUT_LIMITS: InputLimits = { largestLog: 16 * 1024 ** 3, highestRatio: 300 };

/** Below this size no ratio does harm. */
const RATIO_COUNTS_FROM = 256 * 1024 ** 2;

/** Ends the chunks at a limit, with a diagnostic. `stored`: bytes read so far of what they are decompressed from. */
export async function* limitedSize(
  chunks: AsyncIterable<Uint8Array>,
  stored: () => number,
  { largestLog, highestRatio }: InputLimits,
  note: (diagnostic: Diagnostic) => void,
): AsyncGenerator<Uint8Array> {
  let passed = 0;
  for await (const chunk of chunks) {
    const size = passed + chunk.length;
    const passedLimit =
      size > largestLog
        ? `it is larger than ${largestLog} bytes (--max-size)`
        : size > RATIO_COUNTS_FROM && size > stored() * highestRatio
          ? `it is more than ${highestRatio} times as large as it is stored (--max-ratio), as are files made to fill a disk`
          : undefined;
    if (passedLimit !== undefined) {
      note({
        code: 'too-large',
        severity: 'warning',
        message: `Only the first ${passed} bytes of the log were read: ${passedLimit}. If you trust it, store it as a plain file and read that.`,
        byteOffset: passed,
      });
      return;
    }
    passed = size;
    yield chunk;
  }
}
