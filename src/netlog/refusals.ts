/**
 * What is not a NetLog, and what to tell its owner: one line each that says what was expected,
 * what was found, where, and what to try.
 */
import { NetLogError } from './errors.ts';
import type { JsonFailure } from './json-tokens.ts';

const HOW_TO_RECORD = 'Record one with chrome://net-export or with the browser option --log-net-log=FILE.';

export function empty(): NetLogError {
  return new NetLogError('empty', `Expected a NetLog, found nothing: the input is empty. ${HOW_TO_RECORD}`);
}

/** `head`: the beginning of the input, which does not start as a JSON object does. */
export function notJson(head: Uint8Array): NetLogError {
  if (isUtf16(head)) {
    return new NetLogError('not-json', 'Expected a NetLog in UTF-8, found UTF-16 text at byte 0. Save it as UTF-8 and try again.');
  }
  const text = new TextDecoder().decode(head);
  if (/^\s*logging is in progress/i.test(text) || /\.inprogress\b[^]*stitch/i.test(text)) return loggingInProgress(text);
  if (/^\s*<(?:!doctype|html|head|body|\?xml|!--)/i.test(text)) return markup();
  if (/^\s*\[/.test(text)) {
    return new NetLogError(
      'not-a-netlog',
      `Expected a NetLog, found JSON that is a list at byte 0; Chrome traces can look like this. ${HOW_TO_RECORD}`,
    );
  }
  return new NetLogError(
    'not-json',
    `Expected a NetLog, which is JSON and starts with {"constants":, found "${excerpt(text)}" at byte 0. ${HOW_TO_RECORD}`,
  );
}

/** Whoever saves the link to a log from a page behind a sign-in gets that page. */
function markup(): NetLogError {
  return new NetLogError(
    'not-json',
    'Expected a NetLog, found an HTML or XML page at byte 0, such as the sign-in or error page of the site that the log was to come from.' +
      ' Open the file in a browser to see what it is, and download the log itself again.',
  );
}

/** A size-limited export keeps its events in a folder of parts, and writes the log when it is stopped. */
function loggingInProgress(text: string): NetLogError {
  const folder = /\S[^\r\n]*\.inprogress/.exec(text)?.[0];
  return new NetLogError(
    'logging-in-progress',
    'Expected a NetLog, found the note that stands in its place while the browser is still logging' +
      (folder === undefined ? '. ' : ` (its parts are in "${excerpt(folder, 200)}"). `) +
      'Stop the logging in chrome://net-export, or close the browser, and try again.' +
      " If the browser has crashed, stitch the parts together with Chromium's net/tools/stitch_net_log_files.py.",
  );
}

export function traceEvents(): NetLogError {
  return new NetLogError(
    'not-a-netlog',
    `Expected a NetLog, found a Chrome trace (it has the key "traceEvents"), which does not hold network logs of this kind. ${HOW_TO_RECORD}`,
  );
}

export function har(): NetLogError {
  return new NetLogError(
    'not-a-netlog',
    `Expected a NetLog, found a HAR file (it has "log" with "entries"), which does not tell how connections were made. ${HOW_TO_RECORD}`,
  );
}

/** `keys`: the top-level keys of a JSON object without constants. */
export function otherJson(keys: readonly string[]): NetLogError {
  const found = keys.length === 0 ? 'no keys at all' : `the keys ${keys.slice(0, 5).map((key) => `"${excerpt(key)}"`).join(', ')}`;
  return new NetLogError('not-a-netlog', `Expected a NetLog with the key "constants", found a JSON object with ${found}. ${HOW_TO_RECORD}`);
}

export function eventsBeforeConstants(): NetLogError {
  return new NetLogError(
    'events-before-constants',
    'Expected "constants" before "events", found events first: their numbers have no names yet.' +
      ' Move "constants" to the front (jq "{constants, events}" FILE) and try again.',
  );
}

/** The input ended before its constants did. */
export function cutHead(at: number): NetLogError {
  return new NetLogError(
    'cut-in-header',
    `Expected a NetLog with "constants" and "events", found the end of the input at byte ${at}, before the constants are whole.` +
      ' Copy the file again, or record the log again.',
  );
}

/** The input stopped being JSON before its events began. */
export function brokenHead(failure: JsonFailure): NetLogError {
  return new NetLogError(
    'not-json',
    `Expected a NetLog, found JSON that is broken before its events begin, near byte ${failure.at} (${failure.reason}). ${HOW_TO_RECORD}`,
  );
}

/** By its mark, or without one by the brace that a log begins with. */
function isUtf16(head: Uint8Array): boolean {
  const start = ((head[0] ?? 0) << 8) | (head[1] ?? 0);
  return start === 0xfffe || start === 0xfeff || start === 0x7b00 || start === 0x007b;
}

/** The first characters, safe to print on any terminal. */
function excerpt(text: string, length = 40): string {
  const printable = text.trim().slice(0, length).replaceAll(/[^\x20-\x7e]/g, '.');
  return text.trim().length > length ? `${printable}...` : printable;
}
