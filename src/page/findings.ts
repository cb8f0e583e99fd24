/** Findings, each with the races that it is about and the sources that it rests on. */
import type { TracePage } from '../report/html/page-data.ts';
import { raceSources } from '../report/html/race-sources.ts';
import { element, type Child } from './dom.ts';
import type { Links } from './links.ts';

/** Links of one finding; a finding about everything would fill the page with them. */
const MOST_LINKS = 12;

export function findingList({ findings, races }: TracePage, links: Links): HTMLElement {
  const raceOf = new Map<number, number>();
  for (const race of races.rows) for (const id of raceSources(race)) if (!raceOf.has(id)) raceOf.set(id, race.id);
  return element(
    'ul',
    { class: 'findings' },
    ...findings.rows.map(({ severity, title, detail, spec, advice, evidence: { sourceIds } }) => {
      const raceIds = new Set(sourceIds.flatMap((id) => raceOf.get(id) ?? []));
      const others = sourceIds.filter((id) => !raceOf.has(id) && links.source(id) !== undefined);
      const targets = [
        ...Array.from(raceIds, (id) => ({ text: `race ${id}`, href: links.race(id) })),
        ...others.map((id) => ({ text: `source ${id}`, href: links.source(id) })),
      ];
      return element(
        'li',
        { class: severity },
        element('h3', {}, element('span', { class: 'severity' }, severity), ` ${title}`),
        element('p', {}, detail, spec === undefined ? '' : ` [${spec}]`),
        advice === undefined ? undefined : element('p', {}, `What to do: ${advice}`),
        targets.length === 0 ? undefined : element('p', {}, 'Evidence: ', ...linkList(targets)),
      );
    }),
  );
}

function linkList(targets: readonly { readonly text: string; readonly href: string | undefined }[]): Child[] {
  const shown = targets.slice(0, MOST_LINKS).flatMap(({ text, href }, i) => [i === 0 ? '' : ', ', element('a', { href }, text)]);
  return targets.length > MOST_LINKS ? [...shown, ` and ${targets.length - MOST_LINKS} more`] : shown;
}
