/** The summary of one report as Markdown, to paste into an issue or a pull request. */
import { metricColumns } from '../columns/metric.ts';
import { raceColumns } from '../columns/race.ts';
import { requestColumns } from '../columns/request.ts';
import { resolutionColumns } from '../columns/resolution.ts';
import type { Column } from '../column.ts';
import { diagnosticText } from '../diagnostic-text.ts';
import { markdownCode, markdownText } from '../plain-text.ts';
import type { Report } from '../report.ts';
import { emphasise, outcomeFacts, traceFacts, type Fact } from '../summary-facts.ts';
import { summaryLists, type ListOf, type SummaryOptions } from '../summary-lists.ts';
import { findingItems } from './findings.ts';
import { markdownTable } from './table.ts';

export function summaryMarkdown(report: Report, options: SummaryOptions): string {
  const lists = summaryLists(report, options);
  return [
    `## ${markdownCode(report.trace.file)}\n`,
    traceFacts(report).map(factItem).join(''),
    options.filters === '' ? '' : `Listed: only ${markdownCode(options.filters)}\n`,
    outcomeFacts(report).map(factItem).join(''),
    list(lists.races, raceColumns),
    list(lists.resolutions, resolutionColumns),
    list(lists.failedRequests, requestColumns),
    findings(report),
    folded(lists.metrics.heading, markdownTable(metricColumns, lists.metrics.rows)),
    diagnostics(report),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function factItem(fact: Fact): string {
  const text = emphasise(markdownText(fact.text), fact, (part) => `**${part}**`);
  return `${fact.label.startsWith(' ') ? '  ' : ''}- ${fact.label.trim()}: ${text}\n`;
}

function list<Row>({ heading, rows }: ListOf<Row>, columns: readonly Column<Row>[]): string {
  return rows.length === 0 ? '' : `### ${markdownText(heading)}\n\n${markdownTable(columns, rows)}`;
}

/** Long and secondary: shown on request. */
function folded(heading: string, body: string): string {
  return body === '' ? '' : `<details><summary>${markdownText(heading)}</summary>\n\n${body}\n</details>\n`;
}

function findings({ findings: all }: Report): string {
  if (all.length === 0) return '';
  return `### Findings\n\n${findingItems(all)}`;
}

function diagnostics({ trace }: Report): string {
  const items = trace.diagnostics.map((diagnostic) => `- ${diagnostic.severity}: ${markdownText(diagnosticText(diagnostic))}\n`);
  return folded('Diagnostics', items.join(''));
}
