/** The events of a source, as the web NetLog viewer has them: time, name, parameters; those that a claim rests on stand out. */
import { formatCount, formatDuration, formatPlural } from '../report/format.ts';
import type { PageEvent, PageSource } from '../report/html/page-data.ts';
import { element, lines, unseen, type Child } from './dom.ts';
import type { Links } from './links.ts';

export interface EventListOptions {
  /** Milliseconds from the trace's origin that times are counted from. */
  readonly sinceMs: number;
  readonly evidence: ReadonlySet<number>;
  readonly links: Links;
  /** Shown from the start; others open at a press. */
  readonly open: boolean;
}

/** A source as something to open; its events carry the ids `event-…`. */
export function sourceEvents(source: PageSource, options: EventListOptions): HTMLDetailsElement {
  const { id, type, eventCount, events } = source;
  const decisive = events.filter(({ index }) => options.evidence.has(index)).length;
  const summary = element(
    'summary',
    {},
    element('strong', {}, `Source ${id}`),
    ` ${type}, ${formatPlural(eventCount, 'event')}`,
    decisive === 0 ? '' : `, ${formatCount(decisive)} decisive`,
  );
  const details = element('details', { id: `source-${id}`, open: options.open }, summary);
  const fill = (): void => {
    if (details.open && details.childElementCount === 1) details.append(eventTable(source, options));
  };
  // The events of a long race are many: each list is made when it is opened first.
  details.addEventListener('toggle', fill);
  fill();
  return details;
}

/** Opens the list that has an event and puts the focus on it; `false` if there is none. */
export function goToEvent(container: Element, sources: readonly PageSource[], eventIndex: number): boolean {
  const source = sources.find(({ events }) => events.some(({ index }) => index === eventIndex));
  const details = source === undefined ? null : container.querySelector<HTMLDetailsElement>(`[id="source-${source.id}"]`);
  if (details === null) return false;
  details.open = true;
  // Opening tells its listeners later; the list is needed now.
  details.dispatchEvent(new Event('toggle'));
  const row = container.querySelector<HTMLElement>(`[id="event-${eventIndex}"]`);
  for (const other of container.querySelectorAll('tr.here')) other.classList.remove('here');
  row?.classList.add('here');
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'center' });
  return row !== null;
}

function eventTable({ id, eventCount, events }: PageSource, options: EventListOptions): HTMLElement {
  const rows = events.flatMap((event, i) => {
    const missing = event.position - (events[i - 1]?.position ?? -1) - 1;
    return [...gap(missing), eventRow(event, options)];
  });
  const after = eventCount - (events.at(-1)?.position ?? -1) - 1;
  return element(
    'table',
    { class: 'events' },
    element('caption', { class: 'unseen' }, `Events of source ${id}`),
    element('thead', { class: 'unseen' }, element('tr', {}, ...['Time', 'Event', 'Parameters'].map((title) => element('th', { scope: 'col' }, title)))),
    element('tbody', {}, ...rows, ...gap(after)),
  );
}

function gap(missing: number): HTMLElement[] {
  if (missing <= 0) return [];
  return [element('tr', { class: 'gap' }, element('td', { colspan: '3' }, `… ${formatPlural(missing, 'event')} left out …`))];
}

const SIGNS = { BEGIN: '+', END: '−', NONE: '·' } as const;
const SPOKEN = { BEGIN: 'begins', END: 'ends', NONE: '' } as const;

function eventRow({ index, atMs, type, phase, params }: PageEvent, { sinceMs, evidence, links }: EventListOptions): HTMLElement {
  const isDecisive = evidence.has(index);
  return element(
    'tr',
    { id: `event-${index}`, tabindex: '-1', class: isDecisive ? 'decisive' : undefined },
    element('td', { class: 'number', title: `event ${index} of the log` }, formatDuration(atMs - sinceMs)),
    element(
      'th',
      { scope: 'row' },
      element('span', { 'aria-hidden': 'true', class: 'phase' }, SIGNS[phase]),
      type,
      SPOKEN[phase] === '' ? undefined : unseen(` ${SPOKEN[phase]}`),
      isDecisive ? element('span', { class: 'mark' }, 'decisive') : undefined,
    ),
    element('td', {}, ...params.map((param) => paramElement(param, links))),
  );
}

/** A long value is folded: one set of endpoints would push the next event off the screen. */
function paramElement(param: string, links: Links): HTMLElement {
  const [first = '', ...more] = param.split('\n');
  const count = more.length + 1;
  if (count <= MOST_LINES) return element('div', {}, ...paramContent(param, links));
  const [name = ''] = first.split(' =');
  return element('details', { class: 'param' }, element('summary', {}, `${name} = … ${count} lines`), element('div', {}, ...lines(param)));
}

const MOST_LINES = 6;

/** `source_dependency = 675 (SOCKET)` leads to that source, if the page has it. */
function paramContent(param: string, links: Links): Child[] {
  const [, key = '', id = '', rest = ''] = /^(source_dependency = )(-?\d+)([^\n]*)$/.exec(param) ?? [];
  const link = id === '' ? undefined : links.source(Number(id));
  return link === undefined ? lines(param) : [key, element('a', { href: link }, id), rest];
}
