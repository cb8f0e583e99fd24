/** The places of the page: what each shows, what it draws, and where the focus of a reader goes who comes there. */
import { formatDestination } from '../report/format.ts';
import type { TracePage } from '../report/html/page-data.ts';
import type { Place } from './address.ts';
import type { Chart } from './chart.ts';
import { element, type Child } from './dom.ts';
import type { Links } from './links.ts';
import type { Overview } from './overview.ts';
import { raceView } from './race/race-view.ts';
import { sourceView } from './source-view.ts';

export interface ShownPlace {
  readonly content: readonly Child[];
  readonly charts: readonly Chart[];
  /** To be called once the content stands in the document. */
  readonly focus: () => void;
}

export interface PlaceContext {
  readonly page: TracePage;
  readonly links: Links;
  /** Made once: its tables keep what the reader has chosen in them. */
  readonly overview: Overview;
  /** Where the overview was left. */
  readonly back: string;
}

export function shownPlace(place: Place, context: PlaceContext): ShownPlace {
  switch (place.kind) {
    case 'overview':
      return overviewPlace(place.section, context);
    case 'race':
      return racePlace(place.id, place.eventIndex, context) ?? missingPlace(place, context);
    case 'source':
      return sourcePlace(place.id, context) ?? missingPlace(place, context);
  }
}

function overviewPlace(section: string | undefined, { overview }: PlaceContext): ShownPlace {
  return {
    content: [overview.content],
    charts: overview.charts,
    focus() {
      const title = section === undefined ? null : overview.content.querySelector<HTMLElement>(`[id="${section}-title"]`);
      if (title === null) scrollTo({ top: 0 });
      title?.focus({ preventScroll: true });
      title?.scrollIntoView({ block: 'start' });
    },
  };
}

function racePlace(id: number, eventIndex: number | undefined, { page, links, back }: PlaceContext): ShownPlace | undefined {
  const at = page.races.rows.findIndex((race) => race.id === id);
  const race = page.races.rows[at];
  if (race === undefined) return undefined;
  const view = raceView(race, page, links);
  const neighbours = [
    { label: 'Previous', race: page.races.rows[at - 1] },
    { label: 'Next', race: page.races.rows[at + 1] },
  ].flatMap(({ label, race: other }) =>
    other === undefined ? [] : [element('a', { href: links.race(other.id) }, `${label}: ${other.id} ${formatDestination(other)}`)],
  );
  return {
    content: [element('nav', { 'aria-label': 'Races', class: 'back' }, backLink(back), ...neighbours), view.content],
    charts: [view.chart],
    focus() {
      if (eventIndex === undefined || !view.goToEvent(eventIndex)) focusTitle(view.content);
    },
  };
}

function sourcePlace(id: number, { page, links, back }: PlaceContext): ShownPlace | undefined {
  const source = page.sources.find((candidate) => candidate.id === id);
  if (source === undefined) return undefined;
  const content = sourceView(source, page, links);
  return {
    content: [element('nav', { 'aria-label': 'Report', class: 'back' }, backLink(back)), content],
    charts: [],
    focus() {
      focusTitle(content);
    },
  };
}

/** The overview, with a word about what is not there. */
function missingPlace({ kind, id }: Exclude<Place, { readonly kind: 'overview' }>, context: PlaceContext): ShownPlace {
  const rest = overviewPlace(undefined, context);
  const remark = element('p', { class: 'note', role: 'alert' }, `This page has no ${kind} ${id}: the log has none, or it was left out.`);
  return { ...rest, content: [remark, ...rest.content] };
}

function backLink(href: string): HTMLElement {
  return element('a', { href }, 'Back to the report');
}

function focusTitle(content: HTMLElement): void {
  scrollTo({ top: 0 });
  content.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
}
