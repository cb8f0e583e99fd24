/**
 * Log text as charts may hold it. A chart takes log text only as a value of its data and as the words of its title;
 * never as an expression, a format, a field name or an address to fetch.
 */
import { plainText } from '../plain-text.ts';
import { cutMiddle } from '../terminal/text-width.ts';

/** Code points that are no characters: an SVG that has them is no XML. */
const NONCHARACTERS = /\p{Noncharacter_Code_Point}/gu;

/** One visible line of at most `width` columns; hosts and addresses tell most at both ends. */
export function chartText(text: string, width = 48): string {
  const visible = plainText(text).replace(NONCHARACTERS, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  return cutMiddle(visible, width);
}
