/** Text measured in terminal columns: padding, cutting and wrapping. Takes plain text, never colour codes. */
import stringWidth from 'string-width';

const ASCII = /^[\x20-\x7e]*$/;
const ELLIPSIS = '…';
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

export function textWidth(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text;
}

/** The longest start of a text that fits. */
function takeStart(text: string, width: number): string {
  if (ASCII.test(text)) return text.slice(0, width);
  let taken = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += stringWidth(segment);
    if (used > width) break;
    taken += segment;
  }
  return taken;
}

/** The longest end of a text that fits. */
function takeEnd(text: string, width: number): string {
  if (ASCII.test(text)) return width <= 0 ? '' : text.slice(-width);
  const segments = Array.from(graphemes.segment(text), ({ segment }) => segment);
  let start = segments.length;
  for (let used = 0; start > 0; start--) {
    used += stringWidth(segments[start - 1] ?? '');
    if (used > width) break;
  }
  return segments.slice(start).join('');
}

/** Cuts the end off. */
export function cutEnd(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  return width < 1 ? '' : takeStart(text, width - 1) + ELLIPSIS;
}

/** Cuts out the middle: hosts, addresses and URLs tell most at both ends. */
export function cutMiddle(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  if (width < 1) return '';
  const end = Math.floor((width - 1) / 2);
  return takeStart(text, width - 1 - end) + ELLIPSIS + takeEnd(text, end);
}

/** A space, but not the one between a number and its unit. */
const BREAK = / (?!(?:ms|s|min|h)\b)/;

/** Breaks at spaces; a word longer than a line stands alone and whole, so that it can be copied. */
export function wrapText(text: string, width: number, indent = '', hangingIndent = indent): string[] {
  const lines: string[] = [];
  let line = indent;
  let empty = true;
  for (const word of text.split(BREAK)) {
    if (!empty && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line);
      line = hangingIndent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line);
  return lines;
}
