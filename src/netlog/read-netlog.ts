/**
 * Reads a log from its bytes into an `EventSink`, in one pass and in bounded memory.
 *
 * Two readers stand behind it, chosen by the beginning of the log (`log-head.ts`): one for the
 * lines that Chromium writes, one for JSON in any other layout. For valid JSON both give the same
 * events. Free of Node, so that the same code reads a file, a pipe and a browser's `File`.
 */
import type { Diagnostic, EventSink, LogEnd } from './event.ts';
import { describeEnd } from './log-end.ts';
import { READ_LIMITS, type ReadLimits } from './limits.ts';
import { LogReader } from './log-reader.ts';

/** Whatever is beyond a limit is left out, with a diagnostic. */
export interface ReadOptions extends Partial<ReadLimits> {
  /** Asked once the chunks have ended: what the one who supplies them found wrong with their source. */
  readonly sourceDiagnostics?: () => readonly Diagnostic[];
}

export interface ReadSummary extends LogEnd {
  /** How many events were delivered. */
  readonly events: number;
  /** Bytes of the log itself, after decompression. */
  readonly logBytes: number;
}

/**
 * Feeds a log to a sink: `start` once the constants are known, `event` for each whole event in log
 * order, `end` with what was skipped, mended or not known. A log that is cut off or damaged gives
 * what can be read of it, `complete: false` and a diagnostic that says where.
 *
 * A chunk may be reused by its producer when the next one is asked for.
 *
 * Throws a `NetLogError`, always before the sink is started, for what is not a NetLog: codes
 * `empty`, `not-json`, `not-a-netlog`, `logging-in-progress`, `events-before-constants`,
 * `cut-in-header`. Errors of the sink and of the producer of chunks pass through.
 */
export async function readNetLog(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: EventSink,
  options: ReadOptions = {},
): Promise<ReadSummary> {
  const reader = new LogReader(sink, { ...READ_LIMITS, ...options });
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    reader.write(chunk);
    if (reader.stopped) break;
  }
  const outcome = reader.end();
  const { otherKeys = [] } = outcome;
  const sourceDiagnostics = options.sourceDiagnostics?.() ?? [];
  const end: LogEnd = {
    complete: outcome.closed && sourceDiagnostics.length === 0,
    diagnostics: [...sourceDiagnostics, ...describeEnd(outcome, bytes), ...outcome.feed.diagnostics()],
    ...(otherKeys.length > 0 && { otherKeys }),
  };
  sink.end(end);
  return { ...end, events: outcome.feed.count, logBytes: bytes };
}
