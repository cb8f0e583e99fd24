/** Hostile log strings in terminals, Markdown, CSV and JSON. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvField, markdownCode, markdownFence, markdownText, plainJson, plainText } from '../../src/report/plain-text.ts';

const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('on a terminal', () => {
  test.each([
    ['a colour', '\u001b[31mred', '\\x1b[31mred'],
    ['a window title', '\u001b]0;owned\u0007', '\\x1b]0;owned\\x07'],
    ['a one-byte control sequence', '\u009b2J', '\\x9b2J'],
    ['a forged line', 'ok\r\nerror: none', 'ok\\r\\nerror: none'],
    ['reversed text', 'a\u202etset.b', 'a\\u202etset.b'],
    ['an invisible character', 'exam\u200bple.test', 'exam\\u200bple.test'],
    ['a tag outside the basic plane', '\u{e0041}', '\\u{e0041}'],
    ['half a surrogate pair', '\ud800x', '\\ud800x'],
    ['a line separator', 'a\u2028b', 'a\\u2028b'],
  ])('%s shows as an escape', (_what, text, expected) => {
    expect(plainText(text)).toBe(expected);
  });

  test('ordinary text of any script stays', () => {
    expect(plainText('bücher.test 例え 🦊')).toBe('bücher.test 例え 🦊');
  });

  test('nothing unsafe is left in any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !UNSAFE.test(plainText(text))));
  });
});

test('JSON keeps its value and its lines, and nothing else that a terminal would act on', () => {
  const value = { text: 'a\u009b\u202e\u{e0041}\n\u007f' };
  const json = plainJson(JSON.stringify(value, null, 2));
  expect(json.replaceAll('\n', '')).not.toMatch(UNSAFE);
  expect(JSON.parse(json)).toEqual(value);
});

describe('in Markdown', () => {
  test.each([
    ['a link', '[x](javascript:1)', '\\[x\\](javascript:1)'],
    ['an image from elsewhere', '![](https://evil.test/?q)', '!\\[\\](https:<!-- -->//evil.test/?q)'],
    ['HTML', '<img src=x onerror=1>', '&lt;img src=x onerror=1&gt;'],
    ['emphasis', '_a_ *b*', '\\_a\\_ \\*b\\*'],
    ['a name with underscores', 'ERR_TIMED_OUT', 'ERR_TIMED_OUT'],
    ['a further table cell', 'a | b', 'a \\| b'],
    ['a mention', 'ask @team', 'ask @<!-- -->team'],
    ['a new line with a heading', 'a\n# b', 'a\\\\n\\# b'],
  ])('%s stays text', (_what, text, expected) => {
    expect(markdownText(text)).toBe(expected);
  });

  test('a code span cannot be left', () => {
    expect(markdownCode('a`b|c')).toBe('``a`b\\|c``');
    expect(markdownCode('`')).toBe('`` ` ``');
  });

  test('a fence is longer than any run of backticks inside', () => {
    expect(markdownFence('x\n````\ny\n')).toBe('`````text\nx\n````\ny\n`````\n');
  });
});

describe('in CSV', () => {
  test.each([
    ['=HYPERLINK("http://evil.test")', '"\'=HYPERLINK(""http://evil.test"")"'],
    ['+1', '"\'+1"'],
    ['-2+3', '"\'-2+3"'],
    ['@SUM(A1)', '"\'@SUM(A1)"'],
    [' =1', '"\' =1"'],
    ['\t=1', '\\t=1'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
  ])('%j is an inert field', (text, expected) => {
    expect(csvField(text)).toBe(expected);
  });

  test('numbers stay numbers, and what is missing stays empty', () => {
    expect([-3, 2.5, true, undefined].map(csvField)).toEqual(['-3', '2.5', 'true', '']);
  });
});
