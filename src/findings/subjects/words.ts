/** Numbers and lists in the sentences of findings. */

/** `22 ms`, `1.4 s`, `18 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

/** `1 query`, `3 queries`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

const MOST_NAMED = 5;

/** `a, b and c`; of many the first few and how many more. */
export function list(names: Iterable<string>): string {
  const all = [...new Set(names)];
  const named = all.length <= MOST_NAMED ? all : [...all.slice(0, MOST_NAMED), `${all.length - MOST_NAMED} more`];
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
}
