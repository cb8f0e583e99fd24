/**
 * The second pass of the events command: prints grouped by source, or in the order of the file.
 *
 * Grouping needs a source's events together, but not all sources at once: sources are taken in
 * batches of a bounded number of events, with one reading of the file for each batch. So a log of any
 * size is printed in the memory of one batch.
 */
import type { EventSink, NetLogEvent } from '../../netlog/event.ts';
import { eventLine, sourceHeading, sourceLines, type EventTextOptions } from '../../report/terminal/source-events.ts';
import type { Output } from '../output.ts';
import { titleOf, type IndexedSource, type SourceIndex } from './source-index.ts';

type ReadPass = (sink: EventSink) => Promise<unknown>;

/** Events held in memory at a time. A single source with more is a batch of its own. */
const EVENTS_PER_BATCH = 100_000;

export async function printGrouped(
  chosen: readonly IndexedSource[],
  index: SourceIndex,
  options: EventTextOptions,
  readPass: ReadPass,
  output: Output,
  eventsPerBatch = EVENTS_PER_BATCH,
): Promise<void> {
  let separator = '';
  for (const batch of batches(chosen, eventsPerBatch)) {
    const eventsOf = new Map(batch.map(({ id }) => [id, [] as NetLogEvent[]]));
    await readPass({
      start: () => undefined,
      event(event) {
        eventsOf.get(event.source.id)?.push(event);
      },
      end: () => undefined,
    });
    for (const source of batch) {
      const events = eventsOf.get(source.id) ?? [];
      const heading = sourceHeading(source, titleOf(source, index), output.view);
      await output.write(`${separator}${[heading, ...sourceLines(events, options, output.view)].join('\n')}\n`);
      separator = '\n';
    }
  }
}

function* batches(sources: readonly IndexedSource[], eventsPerBatch: number): Generator<IndexedSource[]> {
  let batch: IndexedSource[] = [];
  let size = 0;
  for (const source of sources) {
    if (batch.length > 0 && size + source.eventCount > eventsPerBatch) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(source);
    size += source.eventCount;
  }
  if (batch.length > 0) yield batch;
}

/** Text is handed on in pieces of about this many characters. */
const CHUNK_LENGTH = 64 * 1024;

export interface FlatPrinter {
  readonly sink: EventSink;
  /** All is written, or the first error of writing. */
  readonly done: () => Promise<void>;
}

/** Prints each wanted event as it comes. `onError` is called once if nobody takes the text any more. */
export function flatPrinter(
  isWanted: (event: NetLogEvent) => boolean,
  optionsAt: (event: NetLogEvent) => EventTextOptions,
  output: Output,
  onError: () => void,
): FlatPrinter {
  let text = '';
  let writing = Promise.resolve();
  const flush = (): void => {
    const chunk = text;
    text = '';
    writing = writing.then(() => output.write(chunk));
    // The error itself comes out of `done`.
    writing.catch(onError);
  };
  return {
    sink: {
      start: () => undefined,
      event(event) {
        if (!isWanted(event)) return;
        text += `${eventLine(event, optionsAt(event), output.view)}\n`;
        if (text.length >= CHUNK_LENGTH) flush();
      },
      end: () => undefined,
    },
    done() {
      flush();
      return writing;
    },
  };
}
