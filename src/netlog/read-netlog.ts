/**
 * Reads a log from its bytes into an `EventSink`, in one pass and in bounded memory.
 *
 * Two readers stand behind it, chosen by the beginning of the log (`log-head.ts`): one for the
 * lines that Chromium writes, one for JSON in any other layout. For valid JSON both give the same
 * events. Free of Node, so that the same code reads a file, a pipe and a browser's `File`.
 */
import { ByteBuffer } from './byte-buffer.ts';
import { readConstants } from './constants.ts';
import { EventFeed } from './event-feed.ts';
import type { Diagnostic, EventSink, LogEnd } from './event.ts';
import { JsonReader } from './json-reader.ts';
import type { LayoutReader } from './layout-reader.ts';
import { LineReader } from './line-reader.ts';
import { describeEnd } from './log-end.ts';
import { readHead } from './log-head.ts';

export interface ReadOptions {
  /** Bytes; an event, or its line, that is longer is skipped with a diagnostic. Default 64 MiB. */
  readonly longestEvent?: number;
  /** Asked once the chunks have ended: what the one who supplies them found wrong with their source. */
  readonly sourceDiagnostics?: () => readonly Diagnostic[];
}

export interface ReadSummary extends LogEnd {
  /** How many events were delivered. */
  readonly events: number;
  /** Bytes of the log itself, after decompression. */
  readonly logBytes: number;
}

const LONGEST_EVENT = 64 * 1024 * 1024;

const NEWLINE = 0x0a;

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
  const longest = options.longestEvent ?? LONGEST_EVENT;
  const head = new ByteBuffer();
  let reader: LayoutReader | undefined;
  let lookAgainAt = 0;
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (reader === undefined) {
      head.append(chunk);
      // Looking again only at the end of a line, or when there is twice as much, keeps small chunks cheap.
      if (chunk.includes(NEWLINE) || head.length >= lookAgainAt) {
        reader = chooseReader(head.view, false, sink, longest);
        lookAgainAt = head.length * 2;
      }
    } else reader.write(chunk);
    if (reader?.stopped === true) break;
  }
  reader ??= chooseReader(head.view, true, sink, longest);
  const outcome = reader.end();
  const sourceDiagnostics = options.sourceDiagnostics?.() ?? [];
  const end: LogEnd = {
    complete: outcome.closed && sourceDiagnostics.length === 0,
    diagnostics: [...sourceDiagnostics, ...describeEnd(outcome, bytes), ...outcome.feed.diagnostics()],
  };
  sink.end(end);
  return { ...end, events: outcome.feed.count, logBytes: bytes };
}

/** The reader for this beginning of a log, which it has then read; undefined if more is needed to tell. */
function chooseReader(head: Uint8Array, ended: true, sink: EventSink, longest: number): LayoutReader;
function chooseReader(head: Uint8Array, ended: boolean, sink: EventSink, longest: number): LayoutReader | undefined;
function chooseReader(head: Uint8Array, ended: boolean, sink: EventSink, longest: number): LayoutReader | undefined {
  const found = readHead(head, ended);
  if (found === undefined) return undefined;
  const { at } = found;
  const reader =
    found.layout === 'lines'
      ? new LineReader(new EventFeed(readConstants(found.constants), sink, at), sink, longest, at)
      : new JsonReader(sink, longest, at);
  reader.write(head.subarray(at));
  return reader;
}
