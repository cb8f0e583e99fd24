/** Globs over host names: `*` is any text, dots included; everything else stands for itself. */

/** The texts between the stars; a single one: no star at all. */
export type Glob = readonly string[];

export function parseGlob(text: string): Glob {
  return text.split('*');
}

/** Whether the whole of `text` matches; letter case counts, names are normalized before. */
export function globMatches(glob: Glob, text: string): boolean {
  const first = glob[0] ?? '';
  if (glob.length < 2) return text === first;
  const last = glob[glob.length - 1] ?? '';
  const end = text.length - last.length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of glob.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
