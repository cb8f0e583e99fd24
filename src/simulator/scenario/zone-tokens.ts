/**
 * The words of a zone in presentation format (RFC 1035 §5.1): entries over one line, or over several in
 * parentheses, with comments taken out, quotes and escapes resolved.
 */
import { ZoneError } from './zone-error.ts';

export interface ZoneToken {
  /** Without its quotes, escapes resolved: one character per octet of `\DDD`. */
  readonly text: string;
  /** Written with neither quotes nor escapes, as names must be here. */
  readonly plain: boolean;
  /** From 1. */
  readonly line: number;
}

export interface ZoneEntry {
  /** Of its end. */
  readonly line: number;
  /** The line starts with a blank: the record belongs to the owner before. */
  readonly continuesOwner: boolean;
  /** One at least. */
  readonly tokens: readonly ZoneToken[];
}

const BLANK = /[ \t\r]+|;[^\n]*/y;
const WORD = /(?:[^ \t\r\n;()"\\]|\\\d{3}|\\[^\d\n]|"(?:[^"\\\n]|\\\d{3}|\\[^\d\n])*")+/y;
const QUOTE_OR_ESCAPE = /"|\\(?:(\d{3})|([^]))/g;

export function readZoneEntries(text: string): readonly ZoneEntry[] {
  const entries: ZoneEntry[] = [];
  let tokens: ZoneToken[] = [];
  let continuesOwner = startsBlank(text, 0);
  let openLine: number | undefined;
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const character = text[at];
    if (character === '\n') {
      if (openLine === undefined) {
        if (tokens.length > 0) entries.push({ line, continuesOwner, tokens });
        tokens = [];
        continuesOwner = startsBlank(text, at + 1);
      }
      line++;
      at++;
    } else if (character === '(' || character === ')') {
      if ((character === '(') !== (openLine === undefined)) throw new ZoneError(line, 'parentheses in pairs, not nested', character);
      openLine = character === '(' ? line : undefined;
      at++;
    } else {
      const blank = match(BLANK, text, at);
      const written = blank ?? match(WORD, text, at);
      if (written === undefined) throw new ZoneError(line, 'a closed quote, or an escape such as \\" or \\034', restOfLine(text, at));
      if (blank === undefined) tokens.push(readToken(written, line));
      at += written.length;
    }
  }
  if (openLine !== undefined) throw new ZoneError(openLine, 'a closing parenthesis', '(');
  if (tokens.length > 0) entries.push({ line, continuesOwner, tokens });
  return entries;
}

function readToken(written: string, line: number): ZoneToken {
  if (!/["\\]/.test(written)) return { text: written, plain: true, line };
  const text = written.replace(QUOTE_OR_ESCAPE, (_, decimal: string | undefined, character: string | undefined) => {
    if (decimal === undefined) return character ?? '';
    if (Number(decimal) > 255) throw new ZoneError(line, 'an escape from \\000 to \\255', `\\${decimal}`);
    return String.fromCharCode(Number(decimal));
  });
  return { text, plain: false, line };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function startsBlank(text: string, at: number): boolean {
  return text[at] === ' ' || text[at] === '\t';
}

function restOfLine(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(at, end < 0 ? undefined : end);
}
