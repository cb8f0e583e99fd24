/** "Did you mean": the known field whose name is fewest letters away from an unknown one. */

const FARTHEST = 3;

/** `undefined`: none is near. */
export function nearestField(unknown: string, known: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let least = Math.min(FARTHEST, unknown.length - 1) + 1;
  for (const name of known) {
    const letters = Math.abs(name.length - unknown.length) > FARTHEST ? least : distance(unknown.toLowerCase(), name.toLowerCase());
    if (letters >= least) continue;
    least = letters;
    nearest = name;
  }
  return nearest;
}

/** Levenshtein distance, one row of the table at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
