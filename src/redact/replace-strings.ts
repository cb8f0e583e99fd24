/**
 * JSON text with its strings replaced, and nothing else touched: blanks, order and repetition of keys, the way numbers
 * are written. So a redacted log looks as the log did, and no key that occurs twice hides what is in it.
 */

/** Where a string stands: in an object or a list, under which key, and under which key that object or list itself. */
export interface StringPlace {
  readonly in: 'object' | 'list';
  /** Of a list's items the key of the list; at the top ''. */
  readonly key: string;
  readonly holder: string;
}

export interface StringRules {
  readonly key: (name: string) => string;
  readonly value: (value: string, place: StringPlace) => string;
}

interface Level extends StringPlace {
  key: string;
  expectsKey: boolean;
}

/** `json`: text that `JSON.parse` takes. */
export function replaceStrings(json: string, rules: StringRules): string {
  const marks = /["{}[\],]/g;
  const levels: Level[] = [];
  let result = '';
  let done = 0;

  function open(kind: Level['in']): void {
    const holder = levels.at(-1)?.key ?? '';
    levels.push({ in: kind, holder, key: kind === 'list' ? holder : '', expectsKey: kind === 'object' });
  }

  for (let at = 0; ; at++) {
    marks.lastIndex = at;
    const mark = marks.exec(json);
    if (mark === null) break;
    at = mark.index;
    const level = levels.at(-1);
    switch (mark[0]) {
      case '{':
        open('object');
        break;
      case '[':
        open('list');
        break;
      case '}':
      case ']':
        levels.pop();
        break;
      case ',':
        if (level?.in === 'object') level.expectsKey = true;
        break;
      default: {
        const end = stringEnd(json, at);
        const text = JSON.parse(json.slice(at, end)) as string;
        const replaced = level?.expectsKey === true ? rules.key(text) : rules.value(text, level ?? TOP);
        if (level?.expectsKey === true) {
          level.key = text;
          level.expectsKey = false;
        }
        if (replaced !== text) {
          result += json.slice(done, at) + jsonText(replaced);
          done = end;
        }
        at = end - 1;
      }
    }
  }
  return result + json.slice(done);
}

const TOP: StringPlace = { in: 'list', key: '', holder: '' };

/** Chromium writes no `<`, so that a log may stand in a page. */
function jsonText(text: string): string {
  return JSON.stringify(text).replaceAll('<', String.raw`\u003C`);
}

/** Just past the quote that closes the string which begins at `start`. */
function stringEnd(json: string, start: number): number {
  for (let quote = json.indexOf('"', start + 1); ; quote = json.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (json[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
}
