/** Events matched by their printed text, while the log is being read. */
import type { LogConstants, NetLogEvent } from '../../netlog/event.ts';
import { eventLine, type EventTextOptions } from '../../report/terminal/source-events.ts';
import { plainStyle } from '../../report/view.ts';

/** Whether an event's line, as printed, contains the text asked for. */
export function textMatcher(
  grep: string | undefined,
  optionsAt: (event: NetLogEvent) => EventTextOptions,
): ((event: NetLogEvent) => boolean) | undefined {
  if (grep === undefined) return undefined;
  const wanted = grep.toLowerCase();
  return (event) => eventLine(event, optionsAt(event), { width: 0, style: plainStyle }).toLowerCase().includes(wanted);
}

/** Text options for events as they come, when nothing is known yet of what follows. */
export interface TextOptions {
  readonly learn: (constants: LogConstants) => void;
  readonly at: (event: NetLogEvent) => EventTextOptions;
}

export function optionsWhileReading(full: boolean): TextOptions {
  let names: LogConstants | undefined;
  let originTick: number | undefined;
  return {
    learn: (constants) => {
      names = constants;
    },
    at: (event) => {
      if (names === undefined) throw new Error('an event came before the constants');
      originTick ??= event.time;
      return { names, full, originTick, lastTick: event.time };
    },
  };
}
