/**
 * A comparison or a check as the comment on a pull request: the outcome, what failed, the rest folded. A hidden marker
 * lets a bot find and replace its own comment; a cap keeps the text below GitHub's limit of 65,536 characters.
 */
import type { MetricComparison } from '../../compare/compare-metrics.ts';
import type { Check, Comparison } from '../../compare/comparison.ts';
import type { LimitOutcome } from '../../compare/thresholds/judge-thresholds.ts';
import { columnsToShow, type Column } from '../column.ts';
import { formatPlural } from '../format.ts';
import { markdownTable } from '../markdown/table.ts';
import { markdownText } from '../plain-text.ts';
import { comparabilityTexts, methodText, outcomeText, sideText, verdictCounts } from './comparison-facts.ts';
import { failedFirst, limitColumns, limitNote } from './limit-columns.ts';
import { metricComparisonColumns, worstVerdictFirst } from './metric-columns.ts';

export const MOST_CHARACTERS = 60_000;

export interface MarkdownOptions {
  /** Names the comment among those of other comparisons on the same pull request. */
  readonly key: string;
}

export function comparisonMarkdown(comparison: Comparison, { key }: MarkdownOptions): string {
  const { base, new: next, comparability, limits, metrics } = comparison;
  const rows = worstVerdictFirst(metrics);
  const unequal = comparabilityTexts(comparability).filter(({ harmless }) => !harmless);
  return capped(
    [
      head(key, comparison, `Base ${markdownText(sideText(base))}. New ${markdownText(sideText(next))}. ${verdictCounts(comparison)}.`),
      unequal.length === 0 ? 'The sides are comparable.\n' : `Mind before comparing:\n${unequal.map(({ label, text }) => `- ${label}: ${markdownText(text)}\n`).join('')}`,
    ],
    [...limitTables(limits), section('Metrics', METRIC_COLUMNS, rows.filter(({ verdict }) => verdict !== 'unchanged')), folded('unchanged', METRIC_COLUMNS, rows.filter(({ verdict }) => verdict === 'unchanged'))],
    markdownText(methodText(comparison)),
  );
}

export function checkMarkdown(check: Check, { key }: MarkdownOptions): string {
  return capped([head(key, check, markdownText(sideText(check.new)))], limitTables(check.limits), '');
}

function head(key: string, result: Comparison | Check, detail: string): string {
  return `<!-- netlog-analyze:${result.kind === 'check' ? 'check' : 'compare'}:${key} -->\n## Connections: ${markdownText(outcomeText(result))}\n\n${detail}\n`;
}

const METRIC_COLUMNS: readonly Column<MetricComparison>[] = [
  ...metricComparisonColumns.map((column) => (column.id === 'metric' ? { ...column, verbatim: true } : column)),
  { id: 'reason', title: 'Note', rank: 1, value: ({ reason }) => reason },
];

const LIMIT_COLUMNS: readonly Column<LimitOutcome>[] = [
  ...limitColumns.map((column) => (column.id === 'metric' ? { ...column, verbatim: true } : column)),
  { id: 'note', title: 'Note', rank: 1, value: limitNote },
];

/** A table that can be cut off after any of its rows. */
interface Table {
  readonly before: string;
  readonly lines: readonly string[];
  readonly after: string;
}

function limitTables(limits: readonly LimitOutcome[]): Table[] {
  const rows = failedFirst(limits);
  return [
    section('Thresholds', LIMIT_COLUMNS, rows.filter(({ state }) => state !== 'passed')),
    folded('passed', LIMIT_COLUMNS, rows.filter(({ state }) => state === 'passed')),
  ];
}

function section<Row>(title: string, columns: readonly Column<Row>[], rows: readonly Row[]): Table {
  return tableOf(columns, rows, `\n### ${title}\n\n`, '');
}

function folded<Row>(what: string, columns: readonly Column<Row>[], rows: readonly Row[]): Table {
  return tableOf(columns, rows, `\n<details><summary>${formatPlural(rows.length, 'row')} ${what}</summary>\n\n`, '\n</details>\n');
}

function tableOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[], before: string, after: string): Table {
  const [header = '', rule = '', ...lines] = markdownTable(columnsToShow(columns, rows), rows).split(/(?<=\n)/);
  return { before: before + header + rule, lines, after };
}

/** As many rows as fit, in order; what is left out is said. */
function capped(start: readonly string[], tables: readonly Table[], end: string): string {
  const foot = end === '' ? '' : `\n${end}\n`;
  let text = start.join('\n');
  let omitted = 0;
  const fits = (more: string): boolean => text.length + more.length + foot.length + ROOM_FOR_NOTE <= MOST_CHARACTERS;
  for (const { before, lines, after } of tables) {
    if (lines.length === 0) continue;
    let table = before;
    let taken = 0;
    while (taken < lines.length && fits(table + (lines[taken] ?? '') + after)) table += lines[taken++] ?? '';
    if (taken > 0) text += table + after;
    omitted += lines.length - taken;
  }
  return text + (omitted === 0 ? '' : `\n${formatPlural(omitted, 'row')} omitted.\n`) + foot;
}

const ROOM_FOR_NOTE = 100;
