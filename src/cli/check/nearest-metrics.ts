/** "Did you mean" for metrics, whose names are words with dots and underscores between. */
import { nearest } from '../nearest.ts';

const MOST = 3;

/** A few letters away, or else with the most words in common; says where all are listed if none is near. */
export function suggestion(metric: string, names: readonly string[]): string {
  const near = nearest(metric, names, MOST);
  const found = near.length > 0 ? near : withCommonWords(metric, names);
  return found.length > 0 ? `did you mean ${found.join(' or ')}?` : 'netlog-analyze TRACE --format json lists them';
}

function withCommonWords(metric: string, names: readonly string[]): string[] {
  const words = wordsOf(metric);
  return names
    .map((name) => ({ name, common: wordsOf(name).filter((word) => words.includes(word)).length }))
    .filter(({ common }) => common > 0)
    .toSorted((a, b) => b.common - a.common)
    .slice(0, MOST)
    .map(({ name }) => name);
}

function wordsOf(name: string): string[] {
  return name.toLowerCase().split(/[^a-z0-9]+/);
}
