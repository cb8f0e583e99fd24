/** A log on its way to an output: what a sink writes goes out as it comes, compressed if the file's name asks for it. */
import { gzipSync } from 'node:zlib';
import type { EventSink } from '../netlog/event.ts';
import { writeNetLog } from '../netlog/write-netlog.ts';
import type { Output } from './output.ts';

export interface TextWriter {
  readonly write: (text: string) => void;
  /** All that was written so far has gone out; throws the first error of writing. */
  readonly caughtUp: () => Promise<void>;
}

export interface LogWriter extends Pick<TextWriter, 'caughtUp'> {
  readonly sink: EventSink;
}

/** A log made of events. */
export function logWriter(output: Output, compressed: boolean): LogWriter {
  const { write, caughtUp } = textWriter(output, compressed);
  return { sink: writeNetLog(write), caughtUp };
}

/** `compressed`: gzip, in members that follow on each other (RFC 1952 section 2.2). */
export function textWriter(output: Output, compressed: boolean): TextWriter {
  let writing = Promise.resolve();
  return {
    write(text) {
      if (text === '') return;
      writing = writing.then(() => output.write(compressed ? gzipSync(text) : text));
      // The error itself comes out of `caughtUp`.
      writing.catch(() => undefined);
    },
    caughtUp: () => writing,
  };
}

export function isGzipName(path: string | undefined): boolean {
  return path !== undefined && /\.gz$/i.test(path);
}
