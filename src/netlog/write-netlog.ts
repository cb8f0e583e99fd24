/**
 * Writes a log as Chromium lays it out: the constants on the first line, then one event per line,
 * then perhaps the polled data.
 *
 * The header goes out as logged, tables that nobody here reads included. What a reader has
 * dropped, such as malformed events and the polled data of the log it read, is not there to write.
 */
import type { EventSink, NetLogEvent } from './event.ts';
import { sortedJson } from './sorted-json.ts';
import { TypeNumbers } from './type-numbers.ts';

/** Characters to gather before they go out. */
const CHUNK = 64 * 1024;

/**
 * A sink whose events become the text of a log, given to `write` in pieces that follow on each other.
 *
 * A log that ends with `complete: false` is left unclosed, as by a browser that was killed, so that
 * whoever reads it is told again that it is not whole.
 *
 * Throws an `Error` for an event type, source type or phase that the constants do not name.
 */
export function writeNetLog(write: (text: string) => void): EventSink {
  let text = '';
  let separator = '';
  let numbers: TypeNumbers | undefined;
  return {
    start(constants) {
      numbers = new TypeNumbers(constants);
      text = `{"constants":${JSON.stringify(constants.logged)},\n"events": [\n`;
    },
    event(event) {
      if (numbers === undefined) throw new Error('An event was to be written before the constants of its log.');
      text += separator + eventLine(event, numbers);
      separator = ',\n';
      if (text.length < CHUNK) return;
      write(withoutTags(text));
      text = '';
    },
    end({ complete, polledData }) {
      write(withoutTags(text + (complete ? closing(polledData) : separator)));
    },
  };
}

function eventLine({ time, loggedType, phase, source, params }: NetLogEvent, numbers: TypeNumbers): string {
  const paramsField = params === undefined ? '' : `"params":${sortedJson(params)},`;
  const startTime = source.startTime === undefined ? '' : `"start_time":"${source.startTime}",`;
  const sourceField = `{"id":${source.id},${startTime}"type":${numbers.sourceType(source.type)}}`;
  return `{${paramsField}"phase":${numbers.phase(phase)},"source":${sourceField},"time":"${time}","type":${numbers.eventType(loggedType)}}`;
}

function closing(polledData: unknown): string {
  return polledData === undefined ? ']}\n' : `],\n"polledData": ${sortedJson(polledData)}\n}\n`;
}

/** Chromium writes no `<`, so that a log may stand in a page; in JSON it can only be part of a string. */
function withoutTags(json: string): string {
  return json.replaceAll('<', String.raw`\u003C`);
}
