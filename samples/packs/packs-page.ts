/** The outcome of packs, as a table for a terminal and as the page `docs/packs.md`. */
import { type Figures, type PackComparison, promisesKept } from './adaptive-promise.ts';
import type { JudgedPack, JudgedTarget } from './judge.ts';
import type { Target } from './pack.ts';

export function packsTable(judged: readonly JudgedPack[], compared: readonly PackComparison[]): string {
  const head = ['pack', 'id', 'target', 'published', 'within', 'simulated', 'verdict'];
  const lines = laidOut([head, ...judged.flatMap(({ pack, rows }) => rows.map((row) => [pack.name, ...cellsOf(row)]))]);
  const reasons = judged.flatMap(({ rows }) => reasonsOf(rows));
  const verdicts = judged.flatMap(({ rows }) => rows.map(({ verdict }) => verdict));
  const count = (which: JudgedTarget['verdict']): number => verdicts.filter((verdict) => verdict === which).length;
  return `${[...lines, ...(reasons.length > 0 ? ['', ...reasons] : []), '', ...laidOut([COMPARISON, ...compared.map(comparisonCells)]), '', ...promiseLines(compared), '', `${verdicts.length} targets: ${count('met')} met, ${count('explained')} explained, ${count('missed')} missed`].join('\n')}\n`;
}

/** Columns as wide as their widest cell; numbers, and what stands above them, to the right. */
function laidOut(rows: readonly (readonly string[])[]): string[] {
  const [head = [], first = []] = rows;
  const widths = head.map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
  const isNumber = head.map((_, i) => /^\d/.test(first[i] ?? ''));
  return rows.map((row) => row.map((cell, i) => (isNumber[i] === true ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join('  ').trimEnd());
}

const COMPARISON = ['pack', 'best other', 'its median', 'adaptive', 'its p95', 'adaptive', 'its attempts', 'adaptive', 'draft-v3'] as const;

function promiseLines(compared: readonly PackComparison[]): string[] {
  return promisesKept(compared).map(({ promise, found, kept }) => `adaptive, ${promise}: ${found}; ${kept ? 'kept' : 'broken'}`);
}

/** Times in ms, attempts for each request. */
function comparisonCells({ pack, best, adaptive, draft }: PackComparison): string[] {
  const pair = (figure: keyof Figures): string[] => [numeral(best[figure]), numeral(adaptive[figure])];
  return [pack, best.profile, ...pair('median'), ...pair('p95'), ...pair('attempts'), numeral(draft.attempts)];
}

export function packsPage(judged: readonly JudgedPack[], compared: readonly PackComparison[]): string {
  const parts = judged.map(({ pack, rows }) =>
    [
      `## ${pack.name}`,
      '',
      `${pack.about} ${pack.networks} networks.`,
      '',
      'What goes in:',
      '',
      ...pack.inputs.map(({ figure, source }) => `- ${figure} (${source})`),
      '',
      '| | target | published | within | simulated | rests on | verdict |',
      '|---|---|--:|--:|--:|---|---|',
      ...rows.map((row) => {
        const [id = '', what = '', published = '', within = '', value = '', verdict = ''] = cellsOf(row);
        return `| ${id} | ${what} | ${published} | ${within} | ${value} | ${row.target.restsOn} | ${verdict} |`;
      }),
      '',
      `Published by: ${[...new Set(rows.map(({ target }) => target.source))].join('; ')}.`,
      ...reasonsOf(rows).flatMap((reason) => ['', reason]),
    ].join('\n'),
  );
  const table = [`|${COMPARISON.join('|')}|`, '|---|---|--:|--:|--:|--:|--:|--:|--:|', ...compared.map((row) => `|${comparisonCells(row).join('|')}|`)].join('\n');
  return `${[INTRODUCTION, ...parts, ADAPTIVE, table, promiseLines(compared).map((line) => `- ${line}`).join('\n')].join('\n\n')}\n`;
}

const INTRODUCTION = `# Packs

A pack makes networks out of published figures, runs clients in them, and holds what comes out against what others have measured:
\`npm run packs\` prints the table and writes this page; \`samples/packs\` has a file for each pack. The same seed gives the same networks.

*Rests on*: \`mechanism\` is a target that follows from other figures through the engine and the simulated network; \`input\` is one whose
own figure was put in, and has to come through. No input was chosen by looking at a target. *Explained*: outside, for what the model does
not hold. Sources "from memory" were not read again, and "ours" are choices where nothing is published.`;

const ADAPTIVE = `## adaptive beside all others

Of every pack its first 400 networks, or all where each has its place in a row. The *best other* is the profile with the shortest median;
of equal ones that with the fewest attempts. Times in ms from a request to its connection (p95: 95 % are below), attempts for each request.
[What \`adaptive\` does](adaptive.md).`;

/** Each reason once, behind the targets that it is for. */
function reasonsOf(rows: readonly JudgedTarget[]): string[] {
  const reasons = new Map<string, string[]>();
  for (const { target, verdict } of rows) {
    if (verdict === 'explained' && target.unless !== undefined) reasons.set(target.unless, [...(reasons.get(target.unless) ?? []), target.what]);
  }
  return Array.from(reasons, ([reason, whats]) => `Explained (${whats.join('; ')}): ${reason}.`);
}

function cellsOf({ target, value, verdict }: JudgedTarget): string[] {
  const [low, high] = target.within;
  return [target.id ?? '', target.what, quantity(target.published, target), `${numeral(low)}…${numeral(high)}`, value === undefined ? 'none' : quantity(value, target), verdict];
}

function quantity(value: number, { unit }: Target): string {
  return unit === 'count' ? numeral(value) : `${numeral(value)} ${unit}`;
}

/** To hundredths. */
function numeral(value: number): string {
  return String(Math.round(value * 100) / 100);
}
