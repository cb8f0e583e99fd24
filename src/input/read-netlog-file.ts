/** Reads a log from a file or stdin into a sink: opening, decompressing and reading in one go. */
import type { EventSink } from '../netlog/event.ts';
import { openInput } from './open-input.ts';
import { type InputSummary, type ReadInputOptions, readInput } from './read-input.ts';

export interface ReadFileOptions extends ReadInputOptions {
  /** What `-` stands for; the process's own unless given. */
  readonly stdin?: AsyncIterable<Uint8Array>;
}

/** Reads the log at `path`, or from stdin if that is `-`. Errors are those of `openInput` and `readNetLog`. */
export async function readNetLogFile(path: string, sink: EventSink, { stdin, ...options }: ReadFileOptions = {}): Promise<InputSummary> {
  return readInput((limits) => openInput(path, stdin, limits), sink, options);
}
