/**
 * What is taken out of running text, wherever it stands: the secret parts of each URL in it, e-mail
 * addresses, passwords before a host, values assigned to a telling name, user names in paths of files.
 *
 * Every rule starts from a mark that is searched for (`://`, `@`, `=`) and looks a bounded way back, so
 * that no text makes it slow.
 */
import { redactWord, REDACTED, type Scrub, strip } from './scrub.ts';
import { redactUrl } from './url.ts';

const LONGEST_NAME = 256;

/** Ends a URL within text: none of these may stand in one unescaped. */
const URL_END = /[\s"<>`]/;

export function redactText(text: string, scrub: Scrub): string {
  let redacted = text;
  if (redacted.includes('://')) redacted = redactUrlsIn(redacted, scrub);
  if (/^data:/i.test(redacted)) redacted = redactUrl(redacted, scrub);
  if (redacted.includes('@') || redacted.includes('%40')) redacted = redactBeforeAt(redacted, scrub);
  if (redacted.includes('=')) redacted = redactAssigned(redacted, scrub);
  redacted = redacted.replace(BEARER, (_whole, scheme: string, value: string) => scheme + strip(value, 'credentials', scrub));
  if (redacted.includes('eyJ')) redacted = redacted.replace(WORDS_WITH_DOTS, (words) => redactWebTokens(words, scrub));
  return redactUserFolders(redacted, scrub);
}

const BEARER = /\b((?:bearer|basic|negotiate|ntlm)\s{1,4})([\w+/=.~-]{8,})/gi;
const WORDS_WITH_DOTS = /[\w.-]+/g;
const WEB_TOKEN_START = /(?<!\w)eyJ[\w-]{8}/;

/** JSON Web Tokens (RFC 7519): three words with dots between, the last of which may be empty. */
function redactWebTokens(words: string, scrub: Scrub): string {
  const parts = words.split('.');
  const told: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    const [part = '', next, last] = [parts[i], parts[i + 1], parts[i + 2]];
    const at = next === undefined || next === '' || last === undefined ? -1 : part.search(WEB_TOKEN_START);
    if (at < 0) {
      told.push(part);
      continue;
    }
    told.push(part.slice(0, at) + redactWord(`${part.slice(at)}.${next}.${last}`, 'tokens', scrub));
    i += 2;
  }
  return told.join('.');
}

function redactUrlsIn(text: string, scrub: Scrub): string {
  let result = '';
  let done = 0;
  for (let mark = text.indexOf('://'); mark >= 0; mark = text.indexOf('://', Math.max(done, mark + 3))) {
    let start = mark;
    while (start > done && mark - start < LONGEST_NAME && /[\w+.-]/.test(text[start - 1]!)) start--;
    const length = text.slice(mark).search(URL_END);
    const end = length < 0 ? text.length : mark + length;
    result += text.slice(done, start) + redactUrl(text.slice(start, end), scrub);
    done = end;
  }
  return result + text.slice(done);
}

const BEFORE_AT = /[^\s/\\"'<>()[\]{},;=&?#|@]/;
const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/i;

/** `alice@a.test` and `alice:password@proxy:3128`; `%40` is an `@` in a path. */
function redactBeforeAt(text: string, scrub: Scrub): string {
  let result = '';
  let done = 0;
  for (const mark of text.matchAll(/@|%40/g)) {
    let start = mark.index;
    while (start > done && mark.index - start < LONGEST_NAME && BEFORE_AT.test(text[start - 1]!)) start--;
    const local = text.slice(start, mark.index);
    const hasPassword = local.includes(':');
    const isAddress = DOMAIN.test(text.slice(mark.index + mark[0].length, mark.index + LONGEST_NAME));
    if (local === '' || (!hasPassword && !isAddress)) continue;
    result += text.slice(done, start) + redactWord(local, hasPassword ? 'credentials' : 'e-mail', scrub);
    done = mark.index;
  }
  return result + text.slice(done);
}

/** Names that tell that their value is a secret; those that contain them do too. */
export const SECRET_NAME = /token|secret|passw|passphrase|(?:^|[-_])pwd|api[-_]?key|private[-_]?key|credential|session[-_]?id|csrf|xsrf|(?:^|[-_])auth(?:$|[-_])|authorization/i;

/** `--api-token=…`, `sessionid=…`. */
function redactAssigned(text: string, scrub: Scrub): string {
  let result = '';
  let done = 0;
  for (let mark = text.indexOf('='); mark >= 0; mark = text.indexOf('=', mark + 1)) {
    if (mark < done) continue;
    const name = /[\w-]{1,64}$/.exec(text.slice(Math.max(0, mark - 64), mark))?.[0];
    if (name === undefined || !SECRET_NAME.test(name)) continue;
    const quoted = text[mark + 1] === '"' ? 1 : 0;
    const length = text.slice(mark + 1 + quoted).search(quoted === 1 ? /"/ : /[\s&;,"']/);
    const from = mark + 1 + quoted;
    const end = length < 0 ? text.length : from + length;
    result += text.slice(done, from) + redactWord(text.slice(from, end), 'tokens', scrub);
    done = end;
  }
  return result + text.slice(done);
}

const UNIX_FOLDER = /(\/(?:home|users?)\/|\/~)([^/\\\s"'?#;,]+)/gi;
const WINDOWS_FOLDER = /(\\(?:users|documents and settings)\\)([^\\/:*?"<>|]+)/gi;

function redactUserFolders(text: string, scrub: Scrub): string {
  const redact = (_whole: string, folder: string, name: string): string => folder + redactWord(name, 'user-names', scrub);
  return text.replace(UNIX_FOLDER, redact).replace(WINDOWS_FOLDER, redact);
}

/** A URL that is the whole text, with what running text loses as well. */
export function redactUrlText(text: string, scrub: Scrub): string {
  return text === REDACTED ? text : redactText(redactUrl(text, scrub), scrub);
}
