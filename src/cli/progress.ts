/** A progress line for long inputs, on terminals only: it comes late, moves seldom and leaves nothing behind. */
import { formatBytes } from '../report/format.ts';
import type { TextStream } from './io.ts';

const FIRST_AFTER_MS = 700;
const EVERY_MS = 120;
const CLEAR_LINE = '\r\u001b[2K';

export interface Progress {
  readonly report: (state: { readonly bytesRead: number; readonly bytes?: number }) => void;
  /** Takes the line away, before anything else is printed. */
  readonly clear: () => void;
}

export function progressOn(stream: TextStream, now: () => number = Date.now): Progress {
  if (stream.isTTY !== true) return { report: () => undefined, clear: () => undefined };
  let nextMs = now() + FIRST_AFTER_MS;
  let shown = false;
  return {
    report({ bytesRead, bytes }) {
      if (now() < nextMs) return;
      nextMs = now() + EVERY_MS;
      shown = true;
      const share = bytes === undefined || bytes === 0 ? '' : ` of ${formatBytes(bytes)} (${Math.floor((bytesRead / bytes) * 100)} %)`;
      stream.write(`${CLEAR_LINE}reading: ${formatBytes(bytesRead)}${share}`);
    },
    clear() {
      if (shown) stream.write(CLEAR_LINE);
      shown = false;
    },
  };
}
