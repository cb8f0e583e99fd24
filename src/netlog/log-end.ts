/** What there is to say about how the reading of a log ended. */
import type { Diagnostic } from './event.ts';
import type { Outcome } from './layout-reader.ts';

/** `bytes`: how many were read. Empty for a log that is closed properly and holds events. */
export function describeEnd(outcome: Outcome, bytes: number): Diagnostic[] {
  const ending = outcome.failure === undefined ? describeCut(outcome, bytes) : describeFailure(outcome, outcome.failure.at);
  const { feed } = outcome;
  const emptiness: Diagnostic = {
    code: 'no-events',
    severity: 'warning',
    message: 'The log holds constants but not a single event.',
  };
  return [...(ending ? [ending] : []), ...(feed.count === 0 ? [emptiness] : [])];
}

function describeCut({ closed, afterEvents, insideEvent, feed }: Outcome, bytes: number): Diagnostic | undefined {
  if (closed) return undefined;
  const where = afterEvents
    ? `after its events, all of which were read: ${wholeEvents(feed.count)}.`
    : feed.count === 0
      ? `before its first event is whole, at byte ${bytes}.`
      : `${insideEvent ? 'in the middle of an event' : 'among its events'}: ${wholeEvents(feed.count)} read, ` +
        `up to byte ${feed.end}; the ${bytes - feed.end} bytes after that hold none.`;
  return {
    code: 'truncated',
    severity: 'warning',
    message: `The log is cut off ${where}`,
    byteOffset: feed.end,
    eventIndex: feed.count,
  };
}

function describeFailure({ closed, afterEvents, feed, failure }: Outcome, at: number): Diagnostic {
  const where = { byteOffset: at, eventIndex: feed.count };
  if (closed) {
    return { code: 'trailing-data', severity: 'info', message: `Something follows the end of the log at byte ${at}; it was not read.`, ...where };
  }
  const lost = afterEvents ? 'All events had been read by then.' : 'Events after that are lost.';
  return {
    code: 'broken-json',
    severity: afterEvents ? 'warning' : 'error',
    message: `The log stops being JSON near byte ${at} (${failure?.reason}), after ${wholeEvents(feed.count)}; the rest was not read. ${lost}`,
    ...where,
  };
}

function wholeEvents(count: number): string {
  return `${count} whole event${count === 1 ? '' : 's'}`;
}
