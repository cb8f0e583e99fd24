/** Reads the same log as often as the events command needs it. */
import type { EventSink } from '../../netlog/event.ts';
import type { Context } from '../command.ts';
import { windowOf } from '../options.ts';
import { readingTrace } from '../read-report.ts';
import type { EventArguments } from './event-arguments.ts';

export interface PassReader {
  /** Reads the log once; resolves to whether it is complete. */
  readonly read: (sink: EventSink) => Promise<boolean>;
  /** Ends the reading, because nobody takes the text any more. */
  readonly stop: () => void;
}

export function passReader(path: string, args: EventArguments, context: Context): PassReader {
  const window = windowOf(args);
  const stopped = new AbortController();
  return {
    stop: () => {
      stopped.abort();
    },
    read: (sink) =>
      readingTrace(args.trace, context, async ({ readNetLog }, options) => {
        const signal = options.signal === undefined ? stopped.signal : AbortSignal.any([options.signal, stopped.signal]);
        const { complete } = await readNetLog(path, sink, { ...window, ...options, signal });
        return complete;
      }),
  };
}
