/** "Did you mean": the candidates closest to a word that is not among them. */
import { distance as editDistance } from 'fastest-levenshtein';

const FARTHEST = 3;

/** At most `count` candidates, nearest first: those that contain the word, then those a few letters away. */
export function nearest(word: string, candidates: Iterable<string>, count = 3): string[] {
  const wanted = word.toLowerCase();
  return Array.from(new Set(candidates))
    .map((candidate) => ({ candidate, distance: distance(wanted, candidate.toLowerCase()) }))
    .filter((entry) => entry.distance <= FARTHEST)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

function distance(a: string, b: string): number {
  if (a.length > 2 && b.includes(a)) return 0;
  return Math.abs(a.length - b.length) > FARTHEST ? Number.POSITIVE_INFINITY : editDistance(a, b);
}
