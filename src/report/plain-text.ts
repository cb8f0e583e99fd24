/**
 * Log strings made safe to show. Every string of a log is chosen by servers, pages or whoever made
 * the file, so none may move a terminal's cursor, forge a line, reorder text, open a markdown link
 * or run as a spreadsheet formula. All renderers pass log text through here, and only here.
 *
 * What is dangerous stays visible as an escape (`\x1b`, `\u202e`), because a reader of logs wants to
 * see that somebody tried.
 */

/**
 * Controls (C0, DEL, C1), format characters (bidi overrides, zero-width, tags), lone surrogates,
 * line and paragraph separators.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeOf(character: string): string {
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}

/** One line of text that a terminal shows as it is. */
export function plainText(text: string): string {
  return text.replace(UNSAFE, escapeOf);
}

/**
 * JSON that is also safe to print on a terminal: the same value, with everything that
 * `JSON.stringify` leaves bare (C1 controls, bidi marks) written as `\uXXXX`. Line breaks of
 * pretty-printing stay.
 */
export function plainJson(json: string): string {
  return json.replace(UNSAFE, (character) => {
    if (character === '\n') return character;
    return Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
  });
}

/** Characters with a meaning inside a line of GitHub-flavoured Markdown; an underscore has none within a word. */
const MARKDOWN_SPECIAL = /[\\`*[\]#|~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;

/** Running Markdown text: no markup, HTML, link, mention or table cell comes out of it. */
export function markdownText(text: string): string {
  return (
    plainText(text)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replace(MARKDOWN_SPECIAL, '\\$&')
      // GitHub links these even in plain text; an empty comment between keeps the text and breaks the link.
      .replaceAll('@', '@<!-- -->')
      .replaceAll('://', ':<!-- -->//')
      .replace(/\bwww\./gi, '$&<!-- -->')
  );
}

/** A Markdown code span that also fits into a table cell. */
export function markdownCode(text: string): string {
  if (text === '') return '';
  const body = plainText(text).replaceAll('|', '\\|');
  const longestRun = longestRunOfBackticks(body);
  const fence = '`'.repeat(longestRun + 1);
  // A space keeps a backtick at either end from joining the fence; Markdown takes it off again.
  const pad = body.startsWith('`') || body.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${body}${pad}${fence}`;
}

/** Not by spreading the runs into arguments: a text may have more of them than a function takes. */
function longestRunOfBackticks(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/** A fenced block around lines that are already plain text. */
export function markdownFence(lines: string): string {
  const longestRun = Math.max(2, longestRunOfBackticks(lines));
  const fence = '`'.repeat(longestRun + 1);
  return `${fence}text\n${lines.trimEnd()}\n${fence}\n`;
}

/**
 * A CSV field (RFC 4180). Text that a spreadsheet would take for a formula gets a leading
 * apostrophe; numbers, being numbers, do not.
 */
export function csvField(value: string | number | boolean | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const text = plainText(value);
  const inert = /^\s*[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",']/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
