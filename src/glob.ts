/**
 * Globs over host names and event names: `*` is any text, dots and slashes included, `?` one character; letter case
 * does not count.
 *
 * A leaf, so that scenarios and selections mean the same. Libraries for file names are not used: to them slashes,
 * leading dots, braces and brackets mean something. Nothing backtracks: a test takes at most as many steps as glob
 * and text have characters, multiplied.
 */

/** A test for one glob, of the whole text. */
export function globMatcher(glob: string): (text: string) => boolean {
  const [first = '', ...rest] = glob.toLowerCase().split(/\*+/);
  const last = rest.pop();
  return (text) => {
    const lower = text.toLowerCase();
    if (last === undefined) return lower.length === first.length && matchesAt(lower, 0, first);
    const end = lower.length - last.length;
    if (end < first.length || !matchesAt(lower, 0, first)) return false;
    let at = first.length;
    for (const piece of rest) {
      while (at + piece.length <= end && !matchesAt(lower, at, piece)) at++;
      if (at + piece.length > end) return false;
      at += piece.length;
    }
    return matchesAt(lower, end, last);
  };
}

/** A test for several globs, of which one must match; none at all matches everything. */
export function anyGlob(globs: readonly string[]): (text: string) => boolean {
  const matchers = globs.map(globMatcher);
  return (text) => matchers.length === 0 || matchers.some((matches) => matches(text));
}

function matchesAt(text: string, at: number, piece: string): boolean {
  for (let i = 0; i < piece.length; i++) {
    if (piece[i] !== '?' && piece[i] !== text[at + i]) return false;
  }
  return true;
}
