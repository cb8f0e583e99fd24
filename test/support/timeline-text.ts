/**
 * The JSON text of a built NetLog: as Chromium writes it (constants on the first line, then one
 * event per line), or as tools and people reshape it (pretty-printed, one line, other line ends).
 */
import type { Timeline } from './timeline.ts';

const BYTE_ORDER_MARK = '\u{FEFF}';

export function textOf(log: Timeline): string {
  const { shape } = log;
  const text = shape.layout === 'lines' ? asChromium(log) : reshaped(log);
  const withEnds = shape.lineEnd === '\n' ? text : text.replaceAll('\n', shape.lineEnd);
  return (shape.byteOrderMark ? BYTE_ORDER_MARK : '') + withEnds;
}

function asChromium(log: Timeline): string {
  const { userComments, polledData, closed } = log.shape;
  const comments = userComments === undefined ? '' : `"userComments": ${JSON.stringify(userComments)},\n`;
  const head = `{${comments}"constants":${JSON.stringify(log.loggedConstants())},\n"events": [\n`;
  const events = log.loggedEvents().map((event) => JSON.stringify(event));
  if (!closed) return head + events.map((event) => `${event},\n`).join('');
  const tail = polledData === undefined ? '' : `,\n"polledData": ${JSON.stringify(polledData)}\n`;
  return `${head}${events.join(',\n')}]${tail}}\n`;
}

function reshaped(log: Timeline): string {
  const { userComments, polledData, layout, closed } = log.shape;
  const value = {
    ...(userComments === undefined ? {} : { userComments }),
    constants: log.loggedConstants(),
    events: log.loggedEvents(),
    ...(polledData === undefined || !closed ? {} : { polledData }),
  };
  const text = layout === 'pretty' ? JSON.stringify(value, undefined, 2) : JSON.stringify(value);
  // Cut where the list of events ends: `]}` and the white space between.
  return closed ? `${text}\n` : text.replace(/\s*\]\s*\}$/, '');
}
