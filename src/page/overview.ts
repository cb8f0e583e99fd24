/** A whole trace: what the log is, what happened, findings, charts, tables. */
import { metricColumns } from '../report/columns/metric.ts';
import { diagnosticText } from '../report/diagnostic-text.ts';
import { formatCount } from '../report/format.ts';
import type { Excerpt, TracePage } from '../report/html/page-data.ts';
import { emphasise, type Fact } from '../report/summary-facts.ts';
import { chart, type Chart } from './chart.ts';
import { element, type Child } from './dom.ts';
import { findingList } from './findings.ts';
import type { Links } from './links.ts';
import { raceTable, requestTable, resolutionTable, sessionTable } from './table/page-tables.ts';
import { plainTable } from './table/table-cells.ts';

export interface Overview {
  readonly content: HTMLElement;
  readonly charts: readonly Chart[];
}

export function overview(page: TracePage, links: Links): Overview {
  const charts = page.charts.map(({ title, light, dark }) => chart(`Chart: ${title}`, (theme) => (theme === 'dark' ? dark : light)));
  const sections = [
    { id: 'summary', title: 'Summary', content: [facts(page.facts), filterNote(page), facts(page.outcomes)] },
    { id: 'findings', title: 'Findings', content: page.findings.total === 0 ? [] : [excerptNote(page.findings, 'findings', ''), findingList(page, links)] },
    { id: 'races', title: 'Races', content: table(page.races, 'races', RACES_FIRST, () => raceTable(page, links)) },
    { id: 'charts', title: 'Charts', content: charts.length === 0 ? [] : [element('div', { class: 'charts' }, ...charts.map(({ figure }) => figure))] },
    { id: 'resolutions', title: 'Resolutions', content: table(page.resolutions, 'resolutions', 'those of the races shown, then the failed, then the longest', () => resolutionTable(page, links)) },
    { id: 'requests', title: 'Requests', content: table(page.requests, 'requests', 'of the failed, of those of the races shown, and of the others, the longest of each', () => requestTable(page, links)) },
    { id: 'sessions', title: 'Sessions', content: table(page.sessions, 'sessions', 'those of the races and requests shown, then those with most requests', () => sessionTable(page, links)) },
    { id: 'metrics', title: 'Metrics', content: metrics(page) },
    { id: 'diagnostics', title: 'Diagnostics', content: diagnostics(page) },
  ].filter(({ content }) => content.length > 0);
  return {
    content: element(
      'div',
      {},
      element('nav', { 'aria-label': 'Sections', class: 'sections' }, ...sections.map(({ id, title }) => element('a', { href: links.section(id) }, title))),
      ...sections.map(({ id, title, content }) =>
        element('section', { id, 'aria-labelledby': `${id}-title` }, element('h2', { id: `${id}-title`, tabindex: '-1' }, title), ...content),
      ),
    ),
    charts,
  };
}

const RACES_FIRST = 'of those that findings name, failed, fell back or were slow, and of the others, the longest of each';

function facts(list: readonly Fact[]): HTMLElement {
  return element(
    'dl',
    { class: 'facts' },
    ...list.flatMap((fact) => [element('dt', {}, fact.label.trim()), element('dd', {}, ...emphasised(fact))]),
  );
}

/** The loud parts of a fact in bold; marked first, because they are found in its text. */
function emphasised(fact: Fact): Child[] {
  const MARK = '\u0000';
  return emphasise(fact.text, fact, (part) => MARK + part + MARK)
    .split(MARK)
    .map((part, i) => (i % 2 === 1 ? element('strong', {}, part) : part));
}

function filterNote({ filters }: TracePage): Child {
  return filters === '' ? undefined : element('p', { class: 'note' }, `Only what these filters choose is listed and counted: ${filters}`);
}

function table<Row>(excerpt: Excerpt<Row>, noun: string, first: string, make: () => HTMLElement): Child[] {
  return excerpt.total === 0 ? [element('p', { class: 'note' }, `The log has no ${noun}, or none that the filters choose.`)] : [excerptNote(excerpt, noun, first), make()];
}

function excerptNote<Row>({ rows, total }: Excerpt<Row>, noun: string, first: string): Child {
  if (rows.length === total) return undefined;
  const order = first === '' ? '' : `: ${first}`;
  return element('p', { class: 'note' }, `This page has ${formatCount(rows.length)} of ${formatCount(total)} ${noun}${order}. netlog-analyze report --top 0 makes one with all.`);
}

function metrics(page: TracePage): Child[] {
  const rows = page.metrics.filter(({ n }) => n > 0);
  if (rows.length === 0) return [];
  return [element('p', { class: 'note' }, 'Medians and rates of the whole trace.'), plainTable('Metrics', metricColumns, rows)];
}

function diagnostics({ diagnostics: list, cutValues, sourcesLeftOut }: TracePage): Child[] {
  const texts = [
    ...list.map((diagnostic) => `${diagnostic.severity}: ${diagnosticText(diagnostic)}`),
    ...(cutValues === 0 ? [] : [`In this page ${formatCount(cutValues)} long values are cut.`]),
    ...(sourcesLeftOut === 0 ? [] : [`The events of ${formatCount(sourcesLeftOut)} sources found no room in this page.`]),
  ];
  return texts.length === 0 ? [] : [element('ul', {}, ...texts.map((text) => element('li', {}, text)))];
}
