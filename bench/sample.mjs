/**
 * The sample that the inputs are made of, and the ways to lay it out.
 *
 * `sample.json.gz` is a recording of Chromium 156 in capture mode Default: four page loads of some 200 subresources each, from
 * 24 hosts over HTTP/1.1, HTTP/2 and QUIC, in the same laboratory as the recordings in `samples`, with no data of any person. Its lines have a
 * median of 123 bytes and a 99th percentile of 680, two fifths of them no params.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const SAMPLE = new URL('sample.json.gz', import.meta.url);

/**
 * A log in pieces: `before`, the events with `separator` between them, `after`.
 * @typedef {{ readonly before: string, readonly events: readonly string[], readonly separator: string, readonly after: string }} LaidOut
 */

/** The sample as Chromium wrote it. */
export function sampleText() {
  return gunzipSync(readFileSync(fileURLToPath(SAMPLE))).toString();
}

/**
 * An event on each line, as Chromium writes them.
 * @param {string} text
 * @returns {LaidOut}
 */
function lines(text) {
  const { length } = eventsOf(text);
  const [constants, opening, ...rest] = text.split('\n');
  const events = rest.slice(0, length).map((line) => line.replace(/\]?,?$/, ''));
  const before = `${constants}\n${opening}\n`;
  const last = events.at(-1) ?? '';
  return { before, events, separator: ',\n', after: text.slice(text.lastIndexOf(last) + last.length) };
}

/**
 * @param {string} text
 * @param {number} indent spaces for each level; 0 puts everything on one line
 * @returns {LaidOut}
 */
function json(text, indent) {
  const mark = 'the events';
  const [before = '', after = ''] = JSON.stringify({ ...JSON.parse(text), events: [mark] }, undefined, indent).split(`"${mark}"`);
  const newline = indent === 0 ? '' : `\n${' '.repeat(2 * indent)}`;
  const events = eventsOf(text).map((event) => JSON.stringify(event, undefined, indent).replaceAll('\n', newline));
  return { before, events, separator: `,${newline}`, after };
}

/**
 * @param {string} text
 * @returns {object[]}
 */
function eventsOf(text) {
  return JSON.parse(text).events;
}

/** @satisfies {Record<string, (text: string) => LaidOut>} */
export const LAYOUTS = {
  lines,
  'one line': (/** @type {string} */ text) => json(text, 0),
  'pretty-printed': (/** @type {string} */ text) => json(text, 2),
};
