/**
 * A long log made of a short one: copies of its events one after the other, each with source ids and times of its own,
 * so that every copy is a separate set of sources.
 */

/** Milliseconds between the last event of a copy and the first of the next. */
const PAUSE = 1000;

/** Source ids, and those of the sources that events point to; times of events and sources. */
const SHIFTED = /("source(?:_dependency)?":\s*\{\s*"id":\s*)(-?\d+)|("(?:start_)?time":\s*")(\d+)/g;

/**
 * The text of a log of `bytes` bytes or up to one copy more, in pieces.
 * @param {import('./sample.mjs').LaidOut} log
 * @param {number} bytes
 */
export function* amplify({ before, events, separator, after }, bytes) {
  const { texts, numbers, idStride, timeStride } = templateOf(events.join(separator));
  let written = before.length + after.length;
  yield before;
  for (let copy = 0; copy === 0 || written < bytes; copy++) {
    const parts = [copy === 0 ? '' : separator, texts[0]];
    for (const [i, { value, isId }] of numbers.entries()) {
      parts.push(String(value + copy * (isId ? idStride : timeStride)), texts[i + 1]);
    }
    const text = parts.join('');
    written += text.length;
    yield text;
  }
  yield after;
}

/**
 * The text around the numbers that are shifted, and how far to shift them with each copy.
 * @param {string} text
 */
function templateOf(text) {
  const texts = [];
  const numbers = [];
  let end = 0;
  let [largestId, firstTime, lastTime] = [0, Infinity, -Infinity];
  for (const match of text.matchAll(SHIFTED)) {
    const isId = match[1] !== undefined;
    const value = Number(isId ? match[2] : match[4]);
    const from = match.index + (match[1] ?? match[3] ?? '').length;
    texts.push(text.slice(end, from));
    numbers.push({ value, isId });
    end = match.index + match[0].length;
    if (isId) largestId = Math.max(largestId, value);
    else [firstTime, lastTime] = [Math.min(firstTime, value), Math.max(lastTime, value)];
  }
  texts.push(text.slice(end));
  return { texts, numbers, idStride: largestId + 1, timeStride: lastTime - firstTime + PAUSE };
}
