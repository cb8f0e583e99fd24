/** A comparison or a check for a terminal: what failed first, then what differs, then all metrics. */
import type { Check, Comparison } from '../../compare/comparison.ts';
import type { HostPairs } from '../../compare/paired-hosts.ts';
import type { LimitOutcome } from '../../compare/thresholds/judge-thresholds.ts';
import type { Column } from '../column.ts';
import { formatMetricValue, formatPlural } from '../format.ts';
import { plainText } from '../plain-text.ts';
import { tableLines } from '../terminal/table.ts';
import { padEnd, wrapText } from '../terminal/text-width.ts';
import { toned, type View } from '../view.ts';
import { comparabilityTexts, methodText, outcomeText, sideText, verdictCounts } from './comparison-facts.ts';
import { formatDifference } from './difference-text.ts';
import { failedFirst, limitColumns, limitNote } from './limit-columns.ts';
import { metricComparisonColumns, worstVerdictFirst } from './metric-columns.ts';

const INDENT = 2;
const LABEL_WIDTH = 14;
const MOST_HOSTS = 10;

export function comparisonText(comparison: Comparison, view: View): string {
  const { base, new: next, comparability, limits, metrics, hosts } = comparison;
  return textOf([
    ...labelled('Base', sideText(base), view),
    ...labelled('New', sideText(next), view),
    ...outcomeLines(comparison, limits.length > 0 ? verdictCounts(comparison) : `${verdictCounts(comparison)}; no thresholds`, view),
    '',
    view.style('heading', 'Comparability'),
    ...comparabilityTexts(comparability).flatMap(({ label, text, harmless }) => labelled(label, text, view, harmless ? undefined : 'warning')),
    ...limitLines(limits, view),
    '',
    view.style('heading', 'Metrics'),
    ...(metrics.length === 0 ? ['  Neither side has anything to count.'] : tableLines(metricComparisonColumns, worstVerdictFirst(metrics), view, { indent: INDENT })),
    ...reasonLines(comparison, view),
    ...hosts.flatMap((pairs) => hostLines(pairs, view)),
    '',
    ...wrapText(methodText(comparison), view.width).map((line) => view.style('dim', line)),
  ]);
}

export function checkText(check: Check, view: View): string {
  const { new: side, limits } = check;
  const passed = limits.filter(({ state }) => state === 'passed').length;
  return textOf([
    ...labelled('Checked', sideText(side), view),
    ...outcomeLines(check, `${passed} of ${formatPlural(limits.length, 'threshold')} passed`, view),
    ...limitLines(limits, view),
  ]);
}

function textOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

function outcomeLines(result: Comparison | Check, detail: string, view: View): string[] {
  return labelled('Outcome', `${outcomeText(result)} (${detail})`, view, result.outcome === 'passed' ? 'good' : 'bad');
}

function labelled(label: string, text: string, view: View, tone?: 'good' | 'bad' | 'warning'): string[] {
  const [first = '', ...more] = wrapText(text, view.width - INDENT - LABEL_WIDTH).map((line) => toned(view.style, tone, line));
  const margin = ' '.repeat(INDENT);
  return [`${margin}${view.style('dim', padEnd(label, LABEL_WIDTH))}${first}`, ...more.map((line) => ' '.repeat(INDENT + LABEL_WIDTH) + line)];
}

function limitLines(limits: readonly LimitOutcome[], view: View): string[] {
  if (limits.length === 0) return [];
  const rows = failedFirst(limits);
  const linesByNote = new Map<string, number[]>();
  for (const row of rows) {
    const note = row.state === 'passed' ? '' : limitNote(row);
    if (note !== '') linesByNote.set(note, [...(linesByNote.get(note) ?? []), row.line]);
  }
  return [
    '',
    view.style('heading', 'Thresholds'),
    ...tableLines(limitColumns, rows, view, { indent: INDENT }),
    ...Array.from(linesByNote, ([note, lines]) => `Line ${lines.join(', ')}: ${note}`).flatMap((text) => remark(text, view)),
  ];
}

/** Why metrics are inconclusive or not comparable: each reason once. */
function reasonLines({ metrics }: Comparison, view: View): string[] {
  const byReason = new Map<string, number>();
  for (const { verdict, reason } of metrics) if (reason !== undefined) byReason.set(`${verdict}: ${reason}`, (byReason.get(`${verdict}: ${reason}`) ?? 0) + 1);
  return Array.from(byReason, ([reason, n]) => `${n} ${reason}`).flatMap((text) => remark(text, view));
}

function remark(text: string, view: View): string[] {
  return wrapText(plainText(text), view.width, '  ', '    ').map((line) => view.style('dim', line));
}

type HostPair = HostPairs['pairs'][number];

const HOST_COLUMNS: readonly Column<HostPair>[] = [
  { id: 'host', title: 'Host', rank: 0, shrinkTo: 16, verbatim: true, value: ({ host }) => host },
  { id: 'base', title: 'Base', align: 'right', rank: 0, value: ({ base }) => base, text: ({ base }) => formatMetricValue(base, 'ms') },
  { id: 'new', title: 'New', align: 'right', rank: 0, value: (pair) => pair.new, text: (pair) => formatMetricValue(pair.new, 'ms') },
  { id: 'difference', title: 'Difference', align: 'right', rank: 0, value: (pair) => pair.new - pair.base, text: (pair) => formatDifference(pair.new - pair.base, 'ms') },
];

function hostLines({ metric, pairs }: HostPairs, view: View): string[] {
  const slower = pairs.filter((pair) => pair.new > pair.base).length;
  const faster = pairs.filter((pair) => pair.new < pair.base).length;
  const heading = `${metric} by host: ${formatPlural(pairs.length, 'host')} on both sides, ${slower} slower, ${faster} faster`;
  const more = pairs.length > MOST_HOSTS ? [view.style('dim', `  and ${pairs.length - MOST_HOSTS} more, in --format json`)] : [];
  return ['', view.style('heading', heading), ...tableLines(HOST_COLUMNS, pairs.slice(0, MOST_HOSTS), view, { indent: INDENT }), ...more];
}
