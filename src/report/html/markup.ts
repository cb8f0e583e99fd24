/** Text and data inside the markup of our pages. */
import { plainJson, plainText } from '../plain-text.ts';

/** JSON that no HTML parser takes for markup: no `<`, and nothing invisible. */
export function dataBlock(data: object): string {
  return plainJson(JSON.stringify(data)).replaceAll('<', '\\u003c');
}

export function markupText(text: string): string {
  return plainText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
