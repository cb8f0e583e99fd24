/** A log on its way to an output: what a sink writes goes out as it comes, compressed if the file's name asks for it. */
import { gzipSync } from 'node:zlib';
import type { EventSink } from '../netlog/event.ts';
import { writeNetLog } from '../netlog/write-netlog.ts';
import type { Output } from './output.ts';

export interface LogWriter {
  readonly sink: EventSink;
  /** All that was written so far has gone out; throws the first error of writing. */
  readonly caughtUp: () => Promise<void>;
}

/** `compressed`: gzip, in members that follow on each other (RFC 1952 section 2.2). */
export function logWriter(output: Output, compressed: boolean): LogWriter {
  let writing = Promise.resolve();
  return {
    sink: writeNetLog((text) => {
      writing = writing.then(() => output.write(compressed ? gzipSync(text) : text));
      // The error itself comes out of `caughtUp`.
      writing.catch(() => undefined);
    }),
    caughtUp: () => writing,
  };
}

export function isGzipName(path: string | undefined): boolean {
  return path !== undefined && /\.gz$/i.test(path);
}
