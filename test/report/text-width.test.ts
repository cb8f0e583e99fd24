/** Text measured, cut and wrapped by what it takes on a terminal. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutEnd, cutMiddle, padEnd, padStart, textWidth, wrapText } from '../../src/report/terminal/text-width.ts';

describe('cutting', () => {
  test('keeps both ends of a name, or only the start of a sentence', () => {
    expect(cutMiddle('static.example.test', 11)).toBe('stati….test');
    expect(cutEnd('static.example.test', 8)).toBe('static.…');
    expect(cutMiddle('a.test', 6)).toBe('a.test');
    expect(cutMiddle('a.test', 0)).toBe('');
    expect(cutEnd('a.test', 0)).toBe('');
  });

  test('does not cut through a wide character or an emoji', () => {
    expect(cutMiddle('例え例え例え', 7)).toBe('例…え');
    expect(cutEnd('👩‍👩‍👧 family', 4)).toBe('👩‍👩‍👧 …');
  });

  test('never leaves more than asked for', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.nat(30),
        (text, width) => textWidth(cutMiddle(text, width)) <= width && textWidth(cutEnd(text, width)) <= width,
      ),
    );
  });
});

test('padding counts columns, not characters', () => {
  expect(padEnd('例', 4)).toBe('例  ');
  expect(padStart('例', 4)).toBe('  例');
  expect(padEnd('long', 2)).toBe('long');
});

describe('wrapping', () => {
  test('breaks at spaces, with an indentation of its own for further lines', () => {
    expect(wrapText('one two three four', 11, '- ', '  ')).toEqual(['- one two', '  three', '  four']);
  });

  test('keeps a number with its unit', () => {
    expect(wrapText('it took 1.326 s then', 13)).toEqual(['it took', '1.326 s then']);
  });

  test('leaves a long word whole', () => {
    expect(wrapText('see https://a.test/very/long now', 10)).toEqual(['see', 'https://a.test/very/long', 'now']);
  });
});
