/** Which events stand behind the races and findings of a page: their sources, the most important first, and the events that decide. */
import type { Evidence } from '../../model/common.ts';
import type { Race } from '../../model/race.ts';
import type { TracePage } from './page-data.ts';

export interface WantedSources {
  /** In the order in which they get room. */
  readonly ids: ReadonlySet<number>;
  /** Events that a claim rests on; they are kept before others of their source. */
  readonly evidence: ReadonlySet<number>;
}

export function wantedSources({ findings, races, resolutions }: Pick<TracePage, 'findings' | 'races' | 'resolutions'>): WantedSources {
  const ids = new Set<number>();
  const evidence = new Set<number>();
  const want = ({ sourceIds, eventIndices }: Evidence): void => {
    for (const id of sourceIds) ids.add(id);
    for (const index of eventIndices) evidence.add(index);
  };
  const resolutionById = new Map(resolutions.rows.map((resolution) => [resolution.id, resolution]));
  for (const finding of findings.rows) want(finding.evidence);
  for (const race of races.rows) {
    ids.add(race.id);
    want(race.evidence);
    for (const attempt of race.attempts) want(attempt.evidence);
    for (const id of race.resolutionIds) {
      const resolution = resolutionById.get(id);
      if (resolution !== undefined) want(resolution.evidence);
    }
  }
  return { ids, evidence };
}

/** The same of one race, in the order of its story. */
export function sourcesOfRace(race: Race, resolutions: TracePage['resolutions']): WantedSources {
  return wantedSources({ findings: { rows: [], total: 0 }, races: { rows: [race], total: 1 }, resolutions });
}
