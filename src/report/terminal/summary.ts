/** The summary of one report for a terminal: what the log is, what happened, what to look at first. */
import { metricColumns } from '../columns/metric.ts';
import { raceColumns } from '../columns/race.ts';
import { requestColumns } from '../columns/request.ts';
import { resolutionColumns } from '../columns/resolution.ts';
import type { Column } from '../column.ts';
import { diagnosticText, severityTone } from '../diagnostic-text.ts';
import { plainText } from '../plain-text.ts';
import type { Report } from '../report.ts';
import { emphasise, outcomeFacts, traceFacts, type Fact } from '../summary-facts.ts';
import { summaryLists, type ListOf, type SummaryOptions } from '../summary-lists.ts';
import type { View } from '../view.ts';
import { activityFacts } from './activity.ts';
import { boxplotColumn } from './boxplot.ts';
import { tableLines } from './table.ts';
import { padEnd, wrapText } from './text-width.ts';

const INDENT = 2;
const LABEL_WIDTH = 13;

export function summaryText(report: Report, options: SummaryOptions, view: View): string {
  const lists = summaryLists(report, options);
  const lines = [
    view.style('heading', plainText(report.trace.file)),
    ...traceFacts(report).flatMap((fact) => factLines(fact, view)),
    '',
    ...(options.filters === '' ? [] : factLines({ label: 'Listed', text: `only ${plainText(options.filters)}` }, view)),
    ...outcomeFacts(report).flatMap((fact) => factLines(fact, view)),
    ...activityFacts(report).flatMap((fact) => factLines(fact, view)),
    ...listLines(lists.races, raceColumns, view),
    ...listLines(lists.resolutions, resolutionColumns, view),
    ...listLines(lists.failedRequests, requestColumns, view),
    ...findingLines(report, view),
    ...listLines(lists.metrics, [...metricColumns, boxplotColumn(lists.metrics.rows)], view),
    ...diagnosticLines(report, view),
  ];
  return `${lines.join('\n')}\n`;
}

function factLines(fact: Fact, view: View): string[] {
  const margin = ' '.repeat(INDENT);
  const lines = wrapText(fact.text, view.width - INDENT - LABEL_WIDTH);
  const [first = '', ...more] = lines.map((line) => emphasise(line, fact, (part, tone) => view.style(tone, part)));
  const hanging = margin + ' '.repeat(LABEL_WIDTH);
  return [`${margin}${view.style('dim', padEnd(fact.label, LABEL_WIDTH))}${first}`, ...more.map((line) => hanging + line)];
}

function listLines<Row>({ rows, heading }: ListOf<Row>, columns: readonly Column<Row>[], view: View): string[] {
  return rows.length === 0 ? [] : ['', view.style('heading', heading), ...tableLines(columns, rows, view, { indent: INDENT })];
}

function findingLines({ findings }: Report, view: View): string[] {
  if (findings.length === 0) return [];
  const margin = ' '.repeat(INDENT);
  return [
    '',
    view.style('heading', 'Findings'),
    ...findings.flatMap(({ severity, title, detail, spec }) => [
      ...wrapText(plainText(`${severity}: ${title}`), view.width, margin, `${margin}  `).map((line) =>
        view.style(severityTone[severity], line),
      ),
      ...wrapText(plainText(`${detail}${spec === undefined ? '' : ` [${spec}]`}`), view.width, `${margin}  `),
    ]),
  ];
}

function diagnosticLines({ trace }: Report, view: View): string[] {
  if (trace.diagnostics.length === 0) return [];
  const margin = ' '.repeat(INDENT);
  return [
    '',
    view.style('heading', 'Diagnostics'),
    ...trace.diagnostics.flatMap((diagnostic) =>
      wrapText(`${diagnostic.severity}: ${diagnosticText(diagnostic)}`, view.width, margin, `${margin}  `).map((line) =>
        view.style(severityTone[diagnostic.severity], line),
      ),
    ),
  ];
}
