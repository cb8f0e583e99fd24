/**
 * How wide text is, reckoned from its characters: without a browser nothing measures it, and a guess from its length
 * alone cuts and spreads labels badly. For DejaVu Sans, in which PNGs are drawn; Verdana, which most browsers have, is
 * within a few percent of it.
 */

/** Width of a character, in units of the font's size. */
function characterWidth(character: string): number {
  if (/[iljI|.,:;'!()[\]{} ft/\\]/.test(character)) return 0.34;
  if (/[mwMW@%—…]/.test(character)) return 0.93;
  if (/[A-Z&<>=+~#–]/.test(character)) return 0.72;
  // East Asian characters fill a square.
  return (character.codePointAt(0) ?? 0) < 0x1100 ? 0.61 : 1;
}

export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width * fontSize;
}
