/** The summary of a data set, for a terminal and as Markdown. */
import type { DatasetSummary } from '../dataset/pool/pooled-metric.ts';
import { pooledMetricColumns } from './columns/pooled-metric.ts';
import { formatCount, formatPlural, formatWallClock } from './format.ts';
import { markdownTable } from './markdown/table.ts';
import { markdownText, plainText } from './plain-text.ts';
import { tableLines } from './terminal/table.ts';
import { padEnd, wrapText } from './terminal/text-width.ts';
import type { View } from './view.ts';

const INDENT = 2;
const LABEL_WIDTH = 13;

/** Of a list of values, the most frequent. */
const MOST_VALUES = 5;

export function datasetSummaryText(summary: DatasetSummary, view: View): string {
  const margin = ' '.repeat(INDENT);
  const facts = factsOf(summary).flatMap(({ label, text }) => {
    const [first = '', ...more] = wrapText(plainText(text), view.width - INDENT - LABEL_WIDTH);
    return [`${margin}${view.style('dim', padEnd(label, LABEL_WIDTH))}${first}`, ...more.map((line) => margin + ' '.repeat(LABEL_WIDTH) + line)];
  });
  const lines = [view.style('heading', plainText(summary.dataset)), ...facts, '', view.style('heading', headingOf(summary)), ...tableLines(pooledMetricColumns, summary.metrics, view, { indent: INDENT })];
  return `${lines.join('\n')}\n`;
}

export function datasetSummaryMarkdown(summary: DatasetSummary): string {
  const facts = factsOf(summary).map(({ label, text }) => `- ${label}: ${markdownText(text)}\n`);
  return `## ${markdownText(summary.dataset)}\n\n${facts.join('')}\n### ${headingOf(summary)}\n\n${markdownTable(pooledMetricColumns, summary.metrics)}`;
}

function headingOf({ relativeError }: DatasetSummary): string {
  return `Metrics of all runs together: medians, rates and totals (quantiles within ${relativeError * 100} %)`;
}

function factsOf({ runs, incomplete, firstUnixMs, lastUnixMs, browsers, engines, networks }: DatasetSummary): { label: string; text: string }[] {
  return [
    { label: 'Runs', text: `${formatCount(runs)}, ${incomplete === 0 ? 'all of whole logs' : `${formatPlural(incomplete, 'of an incomplete log', 'of incomplete logs')}`}` },
    ...(firstUnixMs === undefined || lastUnixMs === undefined ? [] : [{ label: 'Recorded', text: `${formatWallClock(firstUnixMs)} to ${formatWallClock(lastUnixMs)}` }]),
    { label: 'Browsers', text: countedText(browsers) },
    { label: 'Engines', text: countedText(engines) || 'none: no connection was attempted' },
    ...(networks.length === 0 ? [] : [{ label: 'Networks', text: countedText(networks) }]),
  ];
}

/** `hev3 30, hev2 12 and 3 more`. */
function countedText(counted: DatasetSummary['browsers']): string {
  const shown = counted.slice(0, MOST_VALUES).map(({ value, runs }) => `${value} ${formatCount(runs)}`);
  return `${shown.join(', ')}${counted.length > shown.length ? ` and ${formatCount(counted.length - shown.length)} more` : ''}`;
}
