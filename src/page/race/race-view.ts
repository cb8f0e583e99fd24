/** One race: its outcome, its waterfall, its story, its tables, and the events behind them. */
import { raceWaterfall } from '../../report/charts/race-waterfall.ts';
import { formatPlural, formatRoute } from '../../report/format.ts';
import type { TracePage } from '../../report/html/page-data.ts';
import { sourcesOfRace } from '../../report/html/wanted-sources.ts';
import type { Race } from '../../model/race.ts';
import { raceStory } from '../../report/story/race-story.ts';
import { chart, type Chart } from '../chart.ts';
import { element } from '../dom.ts';
import { goToEvent, sourceEvents } from '../events.ts';
import type { Links } from '../links.ts';
import { themeNamed } from '../meanings.ts';
import { raceTables } from './race-tables.ts';

export interface RaceView {
  readonly content: HTMLElement;
  readonly chart: Chart;
  /** Shows an event behind the race; `false` if the page does not have it. */
  readonly goToEvent: (eventIndex: number) => boolean;
}

export function raceView(race: Race, page: TracePage, links: Links): RaceView {
  const [resolutionIds, requestIds] = [new Set(race.resolutionIds), new Set(race.requestIds)];
  const resolutions = page.resolutions.rows.filter(({ id }) => resolutionIds.has(id));
  const requests = page.requests.rows.filter(({ id, raceId }) => raceId === race.id || requestIds.has(id));
  const { ids, evidence } = sourcesOfRace(race, page.resolutions);
  const sourceById = new Map(page.sources.map((source) => [source.id, source]));
  const sources = Array.from(ids).flatMap((id) => sourceById.get(id) ?? []);
  const shownEvents = new Set(sources.flatMap(({ events }) => events.map(({ index }) => index)));
  const linksInside: Links = {
    ...links,
    // A source that has a part in this race is shown below; no need to leave.
    source(id) {
      const [first] = (id !== undefined && ids.has(id) ? sourceById.get(id) : undefined)?.events ?? [];
      return first === undefined ? links.source(id) : links.eventOfRace(race.id, first.index);
    },
  };
  const decisiveEvent = (eventIndices: readonly number[]): string | undefined => {
    const index = eventIndices.find((candidate) => shownEvents.has(candidate));
    return index === undefined ? undefined : links.eventOfRace(race.id, index);
  };
  const drawing = chart(`Waterfall of race ${race.id}; the tables below tell the same`, (theme) => raceWaterfall(race, resolutions, themeNamed(theme)));
  const eventLists = element(
    'div',
    {},
    ...sources.map((source) => sourceEvents(source, { sinceMs: race.startMs, evidence, links: linksInside, open: source.id === race.id })),
  );
  const [outcome, ...story] = raceStory(race, resolutions);
  const content = element(
    'article',
    { 'aria-labelledby': 'race-title' },
    element('h2', { id: 'race-title', tabindex: '-1' }, `Race ${race.id}: `, element('span', { class: 'verbatim' }, formatRoute(race))),
    element('p', {}, outcome),
    drawing.figure,
    element('ul', { class: 'story' }, ...story.map((sentence) => element('li', {}, sentence))),
    ...raceTables({ race, resolutions, requests }, linksInside, decisiveEvent),
    element('h3', {}, 'Events'),
    element('p', { class: 'note' }, eventNote(race, page.file, ids.size - sources.length)),
    eventLists,
  );
  return { content, chart: drawing, goToEvent: (eventIndex) => goToEvent(eventLists, sources, eventIndex) };
}

function eventNote({ id }: Race, file: string, missing: number): string {
  const left = missing === 0 ? '' : ` ${formatPlural(missing, 'source')} found no room here, or no event in the log.`;
  return `Times count from the start of the race; decisive events are those that the outcome was read from.${left} All of them, whole: netlog-analyze events ${file} --source ${id} --with-dependencies --full`;
}
