/** The events of one source, for whoever comes from a finding, a session or an event that depends on it. */
import type { PageSource, TracePage } from '../report/html/page-data.ts';
import { raceSources } from '../report/html/race-sources.ts';
import { wantedSources } from '../report/html/wanted-sources.ts';
import { element } from './dom.ts';
import { sourceEvents } from './events.ts';
import type { Links } from './links.ts';

export function sourceView(source: PageSource, page: TracePage, links: Links): HTMLElement {
  const races = page.races.rows.filter((race) => raceSources(race).includes(source.id));
  const { evidence } = wantedSources(page);
  const title = element('h2', { id: 'source-title', tabindex: '-1' }, `Source ${source.id}: ${source.type}`);
  const belongs =
    races.length === 0
      ? []
      : [element('p', {}, 'Part of ', ...races.flatMap(({ id }, i) => [i === 0 ? '' : ', ', element('a', { href: links.race(id) }, `race ${id}`)]), '.')];
  return element(
    'article',
    { 'aria-labelledby': 'source-title' },
    title,
    ...belongs,
    element('p', { class: 'note' }, `Times count from the first event of the log. All of it, whole: netlog-analyze events ${page.file} --source ${source.id} --full`),
    sourceEvents(source, { sinceMs: 0, evidence, links, open: true }),
  );
}
