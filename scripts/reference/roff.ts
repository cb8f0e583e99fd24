/** Text as roff takes it: nothing in it is a request or an escape, and a hyphen can be copied as the one of an option. */

/** A line of text. */
export function roff(text: string): string {
  const escaped = escape(text);
  // At the beginning of a line these are requests.
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}

export function bold(text: string): string {
  return `.B ${argument(text)}`;
}

/** One argument of a macro. */
export function argument(text: string): string {
  return `"${escape(text).replaceAll('"', '\\(dq')}"`;
}

const NAMED: Readonly<Record<string, string>> = { '\\': '\\(rs', '-': '\\-', '^': '\\(ha', '~': '\\(ti', '`': '\\(ga' };

function escape(text: string): string {
  return text.replaceAll(/[\\\-^~`]|[^\u0020-\u007e]/gu, (character) => NAMED[character] ?? `\\[u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`);
}
