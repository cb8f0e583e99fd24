/** Where ids lead within one trace's page: to a race, or to the events of a source. What the page does not have is no link. */
import type { TracePage } from '../report/html/page-data.ts';
import { addressText } from './address.ts';

export interface Links {
  readonly race: (id: number | undefined) => string | undefined;
  /** To an event of a race, among the events behind it. */
  readonly eventOfRace: (raceId: number, eventIndex: number) => string;
  /** To the events of a source. */
  readonly source: (id: number | undefined) => string | undefined;
  readonly section: (section: string) => string;
}

export function linksWithin(page: TracePage, trace: number): Links {
  const raceIds = new Set(page.races.rows.map(({ id }) => id));
  const sourceIds = new Set(page.sources.map(({ id }) => id));
  return {
    race: (id) => (id !== undefined && raceIds.has(id) ? addressText({ trace, place: { kind: 'race', id } }) : undefined),
    eventOfRace: (id, eventIndex) => addressText({ trace, place: { kind: 'race', id, eventIndex } }),
    source: (id) => (id !== undefined && sourceIds.has(id) ? addressText({ trace, place: { kind: 'source', id } }) : undefined),
    section: (section) => addressText({ trace, place: { kind: 'overview', section } }),
  };
}
