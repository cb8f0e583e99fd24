/** A progress line for what takes long, on terminals only: it comes late, moves seldom and leaves nothing behind. */
import { formatBytes } from '../report/format.ts';
import type { TextStream } from './io.ts';

const FIRST_AFTER_MS = 700;
const EVERY_MS = 120;
const CLEAR_LINE = '\r\u001b[2K';

export interface Progress<State> {
  readonly report: (state: State) => void;
  /** Takes the line away, before anything else is printed. */
  readonly clear: () => void;
}

export interface Reading {
  readonly bytesRead: number;
  readonly bytes?: number;
}

export function progressOn(stream: TextStream, now: () => number = Date.now): Progress<Reading> {
  return progressLine(stream, ({ bytesRead, bytes = 0 }) => `reading: ${formatBytes(bytesRead)}${bytes === 0 ? '' : ` of ${formatBytes(bytes)} (${share(bytesRead, bytes)})`}`, now);
}

/** Of so many things, how many are done. @param doing such as `simulating` */
export function countingOn(stream: TextStream, doing: string, total: number, now: () => number = Date.now): Progress<number> {
  return progressLine(stream, (done) => `${doing}: ${done} of ${total} (${share(done, total)})`, now);
}

function share(part: number, whole: number): string {
  return `${Math.floor((part / whole) * 100)} %`;
}

function progressLine<State>(stream: TextStream, textOf: (state: State) => string, now: () => number): Progress<State> {
  if (stream.isTTY !== true) return { report: () => undefined, clear: () => undefined };
  let nextMs = now() + FIRST_AFTER_MS;
  let shown = false;
  return {
    report(state) {
      if (now() < nextMs) return;
      nextMs = now() + EVERY_MS;
      shown = true;
      stream.write(`${CLEAR_LINE}${textOf(state)}`);
    },
    clear() {
      if (shown) stream.write(CLEAR_LINE);
      shown = false;
    },
  };
}
