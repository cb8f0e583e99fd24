/** Reads a log from a file or stdin into a sink: opening, decompressing and reading in one go. */
import type { EventSink } from '../netlog/event.ts';
import type { ReadLimits } from '../netlog/limits.ts';
import { type ReadSummary, readNetLog } from '../netlog/read-netlog.ts';
import type { Compression } from './compression.ts';
import { INPUT_LIMITS, type InputLimits } from './limited-size.ts';
import { openInput } from './open-input.ts';

/** Whatever is beyond a limit is left out, with a diagnostic. */
export interface ReadFileOptions extends Partial<ReadLimits>, Partial<InputLimits> {
  /** Called after each chunk. Bytes as stored; `total` is undefined for stdin and other pipes. */
  readonly onProgress?: (bytesRead: number, total: number | undefined) => void;
  /** Given each chunk of the log, decompressed, before it is read; valid during the call. */
  readonly onBytes?: (bytes: Uint8Array) => void;
  /** Awaited after each chunk: lets a slow taker of what the sink makes catch up. */
  readonly caughtUp?: () => Promise<void>;
  /** Stops the reading between two chunks with the signal's reason as the error. */
  readonly signal?: AbortSignal;
  /** What `-` stands for; the process's own unless given. */
  readonly stdin?: AsyncIterable<Uint8Array>;
}

export interface FileSummary extends ReadSummary {
  /** The path as given; `stdin` for `-`. */
  readonly file: string;
  /** Size as stored. */
  readonly bytes: number;
  readonly compression: Compression;
}

/** Reads the log at `path`, or from stdin if that is `-`. Errors are those of `openInput` and `readNetLog`. */
export async function readNetLogFile(path: string, sink: EventSink, options: ReadFileOptions = {}): Promise<FileSummary> {
  const { onProgress, onBytes, caughtUp, signal, stdin, ...limits } = options;
  signal?.throwIfAborted();
  const input = await openInput(path, stdin, { ...INPUT_LIMITS, ...limits });

  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of input.chunks) {
      signal?.throwIfAborted();
      onBytes?.(chunk);
      yield chunk;
      onProgress?.(input.bytesRead(), input.bytes);
      if (caughtUp !== undefined) await caughtUp();
    }
    // The signal may have come while the last bytes were waited for.
    signal?.throwIfAborted();
  }

  const summary = await readNetLog(chunks(), sink, {
    ...limits,
    sourceDiagnostics: () => input.diagnostics(),
  });
  return { ...summary, file: input.name, bytes: input.bytes ?? input.bytesRead(), compression: input.compression };
}
