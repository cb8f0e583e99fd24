/** Which races, requests, resolutions and sessions of a report somebody wants in a slice. */
import { everything, selectFrom } from '../../report/selection.ts';
import type { Reconstruction } from '../../report/report.ts';
import type { Story } from '../../slice/sources-of.ts';
import { UsageError } from '../exit-code.ts';
import { findRaces } from '../find-races.ts';

export interface SliceSelection {
  readonly hosts: readonly string[];
  /** Ids, or what else names a race. */
  readonly races: readonly string[];
  readonly requests: readonly number[];
}

/** Hosts, races and requests add up; none of them at all means everything. Throws a `UsageError` for what is not there. */
export function chooseStory(report: Reconstruction, { hosts, races, requests }: SliceSelection): Story {
  if (hosts.length + races.length + requests.length === 0) return report;
  const ofHosts = hosts.length === 0 ? { races: [], requests: [], resolutions: [], sessions: [] } : selectFrom(report, { ...everything, hosts });
  const namedRaces = races.flatMap((wanted) => {
    const found = findRaces(report, wanted);
    if (found.kind === 'races') return found.races;
    const hint = found.suggestions.length === 0 ? '' : `; did you mean ${found.suggestions.join(' or ')}?`;
    throw new UsageError(`--race ${wanted}: the log has no such race${hint}`);
  });
  const namedRequests = requests.flatMap((id) => {
    const found = report.requests.filter((request) => request.id === id);
    if (found.length === 0) throw new UsageError(`--request ${id}: the log has no such request; netlog-analyze requests lists them`);
    return found;
  });
  return { ...ofHosts, races: [...ofHosts.races, ...namedRaces], requests: [...ofHosts.requests, ...namedRequests] };
}

/** What was under way between the two times; an absent one is open. */
export function withinWindow(story: Story, { fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY }: { readonly fromMs?: number; readonly toMs?: number }): Story {
  const isWithin = ({ startMs, endMs = Number.POSITIVE_INFINITY }: { readonly startMs: number; readonly endMs?: number | undefined }): boolean => startMs <= toMs && endMs >= fromMs;
  return {
    races: story.races.filter(isWithin),
    requests: story.requests.filter(isWithin),
    resolutions: story.resolutions.filter(isWithin),
    sessions: story.sessions.filter(isWithin),
  };
}
