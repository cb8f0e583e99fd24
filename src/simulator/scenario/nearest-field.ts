/** "Did you mean": the known field whose name is fewest letters away from an unknown one. */
import { distance } from 'fastest-levenshtein';

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
