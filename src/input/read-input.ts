/** Reads a log that has been opened into a sink. */
import type { EventSink } from '../netlog/event.ts';
import type { ReadLimits } from '../netlog/limits.ts';
import { type ReadSummary, readNetLog } from '../netlog/read-netlog.ts';
import type { Compression } from './compression.ts';
import { INPUT_LIMITS, type InputLimits } from './limited-size.ts';
import type { OpenedInput } from './opened-input.ts';

/** Whatever is beyond a limit is left out, with a diagnostic. */
export interface ReadInputOptions extends Partial<ReadLimits>, Partial<InputLimits> {
  /** Called after each chunk. Bytes as stored; `total` is undefined for stdin and other pipes. */
  readonly onProgress?: (bytesRead: number, total: number | undefined) => void;
  /** Given each chunk of the log, decompressed, before it is read; valid during the call. */
  readonly onBytes?: (bytes: Uint8Array) => void;
  /** Awaited after each chunk: lets a slow taker of what the sink makes catch up. */
  readonly caughtUp?: () => Promise<void>;
  /** Stops the reading between two chunks with the signal's reason as the error. */
  readonly signal?: AbortSignal;
}

export interface InputSummary extends ReadSummary {
  /** The name as given; `stdin` for `-`. */
  readonly file: string;
  /** Size as stored. */
  readonly bytes: number;
  readonly compression: Compression;
}

/** Opens a log and reads it. Errors are those of `open` and `readNetLog`. */
export async function readInput(
  open: (limits: InputLimits) => Promise<OpenedInput>,
  sink: EventSink,
  options: ReadInputOptions = {},
): Promise<InputSummary> {
  const { onProgress, onBytes, caughtUp, signal, ...limits } = options;
  signal?.throwIfAborted();
  const input = await open({ ...INPUT_LIMITS, ...limits });

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
